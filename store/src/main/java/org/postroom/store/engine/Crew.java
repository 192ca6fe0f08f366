package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A few platform threads that do what a virtual thread must not, while that one waits. The queue is
/// as long as there are callers waiting, so it needs no bound of its own.
///
/// Whatever a task throws, an Error too, belongs to the one who waits for it: [Outcome#of] is the one
/// place in the store that catches all.
final class Crew implements AutoCloseable {

    /// Like a Callable, but with an exception type of its own.
    interface Task<T extends @Nullable Object, X extends Exception> {
        T call() throws X;
    }

    private static final ScopedValue<Crew> MINE = ScopedValue.newInstance();

    private final String name;
    private final ThreadPoolExecutor threads;

    Crew(String name, int size) {
        this.name = name;
        var count = new AtomicInteger();
        threads =
                new ThreadPoolExecutor(
                        size,
                        size,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task ->
                                Thread.ofPlatform()
                                        .name(name + "-" + count.incrementAndGet())
                                        .unstarted(() -> ScopedValue.where(MINE, this).run(task)));
        threads.allowCoreThreadTimeOut(true);
    }

    /// Runs the task on one of the crew's threads and waits for it, interrupted or not; a member of
    /// the crew runs it itself. Whatever the task throws is thrown here.
    <T extends @Nullable Object, X extends Exception> T call(Task<T, X> task) throws X {
        if (MINE.isBound() && MINE.get() == this) return task.call();
        return begin(task).answer();
    }

    /// Lets one of the crew's threads begin the task; whoever asks for the answer waits for it.
    <T extends @Nullable Object, X extends Exception> Asked<T, X> begin(Task<T, X> task) {
        var asked = new Asked<>(task);
        execute(asked);
        return asked;
    }

    /// @throws Fault when the crew has been sent home, or the system has no thread for it
    void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closed) {
            throw new Fault(name + ": the store is closed", closed);
        } catch (OutOfMemoryError none) {
            throw new Fault(name + ": no thread is to be had", none);
        }
    }

    /// Waits for what was asked before, and takes nothing more.
    @Override
    public void close() {
        threads.close();
    }

    static final class Asked<T extends @Nullable Object, X extends Exception> implements Runnable {

        private final Task<T, X> task;
        private final Outcome<T, X> outcome = new Outcome<>();

        Asked(Task<T, X> task) {
            this.task = task;
        }

        @Override
        public void run() {
            outcome.of(task);
            outcome.settle();
        }

        T answer() throws X {
            return outcome.await();
        }
    }

    /// What became of a task on another thread: a value, or what it threw.
    static final class Outcome<T extends @Nullable Object, X extends Exception> {

        private final CountDownLatch settled = new CountDownLatch(1);
        private @Nullable T value;
        private @Nullable Throwable thrown;

        /// Runs the task and remembers what came of it; may be done again until [#settle].
        @SuppressWarnings("CatchAndPrintStackTrace")
        void of(Task<T, X> task) {
            value = null;
            thrown = null;
            try {
                value = task.call();
            } catch (Throwable any) { // nothing is swallowed: whoever waits has it thrown at them
                thrown = any;
            }
        }

        boolean failed() {
            return thrown != null;
        }

        @Nullable Throwable thrown() {
            return thrown;
        }

        /// Puts this in the place of what came of it, unless that was told already.
        void fail(Throwable why) {
            if (settled.getCount() > 0) thrown = why;
        }

        void settle() {
            settled.countDown();
        }

        @SuppressWarnings({
            "unchecked",
            "NullAway"
        }) // a task throws X or something unchecked; T may be null
        T await() throws X {
            boolean interrupted = false;
            while (true)
                try {
                    settled.await();
                    break;
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            if (interrupted) Thread.currentThread().interrupt();
            if (thrown instanceof Error error) throw error;
            if (thrown instanceof RuntimeException unchecked) throw unchecked;
            if (thrown != null) throw (X) thrown;
            return value;
        }
    }
}
