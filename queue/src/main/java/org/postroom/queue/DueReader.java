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

    // milliseconds until what found no room is read anew: where there is room again, and where not
    private static final long SOON = 1_000;
    private static final long IN_A_WHILE = 30_000;

    private final Ledger ledger;
    private final Dispatcher dispatcher;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /// For each shard the time from which on there may be something that is not in hand.
    private final long[] from = new long[QueueId.SHARDS];

    /// The same for what found no room.
    private final long[] left = new long[QueueId.SHARDS];

    private long collected; // when that was last looked at
    private boolean room;
    private boolean closed;
    private final Thread thread = Thread.ofPlatform().daemon().name("queue").unstarted(this::run);

    DueReader(Ledger ledger, Dispatcher dispatcher, InstantSource clock) {
        this.ledger = ledger;
        this.dispatcher = dispatcher;
        this.clock = clock;
        Arrays.fill(left, NEVER);
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

    /// Something of a shard could not be done, nor written down: it is read anew after a while.
    void again(int shard) {
        leave(shard, 0);
    }

    /// Looks again: the clock may say something else than when it went to sleep.
    void wake() {
        lock.lock();
        try {
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
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            mislaid();
            while (!isClosed()) {
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
                    var readable = Due.readable(row);
                    if (readable.isEmpty()) continue;
                    var due = readable.get();
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
            leave(shard, skipped);
        }
    }

    private void leave(int shard, long skipped) {
        lock.lock();
        try {
            left[shard] = Math.min(left[shard], skipped);
        } finally {
            lock.unlock();
        }
    }

    /// A clock that was far ahead has left what is due further away than any pause (TRAPS T17).
    private void mislaid() {
        long horizon = clock.millis() + Pace.LONGEST;
        for (int shard = 0; shard < from.length; shard++) {
            var range = new KeyRange(Due.from(horizon, NEVER).from(), Due.ALL.to());
            while (true) {
                var page = ledger.due(shard, range, PAGE);
                for (var row : page.rows())
                    Due.readable(row).filter(due -> !due.asked()).ifPresent(dispatcher::offer);
                if (!page.more()) break;
                range = range.startingAfter(page.rows().getLast().key());
            }
        }
    }

    private void sleep() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = clock.millis();
                long collect = collected + (room ? SOON : IN_A_WHILE);
                if (now >= collect || now < collected) collect(now);
                long left = Math.min(Arrays.stream(from).min().orElse(NEVER), collect) - now;
                if (left <= 0) return;
                news.await(Math.min(left, IN_A_WHILE), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void collect(long now) {
        for (int shard = 0; shard < from.length; shard++) {
            from[shard] = Math.min(from[shard], left[shard]);
            left[shard] = NEVER;
        }
        collected = now;
        room = false;
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
