package org.postroom.server.jmap;

import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Quota/get, /changes and /query (RFC 9425 §4): one quota, of octets, for all that an account holds.
final class Quotas {

    private static final String ID = "Q1";

    private static final Set<String> PROPERTIES =
            new LinkedHashSet<>(
                    List.of(
                            "id",
                            "resourceType",
                            "used",
                            "hardLimit",
                            "scope",
                            "name",
                            "types",
                            "warnLimit",
                            "softLimit",
                            "description"));

    private final Visit visit;

    Quotas(Visit visit) {
        this.visit = visit;
    }

    /// What it says is its state: it has nothing else that changes.
    private String state() {
        var quota = visit.account().quota();
        return quota.used() + "-" + quota.limit();
    }

    private boolean isThere() {
        return visit.account().quota().limit() > 0;
    }

    ObjectNode get(Call.Get get) throws Refusal {
        var properties = Properties.of(get.properties(), PROPERTIES);
        String state = state();
        var list = new ArrayList<ObjectNode>();
        var notFound = new ArrayList<String>();
        var ids = get.ids() == null ? List.of(ID) : get.ids();
        visit.demandFewToGet(ids.size());
        for (var id : new LinkedHashSet<>(ids))
            if (id.equals(ID) && isThere()) list.add(Properties.only(json(), properties));
            else if (get.ids() != null) notFound.add(id);
        return visit.got(state, list, notFound);
    }

    private ObjectNode json() {
        var quota = visit.account().quota();
        var json =
                Json.object()
                        .put("id", ID)
                        .put("resourceType", "octets")
                        .put("used", quota.used())
                        .put("hardLimit", quota.limit())
                        .put("scope", "account")
                        .put("name", visit.who().name().toString());
        json.set("types", Json.array(List.of("Email", "FileNode")));
        return json.putNull("warnLimit").putNull("softLimit").putNull("description");
    }

    // RFC 9425 §4.3
    ObjectNode changes(Call.Changes changes) throws Refusal {
        String now = state();
        if (!changes.since().matches("[0-9]{1,19}-[0-9]{1,19}"))
            throw new Refusal(MethodError.CANNOT_CALCULATE_CHANGES);
        var response =
                visit.response()
                        .put("oldState", changes.since())
                        .put("newState", now)
                        .put("hasMoreChanges", false);
        boolean was = !changes.since().endsWith("-0");
        response.set("created", Json.array(!was && isThere() ? List.of(ID) : List.of()));
        boolean updated = was && isThere() && !changes.since().equals(now);
        response.set("updated", Json.array(updated ? List.of(ID) : List.of()));
        response.set("destroyed", Json.array(was && !isThere() ? List.of(ID) : List.of()));
        boolean limitStays =
                changes.since()
                        .substring(changes.since().indexOf('-'))
                        .equals(now.substring(now.indexOf('-')));
        if (updated && limitStays) response.set("updatedProperties", Json.array(List.of("used")));
        else response.putNull("updatedProperties");
        return response;
    }

    // RFC 9425 §4.4
    ObjectNode query(Call.Query query) throws Refusal {
        if (query.filter() != null) throw new Refusal(MethodError.UNSUPPORTED_FILTER);
        if (!query.sort().isEmpty()) throw new Refusal(MethodError.UNSUPPORTED_SORT);
        return new Results(isThere() ? List.of(ID) : List.of(), state(), false)
                .window(visit, query);
    }
}
