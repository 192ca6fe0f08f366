package org.postroom.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.net.SocketAddress;
import java.util.Optional;

/// Where the client's next data connection comes from: we call ([PassiveDoor]), or the server does
/// ([ActiveDoor]).
sealed interface DataDoor extends AutoCloseable permits PassiveDoor, ActiveDoor {

    int CALL_MILLIS = 20_000;

    /// RFC 4217 §7: the client is the TLS client, whoever called.
    ///
    /// @param control where the control connection goes, whose TLS session the data connection goes on
    ///     with (TRAPS F19)
    record Protected(Tls.Client tls, String host, SocketAddress control) {
        static void protect(Wire data, Optional<Protected> protection) throws Departure {
            if (protection.isEmpty()) return;
            try {
                var agreed = protection.get();
                data.secure(agreed.tls, agreed.host, agreed.control);
            } catch (Departure failed) {
                data.abort();
                throw failed;
            }
        }
    }

    /// The connection, once the server has agreed to the transfer. It is the caller's from then on.
    Wire connection(Optional<Protected> protection) throws Departure;

    @Override
    void close();
}
