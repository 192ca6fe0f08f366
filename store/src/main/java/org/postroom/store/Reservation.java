package org.postroom.store;

/// Room in an account's quota that nobody else can take until it is closed: taken before the bytes are
/// written (TRAPS F25), so that what was accepted also fits. It lives in memory; what is on disk
/// counts by itself.
public final class Reservation implements AutoCloseable {

    Reservation() {}

    /// Takes so many octets more.
    ///
    /// @throws Refused OVER_QUOTA
    public void grow(long octets) throws Refused {
        Unwritten.<Object>yet();
    }

    @Override
    public void close() {
        Unwritten.<Object>yet();
    }
}
