package org.postroom.queue;

import org.postroom.mime.Source;
import org.postroom.mime.compose.CannotCross.Obstacle;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Reencoding;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.Extension;
import org.postroom.smtp.Extensions.Limit;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.MailParameters.Body;
import org.postroom.smtp.MailParameters.DeliverBy;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.Store;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One conversation with a next hop that has greeted us: a transaction a letter, as many as come.
final class Call implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Call.class.getName());

    private final Store store;
    private final SmtpClient client;
    private final String host;
    private final boolean assured;
    private final InstantSource clock;
    private int transactions;
    private boolean gone;

    /// @param assured whether it keeps what REQUIRETLS asks for: its name is proven, and it promises to
    Call(Store store, SmtpClient client, String host, boolean assured, InstantSource clock) {
        this.store = store;
        this.client = client;
        this.host = host;
        this.assured = assured;
        this.clock = clock;
    }

    /// The connection had ended while nobody spoke, as it seems: another may be called.
    static final class Stale extends Exception {
        private static final long serialVersionUID = 1;

        Stale() {
            super("the connection was closed", null, false, false);
        }
    }

    /// Whether it takes no letter any more: it is gone, or has had as many as it takes (RFC 9422 §4).
    boolean isOver() {
        return gone || transactions >= limit(Limit.MAILMAX);
    }

    private int limit(Limit limit) {
        return client.extensions().limit(limit).orElse(Integer.MAX_VALUE);
    }

    boolean isAssured() {
        return assured;
    }

    /// Sends a letter to recipients of one destination: those that the server takes at once, the others
    /// in another transaction.
    ///
    /// @return what came of it, for each of them in their order
    /// @throws Stale see there
    List<Outcome> send(Opened opened) throws Stale {
        var first = opened.first(limit(Limit.RCPTMAX), limit(Limit.RCPTDOMAINMAX));
        var outcomes = sendAll(first).iterator();
        var later =
                new Outcome.Deferred(Said.ours(Reply.TOO_MANY_RECIPIENTS), clock.millis(), false);
        return opened.errands().keySet().stream()
                .<Outcome>map(it -> first.errands().containsKey(it) ? outcomes.next() : later)
                .toList();
    }

    private List<Outcome> sendAll(Opened opened) throws Stale {
        var mail = opened.envelope().mail();
        var offers = client.extensions();
        if (needsUtf8(mail, opened.recipients()) && !offers.has(Extension.SMTPUTF8))
            return all(opened, new Outcome.Failed(Said.ours(Reply.NO_UTF8)));
        var most = offers.mostOctets();
        if (most.isPresent() && opened.envelope().octets() > most.getAsLong()) // RFC 1870 §6.2
        return all(opened, new Outcome.Failed(new Said(host, Reply.TOO_BIG)));
        if (isTooSlow(opened.envelope()))
            return all(opened, new Outcome.Failed(new Said(host, Reply.TOO_LATE)));
        try {
            return transaction(opened);
        } catch (IOException e) {
            throw new Fault("reading a letter", e);
        }
    }

    /// Whether the server says that it takes longer than the sender gives (RFC 2852 §2).
    private boolean isTooSlow(Envelope envelope) {
        return envelope.mail()
                .parameters()
                .by()
                .filter(by -> by.mode() == DeliverBy.Mode.RETURN)
                .map(by -> left(by, envelope.arrival()).seconds())
                .filter(left -> left < client.extensions().leastTime())
                .isPresent();
    }

    private static boolean needsUtf8(Command.Mail mail, List<Command.Rcpt> recipients) {
        return mail.parameters().utf8()
                || (mail.from() instanceof Address from && !from.isAscii())
                || recipients.stream()
                        .anyMatch(rcpt -> rcpt.to() instanceof Address to && !to.isAscii());
    }

    private static List<Outcome> all(Opened opened, Outcome outcome) {
        return java.util.Collections.nCopies(opened.errands().size(), outcome);
    }

    private List<Outcome> transaction(Opened opened) throws IOException, Stale {
        var envelope = opened.envelope();
        var letter = letter(envelope);
        var offers = client.extensions();
        var takes =
                new NextHop(
                        offers.has(Extension.EIGHT_BIT_MIME),
                        offers.has(Extension.BINARY_MIME) && offers.has(Extension.CHUNKING),
                        offers.has(Extension.SMTPUTF8));
        var body = envelope.mail().parameters().body().orElse(Body.SEVEN_BIT);
        boolean fits =
                switch (body) {
                    case SEVEN_BIT -> true;
                    case EIGHT_BIT -> takes.eightBit();
                    case BINARY -> takes.binary();
                };
        if (fits) {
            try (var in = letter.open()) {
                return say(opened, body, envelope.octets(), in);
            }
        }
        return reencoded(opened, letter, takes);
    }

    /// The trace and the letter.
    private Source letter(Envelope envelope) {
        var blob = store.content(envelope.blob(), envelope.size());
        return () ->
                new SequenceInputStream(new ByteArrayInputStream(envelope.trace()), blob.open());
    }

    /// RFC 6152 §3: converts, or returns; it is not sent as it is (TRAPS T45).
    private List<Outcome> reencoded(Opened opened, Source letter, NextHop takes)
            throws IOException, Stale {
        var reencoding = Reencoding.of(letter, takes);
        if (!reencoding.left().isEmpty()) {
            var obstacle = reencoding.left().getFirst().obstacle();
            var reply = obstacle == Obstacle.HEADER ? Reply.NO_UTF8 : Reply.NO_EIGHT_BIT;
            return all(opened, new Outcome.Failed(Said.ours(reply)));
        }
        var body = reencoding.needs().eightBit() ? Body.EIGHT_BIT : Body.SEVEN_BIT;
        try (var draft = store.draft()) {
            reencoding.writeTo(draft.stream());
            try (var in = draft.read()) {
                return say(opened, body, draft.size(), in);
            }
        }
    }

    private List<Outcome> say(Opened opened, Body body, long octets, InputStream letter)
            throws Stale {
        boolean reused = transactions++ > 0;
        try {
            var mail =
                    new Command.Mail(
                            opened.envelope().mail().from(), parameters(opened, body, octets));
            var replies = client.post(mail, opened.recipients(), letter);
            return outcomes(opened, replies);
        } catch (Refusal refusal) {
            var said = new Said(host, refusal.reply());
            gone |= refusal.reply().code() == 421;
            return all(opened, outcome(opened, said));
        } catch (Departure departure) {
            gone = true;
            if (reused && !client.hasAnswered()) throw new Stale();
            LOG.log(System.Logger.Level.INFO, "{0}: {1}", host, departure.getMessage());
            return all(opened, Outcome.Deferred.after(new Said(host, Reply.NO_ANSWER)));
        } catch (RuntimeException broken) { // in the middle of a letter nobody hears a good-bye
            gone = true;
            throw broken;
        }
    }

    /// What the sender asked for, and what we know of the letter; the client leaves out what the next
    /// hop would not know.
    private MailParameters parameters(Opened opened, Body body, long octets) {
        var envelope = opened.envelope();
        var asked = envelope.mail().parameters();
        return asked.withSize(octets)
                .withBody(body)
                .withUtf8(needsUtf8(envelope.mail(), opened.recipients()))
                .withRequireTls(
                        asked.requireTls()
                                && (assured || client.extensions().has(Extension.REQUIRETLS)))
                .withHold(Optional.empty()) // RFC 4865 §5: that was for us
                .withBy(asked.by().map(by -> left(by, envelope.arrival())));
    }

    /// What is left of the time (RFC 2852 §4).
    private DeliverBy left(DeliverBy by, long arrival) {
        long passed = Duration.ofMillis(clock.millis() - arrival).toSeconds();
        return new DeliverBy(by.seconds() - passed, by.mode(), by.trace());
    }

    private List<Outcome> outcomes(Opened opened, List<Reply> replies) {
        boolean some = replies.stream().anyMatch(Reply::isPositive);
        var outcomes = new ArrayList<Outcome>();
        for (var reply : replies) {
            gone |= reply.code() == 421;
            var said = new Said(host, reply);
            outcomes.add(
                    some && isTooMany(reply)
                            ? new Outcome.Deferred(said, clock.millis(), false) // the rest at once
                            : outcome(opened, said));
        }
        return outcomes;
    }

    /// RFC 5321 §4.5.3.1.10: more recipients than this server takes at once; 552 of old meant the
    /// same.
    private static boolean isTooMany(Reply reply) {
        return reply.enhanced().endsWith(".5.3")
                || (reply.enhanced().isEmpty() && (reply.code() == 452 || reply.code() == 552));
    }

    // RFC 5321 §4.2.1
    private Outcome outcome(Opened opened, Said said) {
        var reply = said.reply();
        var by = opened.envelope().mail().parameters().by();
        if (reply.isPositive())
            return by.filter(this::isTold).isPresent()
                    ? new Outcome.Arrived(Optional.of(Action.RELAYED), true, said)
                    : new Outcome.Arrived(arrived(), said);
        return reply.isPermanent() ? new Outcome.Failed(said) : Outcome.Deferred.after(said);
    }

    /// RFC 2852 §4.1.4: the sender hears that his deadline is kept no further, or of each relay that he
    /// wanted to be told of.
    private boolean isTold(DeliverBy by) {
        return by.trace() || !client.extensions().has(Extension.DELIVERBY);
    }

    /// RFC 3461 §5.2.2: a server that knows of notices is to tell the sender, another never will.
    private Optional<Action> arrived() {
        return client.extensions().has(Extension.DSN)
                ? Optional.empty()
                : Optional.of(Action.RELAYED);
    }

    /// RFC 5321 §4.1.1.10: a client takes its leave by QUIT.
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
