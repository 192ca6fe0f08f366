package org.postroom.store;

import java.time.Duration;
import java.time.InstantSource;

/// What an administrator may choose about the store.
///
/// @param quota octets an account may hold unless its own limit is set; 0 for no limit
/// @param history how long the change log, expunged messages and replaced files are kept
/// @param cachedMessages how many messages' rows the shared views may hold in memory (about 48 octets
///     each)
/// @param passwordKib memory that the hash of a chosen password takes; tests take the least there is,
///     since they are about something else
/// @param clock what tells the time
public record StoreSettings(
        long quota, Duration history, long cachedMessages, int passwordKib, InstantSource clock) {

    public static StoreSettings standard() {
        return new StoreSettings(
                0, Duration.ofDays(30), 2_000_000, Hashing.MEMORY, InstantSource.system());
    }

    public StoreSettings withQuota(long octets) {
        return new StoreSettings(octets, history, cachedMessages, passwordKib, clock);
    }

    public StoreSettings withHistory(Duration other) {
        return new StoreSettings(quota, other, cachedMessages, passwordKib, clock);
    }

    public StoreSettings withClock(InstantSource other) {
        return new StoreSettings(quota, history, cachedMessages, passwordKib, other);
    }

    public StoreSettings withPasswordKib(int other) {
        return new StoreSettings(quota, history, cachedMessages, other, clock);
    }
}
