package org.postroom.store;

import org.postroom.store.Refused.Reason;
import org.postroom.wire.Fault;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The few platform threads on which passwords are hashed, and a bounded number of callers that wait
/// for them: each hash takes 19 MiB and tens of milliseconds.
final class Compute implements AutoCloseable {

    private static final int WAITING = 256;

    private final ThreadPoolExecutor threads;

    Compute() {
        int count = Math.max(1, Runtime.getRuntime().availableProcessors());
        threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().name("store-compute-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// @throws Refused TOO_BUSY
    <T> T call(Callable<T> task) throws Refused {
        Future<T> future;
        try {
            future = threads.submit(task);
        } catch (RejectedExecutionException full) {
            throw new Refused(Reason.TOO_BUSY);
        }
        boolean interrupted = false;
        try {
            while (true)
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw new Fault("hashing a password", failed);
                }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
