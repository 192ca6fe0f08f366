package org.postroom.queue;

import org.postroom.names.Exchanger;

import java.util.List;
import java.util.Optional;

/// Who takes the letters of a domain.
///
/// @param exchangers to be tried in this order
record NextHop(
        List<Exchanger> exchangers,
        int port,
        Route.Security tls,
        Optional<Route.Credentials> credentials) {}
