package org.postroom.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// The time as it was at the start, and how long that is ago: a clock that somebody sets meanwhile
/// expires nothing and puts nothing off (TRAPS T17).
final class Monotone implements InstantSource {

    private final long began = System.currentTimeMillis();
    private final long nanos = System.nanoTime();

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        return began + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
