package org.postroom.agent.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Many tasks, some of them at once; a task may find others. What fails is told and does not keep the rest
/// from being done, unless the server can't be reached at all.
final class Batch implements AutoCloseable {

    private final Job job;
    private final Consumer<String> told;
    private final ExecutorService workers;
    private final AtomicLong left = new AtomicLong(1); // one for whoever adds the first
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<@Nullable Hindrance> first = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean given; // up

    @FunctionalInterface
    interface Task {
        void run() throws Hindrance;
    }

    /// @param told hears of what failed
    Batch(Job job, int atOnce, Consumer<String> told) {
        this.job = job;
        this.told = told;
        this.workers = Executors.newFixedThreadPool(atOnce, Thread.ofPlatform().daemon().factory());
    }

    void add(Task task) {
        left.incrementAndGet();
        workers.execute(() -> run(task));
    }

    private void run(Task task) {
        try {
            if (!given && !job.isStopped()) task.run();
        } catch (Hindrance hindrance) {
            fail(hindrance);
        } finally {
            leave();
        }
    }

    void fail(Hindrance hindrance) {
        if (job.isStopped() || given) return;
        failures.incrementAndGet();
        first.compareAndSet(null, hindrance);
        told.accept(hindrance.why());
        if (hindrance.kind() == Kind.UNREACHABLE || hindrance.kind() == Kind.NOT_ALLOWED)
            given = true;
    }

    private void leave() {
        if (left.decrementAndGet() == 0) end.countDown();
    }

    boolean isSpotless() {
        return failures.get() == 0 && !job.isStopped();
    }

    /// Waits until all is done.
    ///
    /// @throws Hindrance something failed
    void finish() throws Hindrance {
        leave();
        try {
            end.await();
        } catch (InterruptedException e) {
            job.stop();
            Thread.currentThread().interrupt();
        }
        job.check();
        var why = first.get();
        if (why == null) return;
        int count = failures.get();
        throw new Hindrance(
                why.kind(),
                count == 1 ? "One thing could not be done." : count + " things could not be done.");
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
