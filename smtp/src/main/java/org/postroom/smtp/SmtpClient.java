package org.postroom.smtp;

import org.postroom.sasl.ClientExchange;
import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The client's half of SMTP, submission and LMTP: the same records, printed, and the same replies,
/// read. What the server refuses is a [Refusal] with its reply; a server that says what is no reply
/// is taken to have left.
public final class SmtpClient implements AutoCloseable {

    private static final int AT_ONCE =
            100; // commands under way, so that neither side's buffers fill

    private static final int CHUNKS_AT_ONCE = 8;

    // RFC 5321 §4.5.3.2
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PATIENCE_AFTER_LETTER = Duration.ofMinutes(10);

    private final Wire wire;
    private final ReplyReader replies;
    private final Reply greeting;
    private Extensions extensions = Extensions.NONE;
    private boolean replyPerRecipient; // RFC 2033 §4.2
    private boolean answered;

    /// Begins a session: hears the greeting.
    public SmtpClient(Wire wire) throws Departure, Refusal {
        this.wire = wire;
        this.replies = new ReplyReader(wire::line);
        this.greeting = positive(replies.hear());
    }

    /// What the server said first.
    public Reply greeting() {
        return greeting;
    }

    /// The connection, for who goes on by himself.
    public Wire wire() {
        return wire;
    }

    /// What the server announced in its last answer to EHLO or LHLO.
    public Extensions extensions() {
        return extensions;
    }

    /// EHLO, or HELO where the server knows no better (RFC 5321 §3.2).
    public Extensions hello(String name) throws Departure, Refusal {
        var reply = tell(new Command.Ehlo(name));
        if (reply.isPermanent()) {
            ask(new Command.Helo(name));
            extensions = Extensions.NONE;
        } else extensions = Extensions.of(positive(reply));
        return extensions;
    }

    /// LMTP's EHLO (RFC 2033 §4.1).
    public Extensions lhlo(String name) throws Departure, Refusal {
        extensions = Extensions.of(ask(new Command.Lhlo(name)));
        replyPerRecipient = true;
        return extensions;
    }

    /// RFC 3207 §4. Whatever was learnt before is void afterwards: say [#hello] again.
    ///
    /// @throws Departure when clear text came behind the reply (TRAPS T4), or TLS fails
    public void starttls(Tls.Client tls, String host) throws Departure, Refusal {
        ask(new Command.Starttls());
        wire.secure(tls, host);
        extensions = Extensions.NONE; // RFC 3207 §4.2
    }

    /// RFC 4954 §4.
    ///
    /// @throws Departure when the server says yes without having proven itself, too
    public void auth(ClientExchange exchange) throws Departure, Refusal {
        var reply =
                tell(new Command.Auth(exchange.mechanism().saslName, exchange.initialResponse()));
        while (reply.isIntermediate()) {
            wire.say(exchange.answer(reply.text()));
            reply = replies.hear();
        }
        positive(reply);
        if (!exchange.isSatisfied())
            throw new Departure(Departure.Kind.GONE, "the server has not proven itself");
    }

    /// Opens a transaction. Parameters that the server would not know are left out.
    ///
    /// @throws Refusal [Reply#NO_EIGHT_BIT], too, of our own (RFC 6152 §3)
    public Reply mail(Command.Mail mail) throws Departure, Refusal {
        return ask(fitting(mail));
    }

    public Reply rcpt(ForwardPath to) throws Departure, Refusal {
        return ask(new Command.Rcpt(to));
    }

    /// Sends the letter of the transaction that is open.
    ///
    /// @param letter with any line ends; its dots are stuffed here
    public Reply data(InputStream letter) throws Departure, Refusal {
        var go = tell(new Command.Data());
        if (!goesOn(go)) throw new Refusal(go);
        wire.dotted(letter);
        return positive(verdicts(1).getFirst());
    }

    /// Sends a letter to whom it may concern: see [#post].
    public List<Reply> send(Command.Mail mail, List<ForwardPath> recipients, InputStream letter)
            throws Departure, Refusal {
        return post(mail, recipients.stream().map(Command.Rcpt::new).toList(), letter);
    }

    /// Sends a letter: a whole transaction, pipelined where that is offered (RFC 2920), in chunks where
    /// that is (RFC 3030). Parameters that the server would not know, and that change nothing but what
    /// is told to whom, are left out.
    ///
    /// @param letter with canonical line ends, unless it is said to be binary
    /// @return a reply for each recipient, in their order: RCPT's where that was refused, else the one
    ///     to the letter, which is each one's own in LMTP (RFC 2033 §4.2)
    /// @throws Refusal of our own, too, when the server can't take such a letter
    public List<Reply> post(Command.Mail mail, List<Command.Rcpt> recipients, InputStream letter)
            throws Departure, Refusal {
        answered = false;
        var envelope = new ArrayList<Command>();
        envelope.add(fitting(mail));
        for (var recipient : recipients) envelope.add(fitting(recipient));
        return extensions.has(Extension.CHUNKING)
                ? inChunks(envelope, letter)
                : byData(envelope, letter);
    }

