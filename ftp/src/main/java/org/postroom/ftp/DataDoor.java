package org.postroom.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.util.Optional;

/// Where the client's next data connection comes from: we call ([PassiveDoor]), or the server does
/// ([ActiveDoor]).
sealed interface DataDoor extends AutoCloseable permits PassiveDoor, ActiveDoor {

    int CALL_MILLIS = 20_000;

    /// RFC 4217 §7: the client is the TLS client, whoever called.
    record Protected(Tls.Client tls, String host) {
        static void protect(Wire data, Optional<Protected> protection) throws Departure {
            if (protection.isEmpty()) return;
            try {
                data.secure(protection.get().tls(), protection.get().host());
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
