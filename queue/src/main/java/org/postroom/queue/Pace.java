package org.postroom.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before the next attempt: short at first, since most troubles are, then longer; never
/// quite the same, so that what failed together does not come back together.
// RFC 5321 §4.5.4.1: the sender MUST delay retrying a particular destination after one attempt has
// failed; two attempts in the first hour, then one every two or three hours
final class Pace {

    private static final int[] MINUTES = {1, 5, 15, 30, 60, 120, 240};
    private static final double JITTER = 0.2;

    /// No pause is longer. What lies further ahead, and was not asked for, is due to a clock that was
    /// wrong (TRAPS T17).
    static final long LONGEST = Duration.ofHours(5).toMillis();

    private Pace() {}

    /// In milliseconds.
    ///
    /// @param attempts how many have failed
    static long pause(int attempts) {
        int minutes = MINUTES[Math.clamp(attempts - 1, 0, MINUTES.length - 1)];
        double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return (long) (minutes * 60_000L * factor);
    }
}
