package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Json;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.House;
import org.postroom.store.Addressee;
import org.postroom.store.Kind;
import org.postroom.store.Refused;
import org.postroom.store.Resolution;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.NavigableMap;

/// Identity/get, /changes and /set (RFC 8621 §6). The account's own address is one from the beginning, and
/// stays.
final class Identities extends Records {

    private static final long OWN = 1;

    Identities(Visit visit) {
        super(
                visit,
                Kind.IDENTITY,
                'I',
                names(
                        "id",
                        "name",
                        "email",
                        "replyTo",
                        "bcc",
                        "textSignature",
                        "htmlSignature",
                        "mayDelete"));
    }

    @Override
    void complete(NavigableMap<Long, ObjectNode> all) {
        all.computeIfAbsent(
                OWN,
                _ -> {
                    var own =
                            Json.object()
                                    .put("name", "")
                                    .put("email", visit.who().name().toString());
                    return own.putNull("replyTo")
                            .putNull("bcc")
                            .put("textSignature", "")
                            .put("htmlSignature", "")
                            .put("mayDelete", false);
                });
    }

    @Override
    boolean isAlwaysThere(long id) {
        return id == OWN;
    }

    @Override
    ObjectNode checked(@Nullable ObjectNode before, ObjectNode after) throws SetError {
        var object = Json.object();
        for (var name : new String[] {"name", "textSignature", "htmlSignature"}) {
            var value = after.get(name);
            if (value != null && !value.isNull() && !value.isString())
                throw SetError.properties("A text", name);
            object.put(name, value == null || value.isNull() ? "" : value.stringValue());
        }
        var email = after.get("email");
        if (email == null || !email.isString()) throw SetError.properties("An address", "email");
        if (before != null && !email.equals(before.get("email")))
            throw SetError.properties("It can't change", "email");
        if (before == null && !isOwn(visit.house(), visit.who(), email.stringValue()))
            throw new SetError(Type.FORBIDDEN_FROM);
        object.set("email", email);
        for (var name : new String[] {"replyTo", "bcc"}) object.set(name, addresses(name, after));
        var may = after.get("mayDelete");
        boolean mayDelete = before == null || before.path("mayDelete").booleanValue(true);
        if (may != null && !(may.isBoolean() && may.booleanValue() == mayDelete))
            throw SetError.properties("The server sets it", "mayDelete");
        return object.put("mayDelete", mayDelete);
    }

    private static JsonNode addresses(String name, ObjectNode after) throws SetError {
        var list = after.get(name);
        if (list == null || list.isNull()) return Json.object().nullNode();
        if (!list.isArray()) throw SetError.properties("A list of addresses", name);
        for (var each : list)
            if (!each.path("email").isString())
                throw SetError.properties("A list of addresses", name);
        return list;
    }

    @Override
    void destroying(long id, ObjectNode object) throws SetError {
        if (id == OWN) throw new SetError(Type.FORBIDDEN, "The account's own address stays");
    }

    /// Whether letters to this address are this account's alone.
    static boolean isOwn(House house, Admitted who, String email) {
        try {
            var address = Addressee.of(email);
            return address.equals(who.name())
                    || (house.store().directory().resolve(address) instanceof Resolution.Local local
                            && local.account().equals(who.account()));
        } catch (Refused noAddress) {
            return false;
        }
    }
}
