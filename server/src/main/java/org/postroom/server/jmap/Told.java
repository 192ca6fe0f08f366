package org.postroom.server.jmap;

import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;
import org.postroom.store.Catalog;
import org.postroom.store.History;
import org.postroom.store.History.Changed;
import org.postroom.store.Kind;
import org.postroom.store.Refused;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The /changes of a type (RFC 8620 §5.2), told by the change log in the order in which the objects were
/// touched first. Where a client takes fewer than there are, what it has then is the state after one of the
/// commits, or within one, up to an id.
final class Told<T> {

    private static final int MOST = 10_000;

    /// Which changes of a history are this type's.
    interface Of<T> {
        Collection<Changed<T>> in(History history) throws Refusal;
    }

    private final Visit visit;
    private final Kind kind;
    private final Of<T> of;
    private final ToLongFunction<T> number;
    private final Function<T, String> text;

    Told(Visit visit, Kind kind, Of<T> of, ToLongFunction<T> number, Function<T, String> text) {
        this.visit = visit;
        this.kind = kind;
        this.of = of;
        this.number = number;
        this.text = text;
    }

    /// A response, and what changed besides which objects did.
    record Answer(ObjectNode response, History history) {}

    Answer since(Call.Changes call) throws Refusal, Refused {
        var catalog = visit.account().catalog();
        var now = visit.state(kind, catalog);
        var since = State.parse(call.since(), now.epoch());
        var history = history(visit, since.version(), catalog);
        List<Changed<T>> changes = new ArrayList<>(of.in(history));
        if (since.told() != State.ALL) changes = beyond(since, changes, catalog);
        changes.sort(
                Comparator.<Changed<T>>comparingLong(Changed::first)
                        .thenComparingLong(change -> number.applyAsLong(change.id())));
        int most = call.most() == 0 ? MOST : Math.min(MOST, call.most());
        var told = changes.subList(0, Math.min(most, changes.size()));
        boolean more = told.size() < changes.size();
        var end = new State(now.epoch(), Math.max(now.version(), since.version()));
        if (more) end = after(told.getLast(), changes.get(told.size()), now.epoch());
        var response = visit.response().put("oldState", call.since()).put("newState", end.text());
        response.put("hasMoreChanges", more);
        for (var fate : History.Fate.values()) {
            var ids = Json.array();
            for (var change : told) if (change.fate() == fate) ids.add(text.apply(change.id()));
            response.set(label(fate), ids);
        }
        return new Answer(response, history);
    }

    static History history(Visit visit, long since, Catalog catalog) throws Refusal {
        return visit.account()
                .history(since, catalog)
                .orElseThrow(() -> new Refusal(MethodError.CANNOT_CALCULATE_CHANGES));
    }

    private static String label(History.Fate fate) {
        return switch (fate) {
            case CREATED -> "created";
            case UPDATED -> "updated";
            case DESTROYED -> "destroyed";
        };
    }

    /// Of the commit that was told in part, the rest; and what came of all others after it.
    private List<Changed<T>> beyond(State since, List<Changed<T>> changes, Catalog catalog)
            throws Refusal {
        long commit = since.version() + 1;
        var rest = new ArrayList<Changed<T>>();
        Set<Long> there = new HashSet<>();
        for (var change : changes)
            if (change.first() == commit && number.applyAsLong(change.id()) > since.told()) {
                rest.add(change);
                there.add(number.applyAsLong(change.id()));
            }
        for (var change : of.in(history(visit, commit, catalog)))
            if (!there.contains(number.applyAsLong(change.id()))) rest.add(change);
        return rest;
    }

    private State after(Changed<T> last, Changed<T> next, int epoch) {
        return next.first() > last.first()
                ? new State(epoch, last.first())
                : new State(epoch, last.first() - 1, number.applyAsLong(last.id()));
    }
}