    /// Whether the server has answered anything since [#post] began: if not, it may have been gone for
    /// long, and the same may be tried at another connection.
    public boolean hasAnswered() {
        return answered;
    }

    private List<Reply> byData(List<Command> envelope, InputStream letter)
            throws Departure, Refusal {
        var commands = new ArrayList<>(envelope);
        commands.add(new Command.Data());
        var heard = converse(commands);
        if (!heard.getFirst().isPositive())
            return Collections.nCopies(envelope.size() - 1, heard.getFirst());
        var outcome = heard.subList(1, envelope.size());
        var go = heard.getLast();
        int accepted = accepted(outcome);
        if (!goesOn(go)) {
            rset();
            return merged(outcome, Collections.nCopies(accepted, go));
        }
        // RFC 2920 §3.1: a server that goes on without recipients is given an empty letter
        wire.dotted(accepted > 0 ? letter : InputStream.nullInputStream());
        return merged(outcome, verdicts(accepted));
    }

    /// A letter of one chunk goes with its envelope at once, if the server lets it; the server takes its
    /// octets whatever it thinks of the envelope (RFC 3030 §2).
    private List<Reply> inChunks(List<Command> envelope, InputStream letter)
            throws Departure, Refusal {
        var chunks = new Chunks(letter);
        boolean atOnce =
                chunks.isLast()
                        && extensions.has(Extension.PIPELINING)
                        && envelope.size() < AT_ONCE;
        if (atOnce) {
            for (var command : envelope) wire.say(Grammar.print(command));
            chunks.say(wire);
        }
        var heard = atOnce ? hear(envelope.size()) : converse(envelope);
        boolean opened = heard.getFirst().isPositive();
        var outcome = heard.subList(1, heard.size());
        int accepted = opened ? accepted(outcome) : 0;
        if (accepted == 0) {
            if (atOnce) replies.hear(); // no to the chunk, too
            if (opened) rset();
            return opened
                    ? List.copyOf(outcome)
                    : Collections.nCopies(envelope.size() - 1, heard.getFirst());
        }
        var verdicts = atOnce ? verdicts(accepted) : chunks(chunks, accepted);
        if (verdicts.stream().noneMatch(Reply::isPositive)) rset(); // RFC 3030 §2
        return merged(outcome, verdicts);
    }

    /// RFC 3030 §2: after a chunk that was refused, no more.
    private List<Reply> chunks(Chunks chunks, int accepted) throws Departure {
        int most = extensions.has(Extension.PIPELINING) ? CHUNKS_AT_ONCE : 1;
        int awaited = 0;
        Optional<Reply> no = Optional.empty();
        while (no.isEmpty() && !chunks.isLast()) {
            chunks.say(wire);
            if (++awaited < most) continue;
            awaited--;
            no = Optional.of(hear()).filter(reply -> !reply.isPositive());
        }
        for (; awaited > 0; awaited--) {
            var reply = hear();
            if (no.isEmpty() && !reply.isPositive()) no = Optional.of(reply);
        }
        if (no.isPresent()) return Collections.nCopies(accepted, no.get());
        chunks.say(wire);
        return verdicts(accepted);
    }

    private List<Reply> hear(int count) throws Departure {
        var heard = new ArrayList<Reply>();
        for (int i = 0; i < count; i++) heard.add(hear());
        return heard;
    }

    private Reply hear() throws Departure {
        var reply = replies.hear();
        answered = true;
        return reply;
    }

    private static int accepted(List<Reply> toRecipients) {
        return (int) toRecipients.stream().filter(Reply::isPositive).count();
    }

    /// What the letter came to, in the place of each yes to a recipient.
    private static List<Reply> merged(List<Reply> toRecipients, List<Reply> verdicts) {
        var next = verdicts.iterator();
        return toRecipients.stream()
                .map(reply -> reply.isPositive() ? next.next() : reply)
                .toList();
    }

    public void rset() throws Departure, Refusal {
        ask(new Command.Rset());
    }

    /// Says good-bye and hears it.
    public void quit() throws Departure, Refusal {
        ask(new Command.Quit());
    }

    /// Asks the server to change places: TURN (RFC 821 §3.8), ATRN (RFC 2645 §5.2.1).
    ///
    /// @return the wire, on which the caller is the server from now on, and greets
    public Wire turn(Command command) throws Departure, Refusal {
        wire.limits(wire.limits().withIdle(PATIENCE_AFTER_LETTER)); // RFC 2645 §5.2.1
        ask(command);
        return wire;
    }

