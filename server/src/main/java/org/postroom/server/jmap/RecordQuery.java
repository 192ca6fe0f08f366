package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Filter;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Order;
import org.postroom.jmap.Refusal;
import org.postroom.store.Refused;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// /query and /queryChanges of a type whose objects are records (RFC 8620 §5.5, §5.6).
final class RecordQuery {

    /// What a type's conditions and comparators mean.
    interface Terms {

        /// @throws Refusal unsupportedFilter
        boolean holds(String member, JsonNode value, long id, ObjectNode object) throws Refusal;

        /// @throws Refusal unsupportedSort
        Comparator<ObjectNode> order(Order order) throws Refusal;
    }

    private final Visit visit;
    private final Records records;
    private final Terms terms;

    RecordQuery(Visit visit, Records records, Terms terms) {
        this.visit = visit;
        this.records = records;
        this.terms = terms;
    }

    ObjectNode query(Call.Query query) throws Refusal {
        String state = visit.state(records.kind);
        return found(query.filter(), query.sort(), state).window(visit, query);
    }

    ObjectNode changes(Call.QueryChanges changes) throws Refusal, Refused {
        var catalog = visit.account().catalog();
        var now = visit.state(records.kind, catalog);
        var since = State.parse(changes.since(), now.epoch());
        var touched = new ArrayList<String>();
        for (var change : Told.history(visit, since.version(), catalog).records(records.kind))
            touched.add(records.id(change.id()));
        return found(changes.filter(), changes.sort(), now.text()).changes(visit, changes, touched);
    }

    private Results found(@Nullable Filter filter, List<Order> sort, String state) throws Refusal {
        Comparator<Map.Entry<Long, ObjectNode>> all = Map.Entry.comparingByKey();
        for (var order : sort.reversed()) {
            var one = terms.order(order);
            if (!order.ascending()) one = one.reversed();
            all = Map.Entry.<Long, ObjectNode>comparingByValue(one).thenComparing(all);
        }
        var found = new ArrayList<Map.Entry<Long, ObjectNode>>();
        for (var each : records.all().entrySet())
            if (matches(filter, each.getKey(), each.getValue())) found.add(each);
        found.sort(all);
        return new Results(
                found.stream().map(each -> records.id(each.getKey())).toList(), state, true);
    }

    /// As deep as the filter, which is bounded.
    private boolean matches(@Nullable Filter filter, long id, ObjectNode object) throws Refusal {
        return switch (filter) {
            case null -> true;
            case Filter.Operation(var operator, var of) -> {
                boolean any = false;
                boolean all = true;
                for (var each : of) {
                    boolean matches = matches(each, id, object);
                    any |= matches;
                    all &= matches;
                }
                yield switch (operator) {
                    case AND -> all;
                    case OR -> any;
                    case NOT -> !any;
                };
            }
            case Filter.Condition(var members) -> {
                boolean all = true;
                for (var member : members.properties())
                    all &= terms.holds(member.getKey(), member.getValue(), id, object);
                yield all;
            }
        };
    }

    static Comparator<ObjectNode> byText(String... path) {
        return Comparator.comparing(object -> {
            JsonNode at = object;
            for (var step : path) at = at.path(step);
            return at.stringValue("");
        });
    }

    static Refusal unsupportedFilter(String name) {
        return new Refusal(MethodError.UNSUPPORTED_FILTER, name);
    }

    static Refusal unsupportedSort(String name) {
        return new Refusal(MethodError.UNSUPPORTED_SORT, name);
    }
}
