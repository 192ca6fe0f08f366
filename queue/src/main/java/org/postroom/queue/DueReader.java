package org.postroom.queue;

import org.postroom.store.KeyRange;
import org.postroom.wire.Fault;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Reads the index of what is due, page by page and each shard from where something may be due, and
/// offers it to the dispatcher. Whatever writes into the index says so here ([#expect]), after its
/// commit; so nothing is read twice but what found no room.
///
/// It holds no rows: a hundred thousand recipients of dead servers stay on disk.
final class DueReader implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DueReader.class.getName());
    private static final int PAGE = 500;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long AGAIN = 1_000; // milliseconds before what found no room is read anew
    private static final long LONGEST_SLEEP = 60_000; // the clock may have been set

    private final Ledger ledger;
    private final Dispatcher dispatcher;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /// For each shard the time from which on there may be something that is not in hand.
    private final long[] from = new long[QueueId.SHARDS];

    private boolean crowded;
    private boolean room;
    private boolean closed;
    private final Thread thread = Thread.ofPlatform().daemon().name("queue").unstarted(this::run);

    DueReader(Ledger ledger, Dispatcher dispatcher, InstantSource clock) {
        this.ledger = ledger;
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /// There is something in the index at this time.
    void expect(int shard, long when) {
        lock.lock();
        try {
            if (when >= from[shard]) return;
            from[shard] = when;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /// There is room again.
    void room() {
        lock.lock();
        try {
            room = true;
            if (crowded) news.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Looks again, since the clock may say something else now.
    void wake() {
        lock.lock();
        try {
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            mislaid();
            while (!isClosed()) {
                crowded = false;
                long now = clock.millis();
                for (int shard = 0; shard < from.length && !isClosed(); shard++) {
                    long since = take(shard, now);
                    if (since <= now) pass(shard, since, now);
                }
                sleep();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private long take(int shard, long now) {
        lock.lock();
        try {
            long since = from[shard];
            if (since <= now) from[shard] = NEVER;
            return since;
        } finally {
            lock.unlock();
        }
    }

    /// Offers all that is due in a shard; what finds no room is offered again.
    private void pass(int shard, long since, long now) {
        long skipped = NEVER;
        try {
            var range = new KeyRange(Due.from(since, now).from(), Due.ALL.to());
            while (!isClosed()) {
                var page = ledger.due(shard, range, PAGE);
                for (var row : page.rows()) {
                    var due = read(row, shard);
                    if (due == null) continue;
                    if (due.when() > now) {
                        expect(shard, due.when());
                        return;
                    }
                    if (!dispatcher.offer(due)) skipped = Math.min(skipped, due.when());
                }
                if (!page.more()) return;
                range = range.startingAfter(page.rows().getLast().key());
            }
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.ERROR, "reading what is due", fault);
            skipped = since;
        } finally {
            if (skipped < NEVER) {
                crowded = true;
                expect(shard, skipped);
            }
        }
    }

    private @org.jspecify.annotations.Nullable Due read(
            org.postroom.store.engine.Row row, int shard) {
        try {
            return Due.read(row);
        } catch (Fault damaged) { // never in the way of others, TRAPS T17
            LOG.log(System.Logger.Level.ERROR, "a line of the index, shard " + shard, damaged);
            return null;
        }
    }

    /// A clock that was far ahead has left what is due further away than any pause (TRAPS T17).
    private void mislaid() {
        long horizon = clock.millis() + Pace.LONGEST;
        for (int shard = 0; shard < from.length; shard++) {
            var range = new KeyRange(Due.from(horizon, NEVER).from(), Due.ALL.to());
            while (true) {
                var page = ledger.due(shard, range, PAGE);
                for (var row : page.rows()) {
                    var due = read(row, shard);
                    if (due != null && !due.asked()) dispatcher.offer(due);
                }
                if (!page.more()) break;
                range = range.startingAfter(page.rows().getLast().key());
            }
        }
    }

    private void sleep() throws InterruptedException {
        lock.lock();
        try {
            if (closed) return;
            if (crowded && !room) news.await(LONGEST_SLEEP, TimeUnit.MILLISECONDS);
            else if (crowded) news.await(AGAIN, TimeUnit.MILLISECONDS);
            else {
                long left = Arrays.stream(from).min().orElse(NEVER) - clock.millis();
                if (left > 0) news.await(Math.min(left, LONGEST_SLEEP), TimeUnit.MILLISECONDS);
            }
            room = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
