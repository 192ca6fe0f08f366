package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Json;
import org.postroom.jmap.SetError;

import tools.jackson.databind.node.ObjectNode;

/// What became of each object of a /set (RFC 8620 §5.3).
final class SetResult {

    private final ObjectNode created = Json.object();
    private final ObjectNode updated = Json.object();
    private final tools.jackson.databind.node.ArrayNode destroyed = Json.array();
    private final ObjectNode notCreated = Json.object();
    private final ObjectNode notUpdated = Json.object();
    private final ObjectNode notDestroyed = Json.object();

    /// @param json what the client could not know of it, its id above all
    void created(Visit visit, String creation, ObjectNode json) {
        created.set(creation, json);
        visit.created().put(creation, json.get("id").stringValue());
    }

    /// @param json what changed besides what the client said, or null
    void updated(String id, @Nullable ObjectNode json) {
        if (json == null) updated.putNull(id);
        else updated.set(id, json);
    }

    void destroyed(String id) {
        destroyed.add(id);
    }

    void notCreated(String creation, SetError why) {
        notCreated.set(creation, why.json());
    }

    void notUpdated(String id, SetError why) {
        notUpdated.set(id, why.json());
    }

    void notDestroyed(String id, SetError why) {
        notDestroyed.set(id, why.json());
    }

    boolean isCreated(String creation) {
        return created.has(creation);
    }

    ObjectNode response(Visit visit, String oldState, String newState) {
        var response = visit.response().put("oldState", oldState).put("newState", newState);
        put(response, "created", created);
        put(response, "updated", updated);
        if (destroyed.isEmpty()) response.putNull("destroyed");
        else response.set("destroyed", destroyed);
        put(response, "notCreated", notCreated);
        put(response, "notUpdated", notUpdated);
        put(response, "notDestroyed", notDestroyed);
        return response;
    }

    private static void put(ObjectNode response, String name, ObjectNode map) {
        if (map.isEmpty()) response.putNull(name);
        else response.set(name, map);
    }
}
