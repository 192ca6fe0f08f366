package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Patch;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.store.History;
import org.postroom.store.History.Changed;
import org.postroom.store.Kind;
import org.postroom.store.Refused;
import org.postroom.wire.Fault;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A type whose objects are small and stored whole, as JSON: what /get, /changes and /set are for all of
/// these (RFC 8620 §5); a type says what its objects may be.
abstract class Records {

    /// Records of a kind that an account may have.
    private static final int MOST = 100_000;

    final Visit visit;
    final Kind kind;
    private final char letter;
    private final Set<String> properties;

    /// @param letter with which its ids begin
    /// @param properties those that there are; empty where a type takes any
    Records(Visit visit, Kind kind, char letter, Set<String> properties) {
        this.visit = visit;
        this.kind = kind;
        this.letter = letter;
        this.properties = properties;
    }

    /// What an object is to be stored as.
    ///
    /// @param before null of one that is created
    abstract ObjectNode checked(@Nullable ObjectNode before, ObjectNode after)
            throws SetError, Refused;

    /// Before an object goes.
    void destroying(long id, ObjectNode object) throws SetError, Refused {}

    /// What there is without having been stored, or stands in for it.
    void complete(NavigableMap<Long, ObjectNode> all) {}

    /// Whether it is there without having been stored.
    boolean isAlwaysThere(long id) {
        return false;
    }

    /// What is told besides what is stored.
    ObjectNode told(ObjectNode object) {
        return object;
    }

    final String id(long number) {
        return letter + Long.toHexString(number);
    }

    final Optional<Long> number(String id) {
        if (id.length() < 2 || id.length() > 17 || id.charAt(0) != letter) return Optional.empty();
        try {
            long number = Long.parseUnsignedLong(id.substring(1), 16);
            return id(number).equals(id) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    final NavigableMap<Long, ObjectNode> all() {
        var all = new TreeMap<Long, ObjectNode>();
        visit.account().records(kind).forEach((id, octets) -> all.put(id, object(octets)));
        complete(all);
        return all;
    }

    private static ObjectNode object(byte[] octets) {
        if (Json.read(octets).orElse(null) instanceof ObjectNode object) return object;
        throw new Fault("a record is damaged");
    }

    final ObjectNode get(Call.Get get) throws Refusal, Refused {
        var wanted = get.properties();
        if (wanted != null && !properties.isEmpty()) Properties.of(wanted, properties);
        String state = visit.state(kind);
        var all = all();
        var list = new ArrayList<ObjectNode>();
        var notFound = new ArrayList<String>();
        var ids = get.ids();
        if (ids == null) {
            visit.demandFewToGet(all.size());
            all.forEach((id, object) -> list.add(json(id, object)));
        } else {
            visit.demandFewToGet(ids.size());
            for (var id : new LinkedHashSet<>(ids)) {
                var number = number(visit.id(id));
                var object = number.map(all::get).orElse(null);
                if (object == null) notFound.add(id);
                else list.add(json(number.orElseThrow(), object));
            }
        }
        if (wanted != null) {
            var chosen = new LinkedHashSet<>(wanted);
            chosen.add("id");
            list.forEach(json -> json.retain(chosen));
        }
        return visit.got(state, list, notFound);
    }

    final ObjectNode json(long id, ObjectNode stored) {
        var json = Json.object().put("id", id(id));
        json.setAll(told(stored));
        return json;
    }

    final ObjectNode changes(Call.Changes changes) throws Refusal, Refused {
        return new Told<>(visit, kind, this::changed, id -> id, this::id).since(changes).response();
    }

    private List<Changed<Long>> changed(History history) {
        var all = new ArrayList<Changed<Long>>();
        for (var it : history.records(kind))
            all.add(
                    isAlwaysThere(it.id())
                            ? new Changed<>(it.id(), History.Fate.UPDATED, it.first())
                            : it);
        return all;
    }

    ObjectNode set(Call.Set set) throws Refusal, Refused {
        if (set.ifInState() != null) visit.demandState(set.ifInState(), kind);
        String before = visit.state(kind);
        var result = new SetResult();
        for (var each : set.create().entrySet())
            try {
                result.created(visit, each.getKey(), create(each.getValue()));
            } catch (SetError why) {
                result.notCreated(each.getKey(), why);
            }
        for (var each : set.update().entrySet())
            try {
                if (set.destroy().contains(each.getKey())) throw new SetError(Type.WILL_DESTROY);
                update(visit.id(each.getKey()), each.getValue());
                result.updated(each.getKey(), null);
            } catch (SetError why) {
                result.notUpdated(each.getKey(), why);
            }
        for (var id : set.destroy())
            try {
                destroy(visit.id(id));
                result.destroyed(id);
            } catch (SetError why) {
                result.notDestroyed(id, why);
            }
        return result.response(visit, before, visit.state(kind));
    }

    private ObjectNode create(ObjectNode wanted) throws SetError, Refused {
        demandKnown(wanted);
        if (all().size() >= MOST) throw new SetError(Type.OVER_QUOTA);
        var object = checked(null, wanted);
        long id = visit.account().addRecord(kind, Json.octets(object));
        var json = json(id, object);
        for (var name : wanted.propertyNames())
            if (wanted.get(name).equals(json.get(name))) json.remove(name);
        return json;
    }

    private void update(String id, ObjectNode patch) throws SetError, Refused {
        long number = number(id).orElseThrow(() -> new SetError(Type.NOT_FOUND));
        var before = all().get(number);
        if (before == null) throw new SetError(Type.NOT_FOUND);
        var whole = json(number, before);
        var after = Patch.apply(whole, patch);
        if (!id(number).equals(after.path("id").stringValue("")))
            throw SetError.properties("It can't change", "id");
        after.remove("id");
        demandKnown(after);
        visit.account().putRecord(kind, number, Json.octets(checked(before, after)));
    }

    private void demandKnown(ObjectNode object) throws SetError {
        for (var name : object.propertyNames())
            if (name.equals("id") || (!properties.isEmpty() && !properties.contains(name)))
                throw SetError.properties("There is none, or the server sets it", name);
    }

    private void destroy(String id) throws SetError, Refused {
        long number = number(id).orElseThrow(() -> new SetError(Type.NOT_FOUND));
        var object = all().get(number);
        if (object == null) throw new SetError(Type.NOT_FOUND);
        destroying(number, object);
        visit.account().putRecord(kind, number, null);
    }

    static Set<String> names(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }
}
