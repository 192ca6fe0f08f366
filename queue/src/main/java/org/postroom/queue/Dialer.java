package org.postroom.queue;

import org.postroom.names.Exchanger;
import org.postroom.sasl.ClientExchange;
import org.postroom.sasl.Mechanism;
import org.postroom.smtp.Extension;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Function;
import java.util.function.Supplier;

/// Calls the next hop: one host after the other, until one greets and can have what we owe the letter.
final class Dialer {

    private static final System.Logger LOG = System.getLogger(Dialer.class.getName());
    private static final int CALL_MILLIS = 30_000;
    private static final int MOST_CALLS = 10;

    static final Reply TLS_WANTED =
            Reply.of(454, "4.7.4", "The next server has no TLS that this route demands");
    private static final Reply NO_WAY_IN =
            Reply.of(454, "4.7.0", "The next server offers no way to sign in that is known here");

    /// Nobody could be reached.
    static final class Unreached extends Exception {

        private static final long serialVersionUID = 1;
        private final transient Said said;

        Unreached(Said said) {
            super(said.toString(), null, false, false);
            this.said = said;
        }

        Said said() {
            return said;
        }
    }

    private final Supplier<QueueSettings> settings;
    private final Function<SocketAddress, Tap> taps;
    private final Supplier<Tls.Client> verified;

    /// @param taps whoever wants to hear the calls
    /// @param verified whose word is taken for who a host is
    Dialer(
            Supplier<QueueSettings> settings,
            Function<SocketAddress, Tap> taps,
            Supplier<Tls.Client> verified) {
        this.settings = settings;
        this.taps = taps;
        this.verified = verified;
    }

    /// @throws Unreached with what the last of them said; for good only if all say so (RFC 5321 §5.1)
    Reached dial(NextHop hop) throws Unreached {
        Said temporary = null;
        Said last = Said.ours(Reply.NO_ANSWER);
        int calls = 0;
        for (var exchanger : hop.exchangers())
            for (var address : exchanger.addresses()) {
                if (++calls > MOST_CALLS) throw new Unreached(temporary == null ? last : temporary);
                var to = new InetSocketAddress(address, hop.port());
                try {
                    return greeted(hop, exchanger, to);
                } catch (Departure gone) {
                    LOG.log(System.Logger.Level.INFO, "{0}: {1}", to, gone.getMessage());
                    last = new Said(exchanger.host(), Reply.NO_ANSWER);
                } catch (Refusal refusal) {
                    LOG.log(System.Logger.Level.INFO, "{0}: {1}", to, refusal.reply());
                    last = new Said(exchanger.host(), refusal.reply());
                }
                if (!last.reply().isPermanent()) temporary = last;
            }
        throw new Unreached(temporary == null ? last : temporary);
    }

    /// A client, and the host that it talks with.
    record Reached(SmtpClient client, String host, boolean secured) {}

    private Reached greeted(NextHop hop, Exchanger exchanger, InetSocketAddress to)
            throws Departure, Refusal {
        try {
            return greeted(hop, exchanger, to, true);
        } catch (Untrusty broken) {
            // RFC 7435 §1: clear text is no worse than none, unless somebody says it is; TRAPS T4.
            // What of RFC 8689 §4.2.2 "TLS-Required: No" asks for is so for every letter: nobody's
            // policy is asked for yet but the administrator's own
            if (hop.tls() != Route.Security.OPPORTUNISTIC) throw new Refusal(without(hop));
            LOG.log(System.Logger.Level.INFO, "{0}: TLS fails, and goes without", to);
            try {
                return greeted(hop, exchanger, to, false);
            } catch (Untrusty never) {
                throw new Refusal(TLS_WANTED);
            }
        }
    }

    /// TLS was offered and did not come about.
    private static final class Untrusty extends Exception {
        private static final long serialVersionUID = 1;

        Untrusty() {
            super("no TLS", null, false, false);
        }
    }

    private Reached greeted(NextHop hop, Exchanger exchanger, InetSocketAddress to, boolean withTls)
            throws Departure, Refusal, Untrusty {
        String ourName = settings.get().name();
        var wire = Wire.connect(to, CALL_MILLIS, Limits.CLIENT, taps.apply(to));
        boolean greeted = false;
        try {
            var client = new SmtpClient(wire);
            boolean offered = client.hello(ourName).has(Extension.STARTTLS);
            if (offered && withTls) {
                secure(client, hop, exchanger);
                client.hello(ourName);
            } else if (hop.tls() != Route.Security.OPPORTUNISTIC) throw new Refusal(without(hop));
            if (hop.assured() && !client.extensions().has(Extension.REQUIRETLS)) {
                client.quit(); // RFC 8689 §4.2.1
                throw new Refusal(Reply.NO_REQUIRETLS);
            }
            if (hop.credentials().isPresent())
                signIn(client, hop.credentials().get(), wire.isSecured() || wire.isLoopback());
            greeted = true;
            return new Reached(client, exchanger.host(), wire.isSecured());
        } finally {
            if (!greeted) wire.close();
        }
    }

    private static Reply without(NextHop hop) {
        return hop.assured() ? Reply.NO_TLS : TLS_WANTED;
    }

    private void secure(SmtpClient client, NextHop hop, Exchanger exchanger) throws Untrusty {
        try {
            client.starttls(
                    hop.tls() == Route.Security.VERIFIED ? verified.get() : Tls.opportunistic(),
                    exchanger.host());
        } catch (Departure | Refusal broken) {
            throw new Untrusty();
        }
    }

    /// @param unheard whether nobody else hears what is said
    private static void signIn(SmtpClient client, Route.Credentials credentials, boolean unheard)
            throws Departure, Refusal {
        var usable =
                client.extensions().mechanisms().stream()
                        .filter(name -> unheard || !isClearText(name))
                        .toList();
        var exchange = ClientExchange.best(usable, credentials.user(), credentials.password());
        if (exchange.isEmpty()) throw new Refusal(NO_WAY_IN);
        client.auth(exchange.get());
    }

    private static boolean isClearText(String mechanism) {
        return Mechanism.named(mechanism).filter(it -> it.clearText).isPresent();
    }
}
