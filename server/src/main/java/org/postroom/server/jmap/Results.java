package org.postroom.server.jmap;

import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;

import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/// What a query found, all of it and in its order, and which window of that a client wants to see.
record Results(List<String> ids, String state, boolean canCalculateChanges) {

    private static final int MOST = 5_000;

    // RFC 8620 §5.5
    ObjectNode window(Visit visit, Call.Query call) throws Refusal {
        int from = from(call);
        int limit = call.limited() ? Math.min(call.limit(), MOST) : MOST;
        int to = (int) Math.min(ids.size(), (long) from + limit);
        var response =
                visit.response()
                        .put("queryState", state)
                        .put("canCalculateChanges", canCalculateChanges)
                        .put("position", from);
        response.set("ids", Json.array(ids.subList(Math.min(from, to), to)));
        if (call.total()) response.put("total", ids.size());
        if (call.limited() ? call.limit() > MOST : ids.size() - from > MOST)
            response.put("limit", MOST);
        return response;
    }

    private int from(Call.Query call) throws Refusal {
        String anchor = call.anchor();
        if (anchor != null) {
            int at = ids.indexOf(anchor);
            if (at < 0) throw new Refusal(MethodError.ANCHOR_NOT_FOUND);
            return Math.clamp(at + call.anchorOffset(), 0, Integer.MAX_VALUE);
        }
        long position = call.position() < 0 ? ids.size() + call.position() : call.position();
        return Math.clamp(position, 0, Integer.MAX_VALUE);
    }

    /// RFC 8620 §5.6: whatever could have moved is taken out, and put in again where it is now.
    ///
    /// @param touched what changed, those that are gone, too
    ObjectNode changes(Visit visit, Call.QueryChanges call, Collection<String> touched)
            throws Refusal {
        var response =
                visit.response().put("oldQueryState", call.since()).put("newQueryState", state);
        if (call.total()) response.put("total", ids.size());
        response.set("removed", Json.array(touched));
        var added = response.putArray("added");
        var all = Set.copyOf(touched);
        for (int i = 0; i < ids.size(); i++)
            if (all.contains(ids.get(i))) added.addObject().put("id", ids.get(i)).put("index", i);
        if (call.most() > 0 && touched.size() + added.size() > call.most())
            throw new Refusal(MethodError.TOO_MANY_CHANGES);
        return response;
    }
}
