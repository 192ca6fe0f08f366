package org.postroom.queue;

import org.postroom.store.Store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Where an administrator looks into the queue and changes it, whether it is being worked on or not.
/// What couriers have in their hands meanwhile they find changed when they write down what came of it.
public final class Desk {

    private static final int PAGE = 500;

    private final Ledger ledger;
    private final Predicate<QueueId> active;

    /// Of a home where no server runs.
    public Desk(Store store) {
        this(new Ledger(store.commits()));
    }

    Desk(Ledger ledger) {
        this(ledger, _ -> false);
    }

    /// @param active whether an envelope is being worked on
    Desk(Ledger ledger, Predicate<QueueId> active) {
        this.ledger = ledger;
        this.active = active;
    }

    /// See [Queue#list].
    public List<QueueEntry> list(Optional<QueueId> after, int most) {
        var all = new ArrayList<QueueEntry>();
        int first = after.map(QueueId::shard).orElse(0);
        for (int shard = first; shard < QueueId.SHARDS && all.size() < most; shard++) {
            var from = shard == first ? after : Optional.<QueueId>empty();
            for (var opened : ledger.list(shard, from, most - all.size()))
                all.add(QueueEntry.of(opened, active.test(opened.id())));
        }
        return all;
    }

    public Optional<QueueEntry> show(QueueId id) {
        return ledger.look(id).map(opened -> QueueEntry.of(opened, active.test(id)));
    }

    /// @param domain nothing for all
    /// @param expect is told what is due now
    void hurry(Optional<String> domain, long now, Consumer<List<Due>> expect) {
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            var range = Due.ALL.startingAt(Due.from(now, now).from());
            while (true) {
                var page = ledger.due(shard, range, PAGE);
                var some = new ArrayList<Due>();
                for (var row : page.rows())
                    Due.readable(row)
                            .filter(due -> !due.asked())
                            .filter(due -> domain.isEmpty() || due.domain().equals(domain.get()))
                            .ifPresent(some::add);
                if (!some.isEmpty()) expect.accept(ledger.hasten(shard, some, now));
                if (!page.more()) break;
                range = range.startingAfter(page.rows().getLast().key());
            }
        }
    }
}
