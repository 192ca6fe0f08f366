package org.postroom.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Several clients that begin at once, a thread each.
final class Crowd {

    private Crowd() {}

    /// What one client does.
    @FunctionalInterface
    interface Client {
        void run(int number) throws IOException;
    }

    /// @return how long it took until the last was done, in seconds
    static double run(int clients, Client client) throws IOException {
        var start = new CyclicBarrier(clients + 1);
        var tasks = new ArrayList<FutureTask<Boolean>>();
        for (int i = 0; i < clients; i++) {
            int number = i;
            var task =
                    new FutureTask<>(() -> {
                        start.await();
                        client.run(number);
                        return true;
                    });
            tasks.add(task);
            Thread.ofPlatform().daemon().start(task);
        }
        try {
            start.await();
            long begun = System.nanoTime();
            for (var task : tasks) task.get();
            return (System.nanoTime() - begun) / 1e9;
        } catch (ExecutionException failed) {
            throw new IOException("a client failed", failed.getCause());
        } catch (InterruptedException | BrokenBarrierException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
