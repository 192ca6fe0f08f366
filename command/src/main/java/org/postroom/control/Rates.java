package org.postroom.control;

import org.postroom.server.Journal;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// How much was counted within the last minute.
final class Rates implements AutoCloseable {

    private static final int EVERY = 5; // seconds
    private static final int KEPT = 60 / EVERY;

    private final Journal journal;
    private final ArrayDeque<Map<String, Long>> before = new ArrayDeque<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("rates").factory());

    Rates(Journal journal) {
        this.journal = journal;
        before.add(Map.of());
        clock.scheduleAtFixedRate(this::look, EVERY, EVERY, TimeUnit.SECONDS);
    }

    private synchronized void look() {
        before.addLast(journal.figures());
        if (before.size() > KEPT) before.removeFirst();
    }

    synchronized Map<String, Long> perMinute() {
        var then = before.getFirst();
        var rates = new TreeMap<String, Long>();
        journal.figures()
                .forEach((name, number) -> rates.put(name, number - then.getOrDefault(name, 0L)));
        return rates;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
