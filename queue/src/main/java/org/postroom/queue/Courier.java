package org.postroom.queue;

import org.jspecify.annotations.Nullable;
import org.postroom.queue.Dialer.Unreached;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.store.Store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Works for one destination on one virtual thread: takes what waits, carries it there, writes down
/// what came of it, until nothing is left. A connection serves for several letters, and is kept a
/// moment for another.
final class Courier {

    private static final System.Logger LOG = System.getLogger(Courier.class.getName());
    private static final int MOST_LETTERS = 100; // over one connection
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// What couriers share.
    record Office(
            Store store,
            Ledger ledger,
            Dispatcher dispatcher,
            Bookkeeper bookkeeper,
            HomeDelivery home,
            Routing routing,
            Dialer dialer,
            DueReader reader,
            InstantSource clock) {

        /// What is due now is taken in hand; the rest will be read when it is.
        void expect(List<Due> all) {
            long now = clock.millis();
            for (var due : all)
                if (due.when() > now || !dispatcher.offer(due))
                    reader.expect(due.id().shard(), due.when());
        }
    }

    private final Office office;
    private final Destination destination;
    private final boolean dials;
    private @Nullable Call call;
    private int letters;

    Courier(Office office, Destination destination) {
        this.office = office;
        this.destination = destination;
        this.dials = true;
    }

    /// One that carries over a connection of somebody else's, and no other.
    Courier(Office office, Destination destination, Call open) {
        this.office = office;
        this.destination = destination;
        this.dials = false;
        this.call = open;
        office.dispatcher.connected(destination);
    }

    void run() {
        try {
            while (true) {
                var batch =
                        office.dispatcher.next(
                                destination, call == null ? Duration.ZERO : PATIENCE);
                if (batch.isEmpty() || !carry(batch.get())) return;
                if (office.dispatcher.isCrowded()) return;
            }
        } finally {
            hangUp();
        }
    }

    /// @return whether it makes sense to go on
    private boolean carry(Batch batch) {
        boolean settled = false;
        try {
            long now = office.clock.millis();
            var opened = office.ledger.open(batch.id(), batch.numbers(), now);
            if (opened.isEmpty()) { // removed, held or put off since
                settled = true;
                office.dispatcher.done(batch);
                return true;
            }
            var outcomes = outcomes(opened.get(), now);
            if (outcomes.isEmpty()) { // others talk with the destination: they will do it
                settled = true;
                office.dispatcher.putBack(destination, batch);
                return false;
            }
            var due = office.bookkeeper.settle(opened.get(), outcomes.get(), office.clock.millis());
            settled = true;
            office.dispatcher.done(batch);
            office.expect(due);
            return true;
        } catch (RuntimeException fault) { // a bug, too: the letter is promised
            LOG.log(
                    System.Logger.Level.ERROR,
                    batch.id() + ": what came of it is not on disk",
                    fault);
            return false;
        } finally {
            if (!settled) again(batch);
        }
    }

    /// Neither tried nor written down: the store is in trouble. It is read again after a while.
    private void again(Batch batch) {
        office.dispatcher.done(batch);
        office.reader.again(batch.id().shard());
    }

    /// What came of it for each errand; nothing if it was not tried and others will.
    private Optional<Map<Integer, Outcome>> outcomes(Opened opened, long now) {
        try {
            if (destination.isHere()) return Optional.of(here(opened));
            var closed = office.dispatcher.closed(destination, now);
            if (closed.isPresent()) return Optional.of(all(opened, closed.get()));
            if (dials && office.routing.waits(destination.name))
                return Optional.of(all(opened, waits(opened.envelope(), now)));
            return elsewhere(opened, now);
        } catch (RuntimeException fault) { // TRAPS T17
            LOG.log(System.Logger.Level.ERROR, opened.id() + ": trying broke", fault);
            hangUp();
            return Optional.of(all(opened, new Outcome.Broken(Said.ours(Reply.LOCAL_ERROR))));
        }
    }

    /// Until its time is over, unless it is called for.
    private static Outcome waits(Envelope envelope, long now) {
        long end = envelope.expiry();
        return new Outcome.Deferred(Said.ours(Reply.TO_BE_CALLED_FOR), end, now >= end);
    }

    private static Map<Integer, Outcome> all(Opened opened, Outcome outcome) {
        var all = new LinkedHashMap<Integer, Outcome>();
        for (int number : opened.errands().keySet()) all.put(number, outcome);
        return all;
    }

    private Map<Integer, Outcome> here(Opened opened) {
        var outcomes = new LinkedHashMap<Integer, Outcome>();
        opened.errands()
                .forEach((number, errand) ->
                        outcomes.put(
                                number,
                                office.home.deliver(opened.envelope(), errand.recipient())));
        return outcomes;
    }

    private Optional<Map<Integer, Outcome>> elsewhere(Opened opened, long now) {
        while (true)
            try {
                var open = call;
                if (open == null && !dials) return Optional.empty();
                if (open != null && opened.needsAssurance() && !open.isAssured()) {
                    if (!dials)
                        return Optional.of(
                                all(opened, new Outcome.Failed(Said.ours(Reply.NO_REQUIRETLS))));
                    hangUp();
                    continue;
                }
                if (open == null) open = dial(opened);
                var outcomes = open.send(opened);
                if (open.isOver() || (++letters >= MOST_LETTERS && dials)) hangUp();
                return Optional.of(noted(opened, outcomes, now));
            } catch (Call.Stale stale) {
                hangUp();
            } catch (Refusal refusal) { // there is no way
                var said = Said.ours(refusal.reply());
                return Optional.of(
                        all(
                                opened,
                                said.reply().isPermanent()
                                        ? new Outcome.Failed(said)
                                        : Outcome.Deferred.after(said)));
            } catch (Unreached unreached) {
                return unreached(opened, unreached.said(), now);
            }
    }

    private Call dial(Opened opened) throws Refusal, Unreached {
        var first = opened.errands().firstEntry().getValue();
        var hop =
                opened.needsAssurance()
                        ? office.routing.assured(first.domain())
                        : office.routing.to(first.domain());
        var reached = office.dialer.dial(hop);
        var fresh =
                new Call(
                        office.store,
                        reached.client(),
                        reached.host(),
                        hop.assured(),
                        office.clock);
        office.dispatcher.connected(destination);
        call = fresh;
        letters = 0;
        return fresh;
    }

    private Optional<Map<Integer, Outcome>> unreached(Opened opened, Said said, long now) {
        if (said.reply().isPermanent()) return Optional.of(all(opened, new Outcome.Failed(said)));
        return office.dispatcher
                .failed(destination, said, now)
                .map(until -> all(opened, new Outcome.Deferred(said, until, true)));
    }

    private Map<Integer, Outcome> noted(Opened opened, List<Outcome> outcomes, long now) {
        var lost =
                outcomes.stream()
                        .filter(it -> it.said().reply().equals(Reply.NO_ANSWER))
                        .findFirst();
        if (lost.isPresent()) office.dispatcher.failed(destination, lost.get().said(), now);
        else office.dispatcher.succeeded(destination);
        var noted = new LinkedHashMap<Integer, Outcome>();
        var next = new ArrayList<>(outcomes).iterator();
        for (int number : opened.errands().keySet()) noted.put(number, next.next());
        return noted;
    }

    private void hangUp() {
        var open = call;
        if (open == null) return;
        call = null;
        office.dispatcher.hungUp(destination);
        if (dials) open.close();
    }
}
