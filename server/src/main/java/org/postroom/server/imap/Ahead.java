package org.postroom.server.imap;

import org.postroom.wire.Fault;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What is read on a second virtual thread while the conversation sends: reading and sending truly
/// happen at once, and take the longer of the two times instead of both.
final class Ahead {

    private Ahead() {}

    static <T> FutureTask<T> begin(Callable<T> reading) {
        var task = new FutureTask<>(reading);
        Thread.ofVirtual().name("imap-ahead").start(task);
        return task;
    }

    /// Waits for it. What it throws unchecked is thrown here.
    static <T> T of(FutureTask<T> begun) {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Fault fault) throw fault;
            throw new Fault("reading ahead", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while reading ahead", e);
        }
    }
}
