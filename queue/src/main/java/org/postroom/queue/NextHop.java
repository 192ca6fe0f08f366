package org.postroom.queue;

import org.postroom.names.Exchanger;

import java.util.List;
import java.util.Optional;

/// Who takes the letters of a domain.
///
/// @param exchangers to be tried in this order
/// @param assured whether it has to promise what REQUIRETLS asks for (RFC 8689 §4.2.1)
record NextHop(
        List<Exchanger> exchangers,
        int port,
        Route.Security tls,
        Optional<Route.Credentials> credentials,
        boolean assured) {

    NextHop assure() {
        return new NextHop(exchangers, port, Route.Security.VERIFIED, credentials, true);
    }
}
