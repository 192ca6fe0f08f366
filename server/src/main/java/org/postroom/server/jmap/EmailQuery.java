package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Filter;
import org.postroom.jmap.Order;
import org.postroom.jmap.Refusal;
import org.postroom.store.Catalog;
import org.postroom.store.EmailId;
import org.postroom.store.Kind;
import org.postroom.store.Refused;
import org.postroom.store.search.Candidates;
import org.postroom.store.search.Condition;
import org.postroom.store.search.Scan;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Email/query and Email/queryChanges (RFC 8621 §4.4, §4.5).
final class EmailQuery {

    private final Visit visit;

    EmailQuery(Visit visit) {
        this.visit = visit;
    }

    /// What a query found; whether other emails of a thread decide about one.
    private record Found(Results results, boolean ofThreads) {}

    ObjectNode query(Call.Query query) throws Refusal, Refused {
        var catalog = visit.account().catalog();
        return found(query.filter(), query.sort(), query.extra(), catalog)
                .results
                .window(visit, query);
    }

    ObjectNode changes(Call.QueryChanges changes) throws Refusal, Refused {
        var catalog = visit.account().catalog();
        var since = State.parse(changes.since(), visit.account().states().epoch());
        var history = Told.history(visit, since.version(), catalog);
        var found = found(changes.filter(), changes.sort(), changes.extra(), catalog);
        var touched = new ArrayList<String>();
        if (found.ofThreads) for (var email : history.withThreads()) touched.add(email.text());
        else for (var change : history.emails()) touched.add(change.id().text());
        return found.results.changes(visit, changes, touched);
    }

    private Found found(
            @Nullable Filter filter, List<Order> sort, ObjectNode extra, Catalog catalog)
            throws Refusal {
        boolean collapse = extra.get("collapseThreads").booleanValue();
        var conditions = new EmailConditions(visit, catalog);
        var condition = conditions.of(filter);
        var order = new EmailOrder(visit, catalog, conditions, sort);
        int[] all = order.sorted(scan(catalog, condition));
        var ids =
                visit.share()
                        .run(_ ->
                                collapse ? collapsed(all, catalog, conditions) : ids(all, catalog));
        return new Found(
                new Results(ids, visit.state(Kind.EMAIL, catalog).text(), true),
                collapse || conditions.isOfThreads() || order.isOfThreads());
    }

    private int[] scan(Catalog catalog, Condition condition) {
        var found = new BitSet();
        var share = visit.share();
        try (var scan = new Scan(visit.account(), candidates(catalog), condition, found::set)) {
            boolean more = true;
            while (more)
                more =
                        share.run(turn -> {
                            do if (!scan.step()) return false;
                            while (!turn.isOver());
                            return true;
                        });
        }
        return share.run(_ -> found.stream().toArray());
    }

    private static Candidates candidates(Catalog catalog) {
        return new Candidates() {
            @Override
            public int count() {
                return catalog.size();
            }

            @Override
            public EmailId email(int candidate) {
                return catalog.email(candidate);
            }

            @Override
            public int octets(int candidate) {
                return catalog.octets(candidate);
            }
        };
    }

    private static List<String> ids(int[] numbers, Catalog catalog) {
        var ids = new ArrayList<String>(numbers.length);
        for (int number : numbers) ids.add(catalog.email(number).text());
        return ids;
    }

    // RFC 8621 §4.4.3: of a thread the first in the order
    private static List<String> collapsed(
            int[] numbers, Catalog catalog, EmailConditions conditions) {
        var threads = new BitSet();
        var ids = new ArrayList<String>();
        for (int number : numbers) {
            int thread = conditions.thread(number);
            if (threads.get(thread)) continue;
            threads.set(thread);
            ids.add(catalog.email(number).text());
        }
        return ids;
    }
}