    /// Says a command and hears its reply.
    ///
    /// @throws Refusal when the answer is not 2yz
    public Reply ask(Command command) throws Departure, Refusal {
        return positive(tell(command));
    }

    private Reply tell(Command command) throws Departure {
        wire.say(Grammar.print(command));
        return replies.hear();
    }

    private static Reply positive(Reply reply) throws Refusal {
        if (!reply.isPositive()) throw new Refusal(reply);
        return reply;
    }

    /// Many commands at once where the server allows it, else one after the other. Stops behind a
    /// first one that is refused alone.
    private List<Reply> converse(List<Command> commands) throws Departure {
        int group = extensions.has(Extension.PIPELINING) ? AT_ONCE : 1;
        var heard = new ArrayList<Reply>();
        for (int from = 0; from < commands.size(); from += group) {
            var some = commands.subList(from, Math.min(from + group, commands.size()));
            for (var command : some) wire.say(Grammar.print(command));
            heard.addAll(hear(some.size()));
            if (group == 1 && !heard.getFirst().isPositive()) break;
        }
        return heard;
    }

    /// What is said of a letter that was sent: a reply for each recipient that was accepted, and one if
    /// there was none.
    private List<Reply> verdicts(int accepted) throws Departure {
        wire.limits(wire.limits().withIdle(PATIENCE_AFTER_LETTER));
        int count = replyPerRecipient ? accepted : 1;
        var heard = hear(count);
        wire.limits(wire.limits().withIdle(PATIENCE));
        return replyPerRecipient || accepted == 0
                ? heard
                : Collections.nCopies(accepted, heard.getFirst());
    }

    private static boolean goesOn(Reply answerToData) throws Departure {
        if (answerToData.isPositive()) // nothing was sent that it could have taken
        throw new Departure(Departure.Kind.GONE, "DATA was answered by " + answerToData);
        return answerToData.isIntermediate();
    }

    /// What asks for nothing but comfort is left out where it would not be understood; what would be
    /// broken without is not sent.
    private Command.Mail fitting(Command.Mail mail) throws Refusal {
        var asked = mail.parameters();
        if (asked.body().filter(MailParameters.Body.BINARY::equals).isPresent()
                && !(extensions.has(Extension.BINARY_MIME) && extensions.has(Extension.CHUNKING)))
            throw new Refusal(Reply.NO_EIGHT_BIT); // RFC 3030 §3
        if (asked.body().filter(MailParameters.Body.EIGHT_BIT::equals).isPresent()
                && !extensions.has(Extension.EIGHT_BIT_MIME))
            throw new Refusal(Reply.NO_EIGHT_BIT); // RFC 6152 §3
        boolean utf8 = asked.utf8() || (mail.from() instanceof Address from && !from.isAscii());
        if (utf8 && !extensions.has(Extension.SMTPUTF8))
            throw new Refusal(Reply.NO_UTF8); // RFC 6531 §3.2
        if (asked.requireTls() && !extensions.has(Extension.REQUIRETLS))
            throw new Refusal(Reply.NO_REQUIRETLS); // RFC 8689 §4.2.1
        if (asked.hold().isPresent() && !extensions.has(Extension.FUTURE_RELEASE))
            throw new Refusal(Reply.UNKNOWN_PARAMETER); // it would set out at once
        var fitting = asked.withUtf8(utf8);
        if (!extensions.has(Extension.SIZE)) fitting = fitting.withSize(OptionalLong.empty());
        if (!extensions.has(Extension.EIGHT_BIT_MIME)) fitting = fitting.withBody(Optional.empty());
        if (!extensions.has(Extension.AUTH)) fitting = fitting.withSubmitter(Optional.empty());
        if (!extensions.has(Extension.DSN))
            fitting = fitting.withRet(Optional.empty()).withEnvid(Optional.empty());
        if (!extensions.has(Extension.DELIVERBY)) fitting = fitting.withBy(Optional.empty());
        if (!extensions.has(Extension.MT_PRIORITY))
            fitting = fitting.withPriority(OptionalInt.empty());
        return new Command.Mail(mail.from(), fitting);
    }

    private Command.Rcpt fitting(Command.Rcpt rcpt) throws Refusal {
        if (rcpt.to() instanceof Address to && !to.isAscii() && !extensions.has(Extension.SMTPUTF8))
            throw new Refusal(Reply.NO_UTF8); // RFC 6531 §3.2
        return extensions.has(Extension.DSN) ? rcpt : new Command.Rcpt(rcpt.to());
    }

    /// Leaves without a word: what is under way is undone.
    @Override
    public void close() {
        wire.close();
    }
}
