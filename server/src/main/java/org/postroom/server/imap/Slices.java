package org.postroom.server.imap;

import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Saying;
import org.postroom.wire.Wire;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs what loops over many messages on a few platform threads while the conversation waits: on its
/// own virtual thread it would hold a carrier and let all others wait. Whoever has much to do takes
/// turns with the others, a slice at a time.
final class Slices {

    /// So many messages are a slice where each costs little.
    static final int MESSAGES = 1000;

    /// What costs more ends its slice after so many nanoseconds.
    static final long NANOS = 20_000_000;

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final ThreadPoolExecutor POOL =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    30,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name("imap-slices-", 1).factory());

    static {
        POOL.allowCoreThreadTimeOut(true);
    }

    private Slices() {}

    /// Some work that loops.
    @FunctionalInterface
    interface Slice<T> {
        T run();
    }

    /// Runs it and waits. What it throws unchecked is thrown here.
    static <T> T run(Slice<T> slice) {
        return begin(slice).await();
    }

    /// Begins it: the conversation goes on, and comes back for what it yields.
    static <T> Begun<T> begin(Slice<T> slice) {
        var task = new FutureTask<T>(slice::run);
        POOL.execute(task);
        return new Begun<>(task);
    }

    /// A slice that was begun.
    record Begun<T>(FutureTask<T> task) {

        /// What it throws unchecked is thrown here.
        T await() {
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
    }

    /// Prints something about one of many.
    @FunctionalInterface
    interface Item {
        void print(int index, Saying saying);
    }

    /// Says so many items, printing them a slice at a time, the next while one is sent.
    static void say(Wire wire, int count, Item item) throws Departure {
        if (count == 0) return;
        var next = begin(() -> printed(0, count, item));
        for (int at = 0; at < count; at += MESSAGES) {
            var octets = next.await();
            int from = at + MESSAGES;
            if (from < count) next = begin(() -> printed(from, count, item));
            wire.write(octets, 0, octets.length);
        }
    }

    private static byte[] printed(int from, int count, Item item) {
        var saying = new Saying();
        for (int i = from; i < Math.min(count, from + MESSAGES); i++) item.print(i, saying);
        return saying.toOctets();
    }
}
