package org.postroom.names;

import java.net.InetAddress;
import java.util.List;

/// A host that takes the mail of a domain.
///
/// @param host its name without the last dot, in lower case; an address literal as it was written
/// @param preference the lower, the rather (RFC 5321 §5.1)
/// @param addresses to be tried in this order, at least one
public record Exchanger(String host, int preference, List<InetAddress> addresses) {

    public Exchanger {
        if (addresses.isEmpty()) throw new IllegalArgumentException("an exchanger has an address");
        addresses = List.copyOf(addresses);
    }
}
