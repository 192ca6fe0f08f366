package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Filter;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Order;
import org.postroom.jmap.Refusal;
import org.postroom.store.Kind;
import org.postroom.store.Mailbox;
import org.postroom.store.MailboxId;
import org.postroom.store.Refused;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// Mailbox/query and Mailbox/queryChanges (RFC 8621 §2.3, §2.4).
final class MailboxQuery {

    private final Visit visit;
    private final Mailboxes.Tree tree;

    MailboxQuery(Visit visit) {
        this.visit = visit;
        this.tree = Mailboxes.Tree.of(visit);
    }

    ObjectNode query(Call.Query query) throws Refusal, Refused {
        var catalog = visit.account().catalog();
        return results(
                        query.filter(),
                        query.sort(),
                        query.extra(),
                        visit.state(Kind.MAILBOX, catalog))
                .window(visit, query);
    }

    ObjectNode changes(Call.QueryChanges changes) throws Refusal, Refused {
        var catalog = visit.account().catalog();
        var now = visit.state(Kind.MAILBOX, catalog);
        var since = State.parse(changes.since(), now.epoch());
        var history = Told.history(visit, since.version(), catalog);
        var results = results(changes.filter(), changes.sort(), changes.extra(), now);
        // a mailbox moves in the order of a tree when one above it does
        var touched = new ArrayList<String>();
        for (var change : history.mailboxes()) touched.add(change.id().text());
        if (changes.extra().get("sortAsTree").booleanValue() && !history.isOnlyCounts())
            throw new Refusal(MethodError.CANNOT_CALCULATE_CHANGES);
        return results.changes(visit, changes, touched);
    }

    private Results results(
            @Nullable Filter filter, List<Order> sort, ObjectNode extra, State state)
            throws Refusal {
        var order = order(sort);
        var found = new ArrayList<Mailbox>();
        for (var box : tree.boxes().values()) if (matches(filter, box)) found.add(box);
        if (extra.get("filterAsTree").booleanValue()) {
            var there = new HashSet<MailboxId>();
            for (var box : found) there.add(box.id());
            found.removeIf(box -> !isReachable(box, there));
        }
        if (extra.get("sortAsTree").booleanValue()) sortAsTree(found, order);
        else found.sort(order);
        return new Results(found.stream().map(box -> box.id().text()).toList(), state.text(), true);
    }

    /// RFC 8621 §2.3: only if all above it are among them, too
    private boolean isReachable(Mailbox box, Set<MailboxId> there) {
        for (var at = tree.parent(box); at != null; ) {
            if (!there.contains(at)) return false;
            var above = tree.boxes().get(at);
            at = above == null ? null : tree.parent(above);
        }
        return true;
    }

    /// Each behind the one that it lies in, siblings in the order asked for.
    private void sortAsTree(List<Mailbox> found, Comparator<Mailbox> order) {
        found.sort((a, b) -> {
            var first = path(a);
            var second = path(b);
            for (int i = 0; i < Math.min(first.size(), second.size()); i++)
                if (first.get(i) != second.get(i))
                    return order.compare(first.get(i), second.get(i));
            return Integer.compare(first.size(), second.size());
        });
    }

    private List<Mailbox> path(Mailbox box) {
        var path = new ArrayList<Mailbox>();
        for (Mailbox at = box; at != null; ) {
            path.addFirst(at);
            var parent = tree.parent(at);
            at = parent == null ? null : tree.boxes().get(parent);
        }
        return path;
    }

    private static Comparator<Mailbox> order(List<Order> sort) throws Refusal {
        Comparator<Mailbox> all = null;
        for (var order : sort) {
            Comparator<Mailbox> one =
                    switch (order.property()) {
                        case "sortOrder" -> Comparator.comparingInt(Mailbox::sort);
                        case "name" ->
                                Comparator.comparing(
                                        box -> Mailboxes.name(box).toLowerCase(Locale.ROOT));
                        default -> throw new Refusal(MethodError.UNSUPPORTED_SORT);
                    };
            if (!order.ascending()) one = one.reversed();
            all = all == null ? one : all.thenComparing(one);
        }
        var last = Comparator.comparing(Mailbox::id);
        return all == null ? last : all.thenComparing(last);
    }

    /// As deep as the filter, which is bounded.
    private boolean matches(@Nullable Filter filter, Mailbox box) throws Refusal {
        if (filter == null) return true;
        return switch (filter) {
            case Filter.Operation(var operator, var of) -> {
                boolean any = false;
                boolean all = true;
                for (var each : of) {
                    boolean matches = matches(each, box);
                    any |= matches;
                    all &= matches;
                }
                yield switch (operator) {
                    case AND -> all;
                    case OR -> any;
                    case NOT -> !any;
                };
            }
            case Filter.Condition(var members) -> holds(members, box);
        };
    }

    private boolean holds(ObjectNode members, Mailbox box) throws Refusal {
        boolean all = true;
        for (var member : members.properties()) {
            var value = member.getValue();
            String text = value.isString() ? value.stringValue() : null;
            boolean flag = value.isBoolean() && value.booleanValue();
            all &=
                    switch (member.getKey()) {
                        case "parentId" -> {
                            var parent = tree.parent(box);
                            yield Objects.equals(
                                    parent == null ? null : parent.text(),
                                    text == null ? null : visit.id(text));
                        }
                        case "name" ->
                                text != null
                                        && Mailboxes.name(box)
                                                .toLowerCase(Locale.ROOT)
                                                .contains(text.toLowerCase(Locale.ROOT));
                        case "role" -> Objects.equals(Mailboxes.role(box), text);
                        case "hasAnyRole" -> (Mailboxes.role(box) != null) == flag;
                        case "isSubscribed" -> box.subscribed() == flag;
                        default -> throw new Refusal(MethodError.UNSUPPORTED_FILTER);
                    };
        }
        return all;
    }
}
