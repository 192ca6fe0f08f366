package org.postroom.server;

import org.postroom.wire.Fault;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Makes whoever keeps giving wrong passwords wait: the first three wrong answers from an address
/// cost nothing, each further one a pause. Only the one who was wrong waits, so nobody can lock out
/// somebody else (TRAPS F7). Forgets addresses after a while and beyond a number.
public final class Patience {

    private static final int FREE = 3;
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private record Failures(int count, long since) {}

    private final Duration pause;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Failures> records =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MOST_ADDRESSES;
                }
            };

    /// @param pause what a wrong password costs, after the free ones
    public Patience(Duration pause) {
        this.pause = pause;
    }

    /// One second, which makes guessing hopeless and a mistake bearable.
    public static Patience standard() {
        return new Patience(Duration.ofSeconds(1));
    }

    void right(Wire wire) {
        lock.lock();
        try {
            records.remove(wire.peer());
        } finally {
            lock.unlock();
        }
    }

    void wrong(Wire wire) {
        int failures;
        lock.lock();
        try {
            long now = System.nanoTime();
            var before = records.remove(wire.peer());
            boolean fresh = before != null && now - before.since() < MEMORY.toNanos();
            failures = before != null && fresh ? before.count() + 1 : 1;
            records.put(wire.peer(), new Failures(failures, now));
        } finally {
            lock.unlock();
        }
        if (failures > FREE) pause();
    }

    private void pause() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while waiting", e);
        }
    }
}
