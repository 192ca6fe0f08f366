package org.postroom.control;

import org.postroom.home.BadConfiguration;
import org.postroom.wire.Fault;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A part of a start that is done beside the others, on a thread of its own: most of a start is code
/// that runs for the first time and once.
final class Beside<T> {

    private final FutureTask<T> task;

    private Beside(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Beside<T> begin(Callable<T> part) {
        var task = new FutureTask<>(part);
        Thread.ofPlatform().daemon().name("beside").start(task);
        return new Beside<>(task);
    }

    /// Waits for it.
    T await() throws BadConfiguration {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BadConfiguration bad) throw bad;
            if (e.getCause() instanceof Fault fault) throw fault;
            throw new Fault("starting", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while starting", e);
        }
    }
}
