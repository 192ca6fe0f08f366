package org.postroom.store;

import org.postroom.wire.Fault;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What is read on a second virtual thread while the conversation sends: reading and sending truly
/// happen at once, and take the longer of the two times instead of both.
public final class Ahead<T> {

    private final FutureTask<T> task;

    private Ahead(FutureTask<T> task) {
        this.task = task;
    }

    public static <T> Ahead<T> begin(Callable<T> reading) {
        var task = new FutureTask<>(reading);
        Thread.ofVirtual().name("ahead").start(task);
        return new Ahead<>(task);
    }

    /// Waits for it. What it throws unchecked is thrown here.
    public T await() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Fault fault) throw fault;
            throw new Fault("reading ahead", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while reading ahead", e);
        }
    }
}
