package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// The sequencer of one partition: runs the work of its commits one after the other, and holds what
/// they changed until it is on disk.
///
/// Its overlay is true only as long as every write succeeds. When one fails, [#reset] begins a new
/// epoch: what was sequenced in the old one saw rows that never came to be, and runs again.
///
/// The lock is held for moments, never over work, engine or disk.
final class Lane {

    static final long UNKNOWN = -1;

    /// After so long, in nanoseconds, another partition has its turn: many flags and one big COPY take
    /// no more of it from the others than they must.
    private static final long TURN = 2_000_000;

    /// A change in the overlay, and the version that made it.
    private record Pending(Op op, long version) {}

    private final long partition;
    private final Engine engine;
    private final Space space;
    private final Commits commits;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Request<?, ?>> waiting = new ArrayDeque<>();
    private final NavigableMap<byte[], Pending> overlay = new TreeMap<>(Arrays::compareUnsigned);
    private boolean running;
    private int inHand;
    private long version = UNKNOWN;
    private final AtomicInteger epoch = new AtomicInteger();

    Lane(long partition, Engine engine, Space space, Commits commits) {
        this.partition = partition;
        this.engine = engine;
        this.space = space;
        this.commits = commits;
    }

    long partition() {
        return partition;
    }

    int epoch() {
        return epoch.get();
    }

    Space space() {
        return space;
    }

    /// Puts a request at the end. It runs once [#start] is called; until then the lane is not idle.
    void enqueue(Request<?, ?> request) {
        lock.lock();
        try {
            waiting.add(request);
        } finally {
            lock.unlock();
        }
    }

    /// Begins to work on what waits, unless that is being done already.
    void start() {
        lock.lock();
        try {
            if (running || waiting.isEmpty()) return;
            running = true;
        } finally {
            lock.unlock();
        }
        run();
    }

    void add(Request<?, ?> request) {
        enqueue(request);
        start();
    }

    private void run() {
        try {
            commits.sequencers().execute(this::turn);
        } catch (Fault closed) {
            for (var request = next(); request != null; request = next()) request.fail(closed);
        }
    }

    private void turn() {
        long end = System.nanoTime() + TURN;
        do {
            var request = next();
            if (request == null) {
                commits.retire(this);
                return;
            }
            var sequenced = new Crew.Outcome<Boolean, RuntimeException>();
            sequenced.of(() -> sequence(request));
            var bug = sequenced.thrown();
            if (bug != null) {
                // the overlay may be wrong: nothing that comes after may be written
                commits.committer().end(bug);
                request.fail(bug);
            }
        } while (System.nanoTime() - end < 0);
        run();
    }

    private @Nullable Request<?, ?> next() {
        lock.lock();
        try {
            var request = waiting.poll();
            if (request == null) running = false;
            return request;
        } finally {
            lock.unlock();
        }
    }

    /// Runs it again as long as the epoch ends while it runs.
    private boolean sequence(Request<?, ?> request) {
        Sequenced change;
        do {
            change = new Sequenced(this, epoch.get(), request.commitId());
            request.run(change);
        } while (!handOver(request, change));
        return true;
    }

    /// The version that the last sequenced commit leaves.
    long current() {
        lock.lock();
        try {
            if (version != UNKNOWN) return version;
        } finally {
            lock.unlock();
        }
        return Version.read(engine.get(partition, Version.key())).number();
    }

    /// Gives the request to the committer, in order; false if the epoch ended while it ran.
    private boolean handOver(Request<?, ?> request, Sequenced change) {
        lock.lock();
        try {
            if (change.epoch() != epoch.get()) return false;
            version = change.after();
            for (var op : change.ops().values())
                overlay.put(op.key(), new Pending(op, change.version()));
            inHand++;
            commits.committer().add(request);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The commit is on disk: the engine shows what the overlay held.
    void settled(Sequenced change) {
        lock.lock();
        try {
            for (var key : change.ops().keySet()) {
                var pending = overlay.get(key);
                if (pending != null && pending.version() == change.version()) overlay.remove(key);
            }
            inHand--;
        } finally {
            lock.unlock();
        }
        commits.retire(this);
    }

    /// The request is no longer the committer's: it failed, or must run again.
    void returned() {
        lock.lock();
        try {
            inHand--;
        } finally {
            lock.unlock();
        }
        commits.retire(this);
    }

    /// What was sequenced and not written is void.
    void reset() {
        lock.lock();
        try {
            epoch.incrementAndGet();
            overlay.clear();
            version = UNKNOWN;
        } finally {
            lock.unlock();
        }
    }

    boolean idle() {
        lock.lock();
        try {
            return !running && inHand == 0 && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    byte @Nullable [] get(byte[] key) {
        lock.lock();
        try {
            var pending = overlay.get(key);
            if (pending != null) return pending.op().value();
        } finally {
            lock.unlock();
        }
        return engine.get(partition, key);
    }

    Page scan(byte[] from, byte[] to, int limit) {
        return engine.scan(partition, from, to, limit);
    }

    Page scanDown(byte[] from, byte[] to, int limit) {
        return engine.scanDown(partition, from, to, limit);
    }

    /// A copy of the overlay's part in [from, to).
    NavigableMap<byte[], Op> pending(byte[] from, byte[] to) {
        var copy = new TreeMap<byte[], Op>(Arrays::compareUnsigned);
        lock.lock();
        try {
            Overlay.range(overlay, from, to).forEach((key, pending) -> copy.put(key, pending.op()));
            return copy;
        } finally {
            lock.unlock();
        }
    }
}
