package org.postroom.control;

import org.postroom.server.Journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/// How much was counted within the last minute.
final class Rates implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int KEPT = (int) Duration.ofMinutes(1).dividedBy(EVERY);

    private final Journal journal;
    private final ArrayDeque<Map<String, Long>> before = new ArrayDeque<>();
    private final Thread clock;

    Rates(Journal journal) {
        this.journal = journal;
        before.add(Map.of());
        clock = Thread.ofVirtual().name("rates").start(this::keepLooking);
    }

    private void keepLooking() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                look();
            }
        } catch (InterruptedException closed) {
            // nobody asks any more
        }
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
        clock.interrupt();
    }
}
