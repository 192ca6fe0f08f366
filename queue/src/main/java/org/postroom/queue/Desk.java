package org.postroom.queue;

import org.postroom.store.Step;
import org.postroom.store.Step.What;
import org.postroom.store.Store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Where an administrator looks into the queue and changes it, whether it is being worked on or not.
/// What couriers have in their hands meanwhile they find changed when they write down what came of it.
public final class Desk {

    private static final int PAGE = 500;

    private final Store store;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Predicate<QueueId> active;
    private final Consumer<List<Due>> expect;

    /// @param active whether an envelope is being worked on
    /// @param expect is told what is due by what is done here
    Desk(
            Store store,
            Ledger ledger,
            InstantSource clock,
            Predicate<QueueId> active,
            Consumer<List<Due>> expect) {
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
        this.active = active;
        this.expect = expect;
    }

    /// That of a home where no server runs: what is due will be tried when one does.
    public static Desk of(Store store) {
        return new Desk(
                store, new Ledger(store.commits()), InstantSource.system(), _ -> false, _ -> {});
    }

    /// What is in it, shard by shard and in each the oldest first; no more than so many.
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

    /// Those of one journey: a letter may have several envelopes.
    public List<QueueEntry> of(String journey) {
        var all = new ArrayList<QueueEntry>();
        Optional<QueueId> after = Optional.empty();
        while (true) {
            var page = list(after, PAGE);
            for (var entry : page) if (entry.journey().equals(journey)) all.add(entry);
            if (page.size() < PAGE) return all;
            after = Optional.of(page.getLast().id());
        }
    }

    /// How many envelopes there are.
    public long size() {
        return ledger.waiting();
    }

    /// When the oldest of them came.
    public Optional<Instant> oldest() {
        var all = new ArrayList<QueueEntry>();
        for (int shard = 0; shard < QueueId.SHARDS; shard++)
            for (var opened : ledger.list(shard, Optional.empty(), 1))
                all.add(QueueEntry.of(opened, false));
        return all.stream().map(QueueEntry::arrival).min(Comparator.naturalOrder());
    }

    /// Tries it now, whatever happened before; what was parked is so no more.
    ///
    /// @return whether there is such an envelope
    public boolean retry(QueueId id) {
        return change(id, Envelope::held, Optional.empty());
    }

    /// Keeps it until it is released.
    public boolean hold(QueueId id) {
        return set(id, true, What.HELD);
    }

    public boolean release(QueueId id) {
        return set(id, false, What.RELEASED);
    }

    private boolean set(QueueId id, boolean held, What what) {
        return change(id, _ -> held, Optional.of(what));
    }

    private boolean change(QueueId id, Predicate<Envelope> held, Optional<What> what) {
        var opened = ledger.look(id);
        if (opened.isEmpty()) return false;
        var due = ledger.change(id, held.test(opened.get().envelope()), clock.millis());
        due.ifPresent(expect);
        what.ifPresent(it -> note(opened.get(), it));
        return due.isPresent();
    }

    /// Takes it out; nobody hears of it.
    public boolean remove(QueueId id) {
        var opened = ledger.look(id);
        if (opened.isEmpty() || !ledger.remove(id)) return false;
        note(opened.get(), What.REMOVED);
        return true;
    }

    private void note(Opened opened, What what) {
        store.journeys()
                .note(
                        opened.envelope().journey(),
                        Step.now(what, "", "by the administrator, as " + opened.id()));
    }

    /// Whether anything waits for one of these domains that may go now.
    boolean waitsFor(Set<String> domains) {
        for (int shard = 0; shard < QueueId.SHARDS; shard++) {
            var range = Due.ALL;
            while (true) {
                var page = ledger.due(shard, range, PAGE);
                for (var row : page.rows())
                    if (Due.readable(row)
                            .filter(due -> !due.asked() || due.when() <= clock.millis())
                            .filter(due -> domains.contains(due.domain()))
                            .isPresent()) return true;
                if (!page.more()) break;
                range = range.startingAfter(page.rows().getLast().key());
            }
        }
        return false;
    }

    /// Makes all that waits for a domain due now, but for what its sender wants to wait.
    ///
    /// @param domain nothing for all
    /// @return how many recipients
    public int hurry(Optional<String> domain) {
        int count = 0;
        long now = clock.millis();
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
                count += some.size();
                if (!page.more()) break;
                range = range.startingAfter(page.rows().getLast().key());
            }
        }
        return count;
    }
}
