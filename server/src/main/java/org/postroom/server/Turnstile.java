package org.postroom.server;

import org.postroom.store.Refused;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Lets a few of each kind through at a time; the others wait, and those of another kind don't mind.
final class Turnstile<K> {

    /// Something that takes long.
    @FunctionalInterface
    interface Errand<T> {
        T run() throws Refused;
    }

    private record Queue(Semaphore ahead, int length) {
        Queue and(int more) {
            return new Queue(ahead, length + more);
        }
    }

    private final int width;
    private final int most;
    private final ConcurrentHashMap<K, Queue> queues = new ConcurrentHashMap<>();

    /// @param width how many of a kind go through at a time
    /// @param most how many of a kind are let in
    Turnstile(int width, int most) {
        this.width = width;
        this.most = most;
    }

    /// Waits until it may run, and runs.
    ///
    /// @throws Refused TOO_BUSY, when too many of the kind wait already
    <T> T pass(K kind, Errand<T> errand) throws Refused {
        var queue =
                queues.merge(
                        kind, new Queue(new Semaphore(width, true), 1), (now, _) -> now.and(1));
        try {
            if (queue.length > most) throw new Refused(Refused.Reason.TOO_BUSY);
            queue.ahead.acquireUninterruptibly();
            try {
                return errand.run();
            } finally {
                queue.ahead.release();
            }
        } finally {
            queues.computeIfPresent(kind, (_, now) -> now.length == 1 ? null : now.and(-1));
        }
    }

    /// How many of a kind are in it.
    int length(K kind) {
        var queue = queues.get(kind);
        return queue == null ? 0 : queue.length;
    }
}
