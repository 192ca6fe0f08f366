package org.postroom.store;

import java.util.concurrent.atomic.AtomicLong;

/// Room in an account's quota that nobody else can take until it is closed: taken before the bytes are
/// written (TRAPS F25), so that what was accepted also fits. It lives in memory; what is on disk
/// counts by itself.
public final class Reservation implements AutoCloseable {

    private final Account account;
    private final AtomicLong held = new AtomicLong();

    Reservation(Account account) {
        this.account = account;
    }

    /// Takes so many octets more.
    ///
    /// @throws Refused OVER_QUOTA
    public void grow(long octets) throws Refused {
        account.take(octets);
        held.addAndGet(octets);
    }

    @Override
    public void close() {
        account.giveBack(held.getAndSet(0));
    }
}
