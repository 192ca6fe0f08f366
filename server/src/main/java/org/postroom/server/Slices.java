package org.postroom.server;

import org.postroom.store.AccountId;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Saying;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Runs what loops over many things, or reads large ones, on a few platform threads while the
/// conversation waits: on its own virtual thread it would hold a carrier and let all others wait.
///
/// Whoever has much to do does it a slice at a time, and accounts take turns: of each, one slice runs
/// or stands in the queue, and those of its other sessions wait behind that one.
public final class Slices {

    /// What is printed in one slice is about so much; it is sent before the next.
    public static final int OCTETS = 256 * 1024;

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final long nanos;
    private final ThreadPoolExecutor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AccountId, Queue<Runnable>> waiting = new HashMap<>();

    /// @param length how long a slice lasts, if it has so much to do
    public Slices(Duration length) {
        nanos = length.toNanos();
        threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(), // one of each account at most
                        Thread.ofPlatform().daemon().name("slices-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Long enough for work, short enough for others to wait for.
    public static Slices standard() {
        return new Slices(Duration.ofMillis(20));
    }

    /// An account's share of the threads.
    public Share of(AccountId account) {
        return new Share(this, account);
    }

    /// Some work that loops. It does one step at least, and looks at its turn after each.
    @FunctionalInterface
    public interface Slice<T> {
        T run(Turn turn);
    }

    /// How long a slice may go on.
    public static final class Turn {

        private final long end;

        private Turn(long end) {
            this.end = end;
        }

        public boolean isOver() {
            return System.nanoTime() - end >= 0;
        }
    }

    /// Prints something about one of many.
    @FunctionalInterface
    public interface Item {
        void print(int index, Saying saying);
    }

    /// What one account does in slices, in all its sessions.
    public record Share(Slices slices, AccountId account) {

        /// Runs a slice and waits for it. What it throws unchecked is thrown here.
        public <T> T run(Slice<T> slice) {
            return slices.run(account, slice);
        }

        /// Says so many items, printing them a slice at a time.
        public void say(Wire wire, int count, Item item) throws Departure {
            var saying = new Saying();
            for (int at = 0; at < count; ) {
                int from = at;
                at = run(turn -> print(from, count, item, saying, turn));
                wire.write(saying);
            }
        }

        private static int print(int from, int count, Item item, Saying saying, Turn turn) {
            int at = from;
            do item.print(at++, saying);
            while (at < count && saying.length() < OCTETS && !turn.isOver());
            return at;
        }
    }

    private <T> T run(AccountId whose, Slice<T> slice) {
        var task = new FutureTask<T>(() -> slice.run(new Turn(System.nanoTime() + nanos)));
        enqueue(whose, task);
        boolean interrupted = false;
        try {
            while (true)
                try {
                    return task.get();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) throw error;
            if (e.getCause() instanceof Fault fault) throw fault;
            throw new Fault("a slice of work", e);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private void enqueue(AccountId whose, Runnable task) {
        lock.lock();
        try {
            var others = waiting.get(whose);
            if (others != null) others.add(task);
            else {
                waiting.put(whose, new ArrayDeque<>());
                threads.execute(() -> take(whose, task));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Runs a task; the account's next one goes to the end of the queue.
    private void take(AccountId whose, Runnable task) {
        task.run();
        lock.lock();
        try {
            var next = waiting.getOrDefault(whose, new ArrayDeque<>()).poll();
            if (next == null) waiting.remove(whose);
            else threads.execute(() -> take(whose, next));
        } finally {
            lock.unlock();
        }
    }
}
