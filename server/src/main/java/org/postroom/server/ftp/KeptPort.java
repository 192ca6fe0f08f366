package org.postroom.server.ftp;

import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.util.Optional;

/// A data connection that stayed after the transfer before (RFC 959 §3.3).
record KeptPort(Wire data) implements DataPort {

    @Override
    public Wire open(Tap tap) {
        data.limits(LIMITS);
        data.tap(tap);
        return data;
    }

    @Override
    public Optional<Wire> ready(Tap tap) {
        return Optional.of(open(tap));
    }

    /// Nobody waits for it; whoever uses it closes it.
    @Override
    public void close() {}
}
