package org.postroom.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an administrator has chosen about the queue; asked anew where it matters, since a reload
/// replaces it.
///
/// @param name what this server calls itself
/// @param listen the address that its ports are opened at
/// @param port where it takes other servers' letters itself: no letter is sent back there
/// @param keepFor how long it tries
/// @param warnAfter when the sender hears that it still tries
/// @param routes of those for a domain and for all, the first for the domain counts
public record QueueSettings(
        String name,
        String listen,
        int port,
        Duration keepFor,
        Duration warnAfter,
        List<Route> routes) {

    public QueueSettings {
        routes = List.copyOf(routes);
    }

    Optional<Route> route(String domain) {
        var exact = routes.stream().filter(it -> it.domain().equalsIgnoreCase(domain)).findFirst();
        return exact.or(() -> routes.stream().filter(it -> it.domain().equals("*")).findFirst());
    }
}
