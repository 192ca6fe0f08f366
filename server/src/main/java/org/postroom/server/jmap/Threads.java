package org.postroom.server.jmap;

import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;
import org.postroom.store.Catalog;
import org.postroom.store.Kind;
import org.postroom.store.Refused;
import org.postroom.store.ThreadId;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Thread/get and Thread/changes (RFC 8621 §3).
final class Threads {

    private static final Set<String> PROPERTIES = new LinkedHashSet<>(List.of("id", "emailIds"));

    private final Visit visit;

    Threads(Visit visit) {
        this.visit = visit;
    }

    ObjectNode get(Call.Get get) throws Refusal, Refused {
        var properties = Properties.of(get.properties(), PROPERTIES);
        var catalog = visit.account().catalog();
        var state = visit.state(Kind.THREAD, catalog);
        var list = new ArrayList<ObjectNode>();
        var notFound = new ArrayList<String>();
        var ids = get.ids();
        if (ids == null) {
            visit.demandFewToGet(catalog.threads());
            for (int thread = 0; thread < catalog.threads(); thread++)
                list.add(json(catalog, thread));
        } else {
            visit.demandFewToGet(ids.size());
            for (var id : new LinkedHashSet<>(ids)) {
                int thread = ThreadId.parse(id).map(catalog::find).orElse(-1);
                if (thread < 0) notFound.add(id);
                else list.add(json(catalog, thread));
            }
        }
        list.forEach(json -> Properties.only(json, properties));
        return visit.got(state.text(), list, notFound);
    }

    // RFC 8621 §3: sorted by receivedAt, the oldest first
    private static ObjectNode json(Catalog catalog, int thread) {
        var json = Json.object().put("id", catalog.thread(thread).text());
        var emails = json.putArray("emailIds");
        Arrays.stream(catalog.members(thread))
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingLong(catalog::received)
                                .thenComparing(catalog::email))
                .forEach(email -> emails.add(catalog.email(email).text()));
        return json;
    }

    ObjectNode changes(Call.Changes changes) throws Refusal, Refused {
        return new Told<>(
                        visit,
                        Kind.THREAD,
                        history ->
                                history.threads()
                                        .orElseThrow(() ->
                                                new Refusal(MethodError.CANNOT_CALCULATE_CHANGES)),
                        ThreadId::value,
                        ThreadId::text)
                .since(changes)
                .response();
    }
}
