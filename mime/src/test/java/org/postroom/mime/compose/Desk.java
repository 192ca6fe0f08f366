package org.postroom.mime.compose;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/// A composer whose clock stands still and whose ids count.
final class Desk {

    private Desk() {}

    static Composer composer() {
        var count = new AtomicInteger();
        return new Composer(
                InstantSource.fixed(Instant.parse("2026-03-01T09:30:00Z")),
                ZoneOffset.ofHours(1),
                () -> "id" + count.incrementAndGet(),
                "example.org");
    }
}
