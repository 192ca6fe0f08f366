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

/// The client's half of SMTP, submission and LMTP: the same records, printed, and the same replies,
/// read. What the server refuses is a [Refusal] with its reply; a server that says what is no reply
/// is taken to have left.
public final class SmtpClient implements AutoCloseable {

    private static final int AT_ONCE =
            100; // commands under way, so that neither side's buffers fill

    // RFC 5321 §4.5.3.2
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PATIENCE_AFTER_LETTER = Duration.ofMinutes(10);

    private final Wire wire;
    private final ReplyReader replies;
    private final Reply greeting;
    private Extensions extensions = Extensions.NONE;
    private boolean replyPerRecipient; // RFC 2033 §4.2

    /// Begins a session: hears the greeting.
    public SmtpClient(Wire wire) throws Departure, Refusal {
        this.wire = wire;
        this.replies = new ReplyReader(wire);
        this.greeting = positive(replies.hear());
    }

    /// What the server said first.
    public Reply greeting() {
        return greeting;
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
        return positive(letter(letter, 1).getFirst());
    }

    /// Sends a letter: a whole transaction, pipelined where that is offered (RFC 2920).
    ///
    /// @return a reply for each recipient, in their order: RCPT's where that was refused, else the one
    ///     to the letter, which is each one's own in LMTP (RFC 2033 §4.2)
    public List<Reply> send(Command.Mail mail, List<ForwardPath> recipients, InputStream letter)
            throws Departure, Refusal {
        var commands = new ArrayList<Command>();
        commands.add(fitting(mail));
        for (var recipient : recipients) commands.add(new Command.Rcpt(recipient));
        commands.add(new Command.Data());

        var heard = converse(commands);
        if (!heard.getFirst().isPositive())
            return Collections.nCopies(recipients.size(), heard.getFirst());
        var outcome = new ArrayList<>(heard.subList(1, 1 + recipients.size()));
        var go = heard.getLast();
        int accepted = (int) outcome.stream().filter(Reply::isPositive).count();
        if (goesOn(go)) {
            // RFC 2920 §3.1: a server that goes on without recipients is given an empty letter
            var last = letter(accepted > 0 ? letter : InputStream.nullInputStream(), accepted);
            var next = last.iterator();
            outcome.replaceAll(reply -> reply.isPositive() ? next.next() : reply);
        } else {
            outcome.replaceAll(reply -> reply.isPositive() ? go : reply);
            rset();
        }
        return outcome;
    }

    public void rset() throws Departure, Refusal {
        ask(new Command.Rset());
    }

    /// Says good-bye and hears it.
    public void quit() throws Departure, Refusal {
        ask(new Command.Quit());
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
            for (int i = 0; i < some.size(); i++) heard.add(replies.hear());
            if (group == 1 && !heard.getFirst().isPositive()) break;
        }
        return heard;
    }

    private List<Reply> letter(InputStream letter, int accepted) throws Departure {
        wire.dotted(letter);
        wire.limits(wire.limits().withIdle(PATIENCE_AFTER_LETTER));
        int count = replyPerRecipient ? accepted : 1;
        var heard = new ArrayList<Reply>();
        for (int i = 0; i < count; i++) heard.add(replies.hear());
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

    private Command.Mail fitting(Command.Mail mail) throws Refusal {
        var parameters = mail.parameters();
        boolean eightBit =
                parameters.body().filter(MailParameters.Body.EIGHT_BIT::equals).isPresent();
        if (eightBit && !extensions.has(Extension.EIGHT_BIT_MIME))
            throw new Refusal(Reply.NO_EIGHT_BIT); // RFC 6152 §3
        var fitting = MailParameters.NONE;
        if (extensions.has(Extension.SIZE)) fitting = fitting.withSize(parameters.size());
        if (extensions.has(Extension.EIGHT_BIT_MIME)) fitting = fitting.withBody(parameters.body());
        if (extensions.has(Extension.AUTH)) fitting = fitting.withSubmitter(parameters.submitter());
        return new Command.Mail(mail.from(), fitting);
    }

    /// Leaves without a word: what is under way is undone.
    @Override
    public void close() {
        wire.close();
    }
}
