package org.postroom.agent.ftp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Lets so many octets a second pass, all transfers together.
final class Throttle {

    private volatile long limit; // octets a second; 0: no limit
    private final AtomicLong free =
            new AtomicLong(System.nanoTime()); // when the line is free again

    void limit(long octetsASecond) {
        limit = octetsASecond;
    }

    long limit() {
        return limit;
    }

    /// Waits until so many may pass.
    void pass(long octets) {
        long most = limit;
        if (most == 0) return;
        long takes = (long) (octets * 1e9 / most);
        long now = System.nanoTime();
        long begins = free.getAndUpdate(at -> Math.max(at, now) + takes);
        for (long left = begins + takes - now;
                left > 0;
                left = begins + takes - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) return;
            LockSupport.parkNanos(left);
        }
    }
}
