package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.store.Kind;
import org.postroom.store.Refused;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;

/// AddressBook/get, /changes and /set (RFC 9610 §2). One is there from the beginning.
final class AddressBooks extends Records {

    private static final long FIRST = 1;
    private static final int LONGEST_NAME = 255;

    private boolean withContents;

    AddressBooks(Visit visit) {
        super(
                visit,
                Kind.ADDRESS_BOOK,
                'K',
                names(
                        "id",
                        "name",
                        "description",
                        "sortOrder",
                        "isDefault",
                        "isSubscribed",
                        "shareWith",
                        "myRights"));
    }

    @Override
    void complete(NavigableMap<Long, ObjectNode> all) {
        all.computeIfAbsent(
                FIRST,
                _ ->
                        Json.object()
                                .put("name", "Contacts")
                                .putNull("description")
                                .put("sortOrder", 0)
                                .put("isSubscribed", true)
                                .putNull("shareWith"));
        var chosen =
                all.values().stream().filter(book -> book.path("isDefault").booleanValue(false));
        boolean any = chosen.findAny().isPresent();
        all.forEach((id, book) -> {
            boolean is = any ? book.path("isDefault").booleanValue(false) : id == FIRST;
            book.put("isDefault", is);
        });
    }

    @Override
    boolean isAlwaysThere(long id) {
        return id == FIRST;
    }

    @Override
    ObjectNode told(ObjectNode object) {
        var told = object.deepCopy();
        if (!told.has("isDefault")) told.put("isDefault", false);
        told.putObject("myRights")
                .put("mayRead", true)
                .put("mayWrite", true)
                .put("mayShare", false)
                .put("mayDelete", true);
        return told;
    }

    @Override
    ObjectNode checked(@Nullable ObjectNode before, ObjectNode after) throws SetError {
        var name = after.get("name");
        if (name == null
                || !name.isString()
                || name.stringValue().isEmpty()
                || name.stringValue().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME)
            throw SetError.properties("A name of at most 255 octets", "name");
        var sort = after.get("sortOrder");
        if (sort != null
                && !(sort.isIntegralNumber() && sort.canConvertToInt() && sort.intValue() >= 0))
            throw SetError.properties("A number from 0 to 2^31 - 1", "sortOrder");
        var shown = after.get("isSubscribed");
        if (shown != null && !shown.isBoolean())
            throw SetError.properties("true or false", "isSubscribed");
        var about = after.get("description");
        if (about != null && !about.isNull() && !about.isString())
            throw SetError.properties("A text or null", "description");
        if (after.hasNonNull("shareWith"))
            throw SetError.properties("There is nobody to share with", "shareWith");
        boolean isDefault = before != null && before.path("isDefault").booleanValue(false);
        if (after.path("isDefault").booleanValue(isDefault) != isDefault)
            throw SetError.properties("The server sets it", "isDefault");
        var book = Json.object();
        book.set("name", name);
        if (about == null) book.putNull("description");
        else book.set("description", about);
        return book.put("sortOrder", sort == null ? 0 : sort.intValue())
                .put("isSubscribed", shown == null || shown.booleanValue())
                .putNull("shareWith")
                .put("isDefault", isDefault);
    }

    @Override
    ObjectNode set(Call.Set set) throws Refusal, Refused {
        withContents = set.extra().path("onDestroyRemoveContents").booleanValue(false);
        var response = super.set(set);
        var chosen = set.extra().path("onSuccessSetIsDefault").stringValue("");
        boolean succeeded =
                response.path("notCreated").isNull()
                        && response.path("notUpdated").isNull()
                        && response.path("notDestroyed").isNull();
        if (succeeded && !chosen.isEmpty()) {
            choose(visit.id(chosen));
            response.put("newState", visit.state(kind));
        }
        return response;
    }

    private void choose(String id) throws Refused {
        long chosen = number(id).orElse(0L);
        var all = all();
        if (!all.containsKey(chosen)) return;
        for (var each : all.entrySet()) {
            boolean is = each.getKey() == chosen;
            if (each.getValue().path("isDefault").booleanValue(false) == is) continue;
            each.getValue().put("isDefault", is);
            visit.account().putRecord(kind, each.getKey(), Json.octets(each.getValue()));
        }
    }

    // RFC 9610 §2.3
    @Override
    void destroying(long id, ObjectNode object) throws SetError, Refused {
        if (id == FIRST) throw new SetError(Type.FORBIDDEN, "The first address book stays");
        new Cards(visit).leave(id(id), withContents);
    }
}
