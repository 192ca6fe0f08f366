package org.postroom.server.smtp;

import org.postroom.names.Exchanger;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Who takes the letters of a domain.
///
/// @param exchangers to be tried in this order
record NextHop(List<Exchanger> exchangers, int port) {

    /// Whether a letter for both could go in one transaction.
    boolean isSameAs(NextHop other) {
        return port == other.port && hosts(this).equals(hosts(other));
    }

    private static Set<String> hosts(NextHop hop) {
        return hop.exchangers.stream().map(Exchanger::host).collect(Collectors.toSet());
    }
}
