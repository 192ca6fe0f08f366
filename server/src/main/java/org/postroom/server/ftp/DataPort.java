package org.postroom.server.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.Optional;

/// Where the next data connection comes from (RFC 959 §3.2): the client calls ([PassivePort]), or is
/// called ([ActivePort]), or has called before ([KeptPort]).
sealed interface DataPort extends AutoCloseable permits PassivePort, ActivePort, KeptPort {

    /// Of a data connection. Who neither sends nor reads for so long has gone.
    Limits LIMITS =
            new Limits(4096, Duration.ofMinutes(5), Duration.ofMinutes(2), Integer.MAX_VALUE, true);

    /// How long a connection may take to come about.
    Duration PATIENCE = Duration.ofSeconds(60);

    /// Waits for the connection.
    ///
    /// @throws Departure none came, or [#close] was called
    Wire open(Tap tap) throws Departure;

    /// The connection, if it is there already.
    ///
    /// @throws Departure there will be none
    default Optional<Wire> ready(Tap tap) throws Departure {
        return Optional.empty();
    }

    /// Ends a wait, whichever thread waits.
    @Override
    void close();
}
