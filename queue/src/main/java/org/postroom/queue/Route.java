package org.postroom.queue;

import org.postroom.wire.Secret;

import java.util.Optional;

/// Where letters for a domain go instead of where its MX records say.
///
/// @param domain the recipient's domain; `*` for every one
/// @param host the next hop; without it the MX records choose
/// @param port the next hop's port; without it 25
/// @param tls what the next hop has to have
/// @param credentials how to sign in there
/// @param collector the account whose server calls for them (ATRN, TURN); they wait for it where
///     neither host nor port is named
/// @param accepted whether strangers, too, may send there by us: the domain's backup
public record Route(
        String domain,
        Optional<String> host,
        Optional<Integer> port,
        Security tls,
        Optional<Credentials> credentials,
        Optional<String> collector,
        boolean accepted) {

    /// How TLS is used on the way.
    public enum Security {
        /// Where it is offered, and in clear text otherwise (RFC 7435).
        OPPORTUNISTIC,
        /// Never in clear text; who is at the other end is not asked.
        REQUIRED,
        /// Only with the very host that was called.
        VERIFIED
    }

    public record Credentials(String user, Secret password) {}

    /// One that says no more than where.
    public static Route to(String domain, Optional<String> host, Optional<Integer> port) {
        return new Route(
                domain,
                host,
                port,
                Security.OPPORTUNISTIC,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// One whose letters wait until an account's server calls for them.
    public static Route collected(String domain, String by) {
        return new Route(
                domain,
                Optional.empty(),
                Optional.empty(),
                Security.OPPORTUNISTIC,
                Optional.empty(),
                Optional.of(by),
                true);
    }

    /// Whether nobody is called: the domain's own server calls.
    public boolean waits() {
        return collector.isPresent() && host.isEmpty() && port.isEmpty();
    }
}
