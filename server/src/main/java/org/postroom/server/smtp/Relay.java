package org.postroom.server.smtp;

import org.postroom.names.Exchanger;
import org.postroom.server.House;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.Extension;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.InputStream;
import java.net.InetSocketAddress;

/// A transaction at the next hop, held open beside ours, so that each recipient hears the next hop's
/// own answer and 250 is said only after its 250. It stands in for the queue until there is one.
final class Relay implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final int CALL_MILLIS = 30_000;
    private static final int MOST_CALLS = 8;

    private final NextHop hop;
    private final String host;
    private final SmtpClient client;
    private boolean gone;

    private Relay(NextHop hop, String host, SmtpClient client) {
        this.hop = hop;
        this.host = host;
        this.client = client;
    }

    /// Calls one host after the other, until one greets, and opens a transaction there.
    ///
    /// @throws Refusal with what the last of them said, or with the one that said no for good
    static Relay open(House house, NextHop hop, Command.Mail mail) throws Refusal {
        var last = Reply.NO_ANSWER;
        int calls = 0;
        for (var exchanger : hop.exchangers())
            for (var address : exchanger.addresses()) {
                if (++calls > MOST_CALLS) throw new Refusal(last);
                var to = new InetSocketAddress(address, hop.port());
                try {
                    var client = call(house, exchanger, to);
                    return begin(new Relay(hop, exchanger.host(), client), mail);
                } catch (Departure gone) {
                    LOG.log(System.Logger.Level.INFO, "{0}: {1}", to, gone.getMessage());
                } catch (Refusal refusal) {
                    last = refusal.reply();
                    if (last.isPermanent()) throw refusal;
                }
            }
        throw new Refusal(last);
    }

    private static SmtpClient call(House house, Exchanger exchanger, InetSocketAddress to)
            throws Departure, Refusal {
        String ourName = house.settings().get().server().name();
        var wire = Wire.connect(to, CALL_MILLIS, Limits.CLIENT, house.taps().ofCall(to));
        boolean greeted = false;
        try {
            var client = new SmtpClient(wire);
            if (client.hello(ourName).has(Extension.STARTTLS)) { // RFC 7435: better than nothing
                client.starttls(Tls.opportunistic(), exchanger.host());
                client.hello(ourName);
            }
            greeted = true;
            return client;
        } catch (Refusal refusal) {
            throw new Refusal(passed(refusal.reply(), exchanger.host()));
        } finally {
            if (!greeted) wire.close();
        }
    }

    private static Relay begin(Relay relay, Command.Mail mail) throws Departure, Refusal {
        boolean opened = false;
        try {
            // Whether the letter has eight bits is known only when it is here
            boolean eightBit = relay.client.extensions().has(Extension.EIGHT_BIT_MIME);
            var parameters = MailParameters.NONE.withSize(mail.parameters().size());
            if (eightBit) parameters = parameters.withBody(MailParameters.Body.EIGHT_BIT);
            relay.ask(new Command.Mail(mail.from(), parameters));
            opened = true;
            return relay;
        } finally {
            if (!opened) relay.close();
        }
    }

    NextHop hop() {
        return hop;
    }

    /// @throws Refusal as the next hop said it
    void rcpt(Address to) throws Refusal {
        try {
            ask(new Command.Rcpt(to));
        } catch (Departure departure) {
            gone = true;
            throw new Refusal(Reply.NO_ANSWER);
        }
    }

    /// Sends the letter. It is the next hop's when this returns.
    ///
    /// @throws Refusal as the next hop said it; temporary, too, when it went away before it answered
    void data(InputStream letter, boolean eightBit) throws Refusal {
        if (eightBit && !client.extensions().has(Extension.EIGHT_BIT_MIME))
            throw new Refusal(Reply.NO_EIGHT_BIT); // TRAPS T45
        boolean answered = false;
        try {
            client.data(letter);
            answered = true;
        } catch (Refusal refusal) {
            answered = true;
            throw new Refusal(passed(refusal.reply(), host));
        } catch (Departure departure) {
            throw new Refusal(Reply.NO_ANSWER);
        } finally {
            gone = !answered; // a QUIT within a letter would be its text
        }
    }

    private void ask(Command command) throws Departure, Refusal {
        try {
            client.ask(command);
        } catch (Refusal refusal) {
            throw new Refusal(passed(refusal.reply(), host));
        }
    }

    /// What another server said, as ours may say it: 421 would end our own session, and what was
    /// wrong between the two of us is none of the client's making.
    private static Reply passed(Reply reply, String host) {
        int code;
        if (reply.isPermanent()) code = reply.code() >= 550 ? reply.code() : 554;
        else code = reply.code() >= 450 && reply.code() < 500 ? reply.code() : 451;
        String enhanced = reply.enhanced().isEmpty() ? code / 100 + ".0.0" : reply.enhanced();
        if (enhanced.charAt(0) != (reply.isPermanent() ? '5' : '4')) enhanced = "4.0.0";
        return Reply.of(code, enhanced, host + " said: " + reply.code() + " " + reply.text());
    }

    /// RFC 5321 §4.1.1.10: a client takes its leave by QUIT, and what it began is undone by it.
    @Override
    public void close() {
        try {
            if (!gone) client.quit();
        } catch (Refusal | Departure rude) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: no good-bye", host);
        } finally {
            client.close();
        }
    }
}
