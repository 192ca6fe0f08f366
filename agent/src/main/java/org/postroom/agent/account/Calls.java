package org.postroom.agent.account;

import org.jspecify.annotations.Nullable;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.sasl.ClientExchange;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Secret;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Calls servers for one account: connections, TLS, and how one signs in. Nothing that lets somebody
/// sign in crosses a line in the clear, unless the line ends on this machine or it was asked for by
/// `--insecure`.
public final class Calls {

    private static final int PATIENCE = 20_000; // milliseconds, for an answer to a call
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private final Trust trust;
    private final Asking asking;
    private final SecretSource source;
    private @Nullable Secret secret; // once it was told

    public Calls(Trust trust, Asking asking, SecretSource source) {
        this.trust = trust;
        this.asking = asking;
        this.source = source;
    }

    /// What a protocol does with a new connection, up to being signed in.
    @FunctionalInterface
    public interface Opening<T> {
        T open(Line line) throws Departure, Hindrance;
    }

    /// A connection, and how to make it private.
    public record Line(Wire wire, Place place, Tls.Client tls, boolean clearTextIsFine) {

        /// Whether STARTTLS is still to be said.
        public boolean wantsStarttls() {
            return place instanceof Place.Net && !wire.isSecured();
        }

        /// The name that the certificate has to bear.
        public String host() {
            return place instanceof Place.Net net ? net.host() : "localhost";
        }

        /// Says that the server does not offer TLS.
        ///
        /// @throws Hindrance unless clear text is fine here
        public void stayInTheClear() throws Hindrance {
            if (!clearTextIsFine)
                throw new Hindrance(
                        Kind.NOT_ALLOWED,
                        place
                                + " offers no TLS, so nothing is said to it. (--insecure does it"
                                + " all the same.)");
        }
    }

    /// Calls, and calls again if a person accepts the certificate that the first call failed by.
    public <T> T call(Place place, Opening<T> opening) throws Hindrance {
        return call(place, SILENCE, opening);
    }

    /// @param silence how long the server may say nothing
    public <T> T call(Place place, Duration silence, Opening<T> opening) throws Hindrance {
        while (true) {
            var attempt = place instanceof Place.Net net ? trust.attempt(net) : null;
            Wire wire = null;
            try {
                wire = wire(place, silence);
                var tls = attempt == null ? Tls.opportunistic() : attempt.tls();
                boolean clear =
                        trust.isInsecure() || !(place instanceof Place.Net net) || net.isLoopback();
                if (place.scheme().implicit && place instanceof Place.Net net)
                    wire.secure(tls, net.host());
                return opening.open(new Line(wire, place, tls, clear));
            } catch (Departure gone) {
                if (wire != null) wire.abort();
                if (attempt == null || !attempt.isWorthAnother()) throw gone(place, gone);
            } catch (Hindrance hindrance) {
                if (wire != null) wire.abort();
                throw hindrance;
            }
        }
    }

    private static Wire wire(Place place, Duration silence) throws Departure {
        var limits = Limits.CLIENT.withIdle(silence);
        return switch (place) {
            case Place.Home home ->
                    Wire.connect(
                            UnixDomainSocketAddress.of(home.socket()), PATIENCE, limits, Tap.NONE);
            case Place.Net net -> {
                var to = new InetSocketAddress(net.host(), net.port());
                if (to.isUnresolved())
                    throw new Departure(Departure.Kind.GONE, "there is no host " + net.host());
                yield Wire.connect(to, PATIENCE, limits, Tap.NONE);
            }
        };
    }

    /// How to sign in: by the home's knowledge of who calls, or by the best mechanism that the server
    /// has for a name and a password.
    ///
    /// @param mechanisms as the server announced them
    public Optional<ClientExchange> exchange(Place place, List<String> mechanisms)
            throws Hindrance {
        return place instanceof Place.Home
                ? Optional.of(ClientExchange.external(place.user()))
                : ClientExchange.best(mechanisms, place.user(), secret(place));
    }

    /// The password, asked for once.
    public Secret secret(Place place) throws Hindrance {
        if (secret == null) secret = source.get(place, asking);
        return secret;
    }

    /// The password was wrong: it will be asked for again.
    public Hindrance wrong(Place place, String said) {
        secret = null;
        return new Hindrance(Kind.NOT_ALLOWED, place + " did not let us in: " + said);
    }

    /// The same in words for people.
    public static Hindrance gone(Place place, Departure gone) {
        String why = org.postroom.mime.render.Visible.line(String.valueOf(gone.getMessage()), 300);
        return new Hindrance(Kind.UNREACHABLE, place + ": " + why);
    }
}
