package org.postroom.server.smtp;

import org.postroom.mime.Fields;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.Admission.Busy;
import org.postroom.server.Admission.Cancelled;
import org.postroom.server.Admission.Malformed;
import org.postroom.server.Admission.NotInClearText;
import org.postroom.server.Admission.UnknownMechanism;
import org.postroom.server.Admission.Wrong;
import org.postroom.server.Conversation;
import org.postroom.server.House;
import org.postroom.server.Journal;
import org.postroom.server.Port;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.Command.Auth;
import org.postroom.smtp.Command.Data;
import org.postroom.smtp.Command.Ehlo;
import org.postroom.smtp.Command.Expn;
import org.postroom.smtp.Command.Helo;
import org.postroom.smtp.Command.Help;
import org.postroom.smtp.Command.Lhlo;
import org.postroom.smtp.Command.Mail;
import org.postroom.smtp.Command.Noop;
import org.postroom.smtp.Command.Quit;
import org.postroom.smtp.Command.Rcpt;
import org.postroom.smtp.Command.Rset;
import org.postroom.smtp.Command.Saml;
import org.postroom.smtp.Command.Send;
import org.postroom.smtp.Command.Soml;
import org.postroom.smtp.Command.Starttls;
import org.postroom.smtp.Command.Turn;
import org.postroom.smtp.Command.Vrfy;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.ReversePath;
import org.postroom.store.AccountId;
import org.postroom.store.MessageDraft;
import org.postroom.store.Resolution.Alias;
import org.postroom.store.Resolution.Local;
import org.postroom.store.Resolution.Members;
import org.postroom.store.Resolution.Moved;
import org.postroom.store.Resolution.NoSuchUser;
import org.postroom.store.Resolution.NotHere;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// One session of SMTP, submission or LMTP, from greeting to good-bye, on one virtual thread.
///
/// Its states are three methods: [#stranger] before hello, [#session] after it, [#transaction] behind
/// MAIL, which holds a [Transaction]. A letter is answered 250 once it is on disk here or at the next
/// hop, and not before. The wire holds the deadlines, the length of a line, the number of refusals in
/// a row and the tap.
final class SmtpConversation extends Conversation {

    private static final System.Logger LOG = System.getLogger(SmtpConversation.class.getName());
    private static final int MOST_ASIDES = 100; // without a letter between them; TRAPS T10
    private static final byte[] NOTHING = {};

    private final Service service;
    private final Offers offers;
    private final String host;
    private int letters;
    private int asides;

    SmtpConversation(House house, Port port, Tls.Server tls, Wire wire) {
        super(house, port, tls, wire);
        this.service = Service.at(port);
        this.offers = new Offers(service, wire, door);
        this.host = house.settings().get().server().name();
    }

    @Override
    protected void converse() throws Departure {
        wire.say(Reply.ready(host, service.protocol));
        var caller = stranger();
        while (caller.isPresent()) caller = session(caller.get());
        wire.say(Reply.bye(host));
    }

    @Override
    protected LastWords lastWords() {
        return new LastWords(
                Reply.idle(host), Reply.draining(host), Reply.tooMany(host), Reply.broken(host));
    }

    @Override
    protected void figures(Journal.Draft entry) {
        entry.with("letters", letters);
    }

    // ---- the states

    /// Until the client says who it is; nothing when it takes its leave.
    private Optional<Caller> stranger() throws Departure {
        while (true)
            switch (next()) {
                case Ehlo(var called) -> {
                    return Optional.of(ehlo(called, Optional.empty()));
                }
                case Helo(var called) -> {
                    return Optional.of(helo(called, Optional.empty()));
                }
                case Lhlo(var called) -> {
                    return Optional.of(ehlo(called, Optional.empty()));
                }
                case Starttls() -> starttls();
                case Rset() -> wire.say(Reply.RESET);
                case Quit() -> {
                    return Optional.empty();
                }
                // RFC 5321 §4.1.4: hello comes first
                case Mail(_, _), Send(_), Soml(_), Saml(_), Turn(), Auth(_, _) ->
                        wire.refuse(Reply.HELLO_FIRST);
                case Rcpt(_, _), Data() -> wire.refuse(Reply.HELLO_FIRST);
                case Vrfy vrfy -> vrfy(vrfy, Optional.empty());
                case Expn expn -> expn(expn, Optional.empty());
                case Help help -> help(help);
                case Noop() -> wire.say(Reply.NOTHING_DONE);
            }
    }

    /// Between transactions; nothing when the client takes its leave.
    private Optional<Caller> session(Caller known) throws Departure {
        var caller = known;
        var command = next();
        while (true) {
            switch (command) {
                case Ehlo(var called) -> caller = ehlo(called, caller.who());
                case Helo(var called) -> caller = helo(called, caller.who());
                case Lhlo(var called) -> caller = ehlo(called, caller.who());
                case Mail mail -> {
                    command = transaction(mail, caller);
                    continue;
                }
                case Starttls() -> {
                    if (starttls()) return stranger(); // RFC 3207 §4.2: all is forgotten
                }
                case Auth auth -> caller = auth(auth, caller);
                case Rset() -> wire.say(Reply.RESET);
                case Quit() -> {
                    return Optional.empty();
                }
                case Rcpt(_, _), Data() -> wire.refuse(Reply.MAIL_FIRST);
                case Send(_), Soml(_), Saml(_), Turn() -> wire.refuse(Reply.NOT_OFFERED);
                case Vrfy vrfy -> vrfy(vrfy, caller.who());
                case Expn expn -> expn(expn, caller.who());
                case Help help -> help(help);
                case Noop() -> wire.say(Reply.NOTHING_DONE);
            }
            command = next();
        }
    }

    /// From MAIL to the letter or to whatever else ends it.
    ///
    /// @return the command that comes next
    private Command transaction(Mail mail, Caller caller) throws Departure {
        var routing = new Routing(house, wire.local());
        try (var transaction = new Transaction(house, routing, mail, caller.isSignedIn())) {
            if (!answer(() -> mail(mail, caller))) return next();
            while (true) {
                var command = next();
                switch (command) {
                    case Rcpt rcpt -> answer(() -> rcpt(rcpt, transaction, caller));
                    case Data() -> {
                        if (data(transaction, caller)) return next();
                    }
                    case Rset() -> {
                        wire.say(Reply.RESET);
                        return next();
                    }
                    case Ehlo(_), Helo(_), Lhlo(_), Quit() -> { // RFC 5321 §4.1.4: as RSET
                        return command;
                    }
                    case Mail(_, _), Send(_), Soml(_), Saml(_), Turn(), Starttls(), Auth(_, _) ->
                            wire.refuse(Reply.TRANSACTION_OPEN);
                    case Vrfy vrfy -> vrfy(vrfy, caller.who());
                    case Expn expn -> expn(expn, caller.who());
                    case Help help -> help(help);
                    case Noop() -> wire.say(Reply.NOTHING_DONE);
                }
            }
        }
    }

    // ---- the verbs

    private Caller helo(String called, Optional<Admitted> who) throws Departure {
        inTurn(who.isPresent());
        wire.say(Reply.hello(host));
        return new Caller(called, false, who);
    }

    /// EHLO and LHLO.
    private Caller ehlo(String called, Optional<Admitted> who) throws Departure {
        inTurn(who.isPresent());
        var announced = offers.to(who.isPresent(), mostOctets());
        wire.say(announced.reply(host, "greets " + called));
        return new Caller(called, true, who);
    }

    private long mostOctets() {
        return house.settings().get().limits().message();
    }

    /// RFC 3207 §4: what came behind the command in clear text closes the connection (TRAPS T3).
    private boolean starttls() throws Departure {
        if (wire.isSecured()) {
            wire.refuse(Reply.TLS_ALREADY);
            return false;
        }
        wire.say(Reply.BEGIN_TLS);
        wire.secure(tls);
        return true;
    }

    /// RFC 4954 §4.
    private Caller auth(Auth auth, Caller caller) throws Departure {
        if (caller.isSignedIn()) {
            wire.refuse(Reply.SIGNED_IN_ALREADY);
            return caller;
        }
        switch (door.admit(auth.mechanism(), auth.initialResponse(), Reply::challenge)) {
            case Admitted admitted -> {
                name = admitted.name().toString();
                wire.say(Reply.SIGNED_IN);
                return caller.as(admitted);
            }
            case Wrong() -> wire.refuse(Reply.WRONG);
            case NotInClearText() -> wire.refuse(Reply.NOT_IN_CLEAR_TEXT);
            case Busy() -> wire.refuse(Reply.LATER);
            case Cancelled() -> wire.refuse(Reply.CANCELLED);
            case Malformed() -> wire.refuse(Reply.MALFORMED);
            case UnknownMechanism() -> wire.refuse(Reply.UNKNOWN_MECHANISM);
        }
        return caller;
    }

    private Reply mail(Mail mail, Caller caller) throws Refusal {
        offers.demand(mail.parameters().needs(), caller.isSignedIn());
        if (service == Service.SUBMISSION) {
            if (caller.who().isEmpty()) throw new Refusal(Reply.SIGN_IN_FIRST); // RFC 6409 §4.3
            demandOwn(mail.from(), caller.who().get().account());
        }
        if (mail.from() instanceof Address address && !address.isAscii())
            throw new Refusal(Reply.NOT_ASCII);
        long most = mostOctets();
        if (most > 0 && mail.parameters().size().orElse(0) > most)
            throw new Refusal(Reply.TOO_BIG); // RFC 1870 §6.1
        return Reply.SENDER_OK;
    }

    /// RFC 6409 §6.1: the account's address, with any tag, or an alias that it is a member of.
    private void demandOwn(ReversePath from, AccountId account) throws Refusal {
        boolean own =
                switch (from) {
                    case NullPath() -> true;
                    case Address address -> {
                        var directory = house.store().directory();
                        yield switch (directory.resolve(Transaction.addressee(address))) {
                            case Local(var id, _, _) -> id.equals(account);
                            case Alias(var here, _) ->
                                    here.stream().anyMatch(it -> it.account().equals(account));
                            case Members(var list, _, _) -> directory.isOwner(list, account);
                            case Moved(_, _), NotHere(), NoSuchUser() -> false;
                        };
                    }
                };
        if (!own) throw new Refusal(Reply.NOT_YOURS);
    }

    private Reply rcpt(Rcpt rcpt, Transaction transaction, Caller caller) throws Refusal {
        offers.demand(rcpt.parameters().needs(), caller.isSignedIn());
        return transaction.rcpt(rcpt.to());
    }

    /// DATA, and the letter.
    ///
    /// @return whether the transaction is over
    private boolean data(Transaction transaction, Caller caller) throws Departure {
        inTurn(caller.isSignedIn());
        try {
            transaction.ready();
        } catch (Refusal refusal) {
            wire.refuse(refusal.reply());
            return false;
        }
        wire.say(Reply.GO_ON);
        try (var draft = house.store().draft()) {
            var intake = new Intake(draft, mostOctets(), this::missing);
            wire.dotted(intake);
            var replies = replies(transaction, caller, draft, intake);
            for (var reply : replies) wire.say(reply);
            note(transaction, draft.size(), replies);
        }
        return true;
    }

    /// What a client may leave to the server that it hands a letter to; others' letters are left as
    /// they are (RFC 5321 §6.4).
    private byte[] missing(Fields fields) {
        return service == Service.SUBMISSION ? Intake.missing(fields, host) : NOTHING;
    }

    /// What becomes of a letter that is here: one reply, or in LMTP one a recipient (RFC 2033 §4.2).
    private List<Reply> replies(
            Transaction transaction, Caller caller, MessageDraft draft, Intake intake) {
        var recipients = transaction.recipients();
        var groups =
                service == Service.LMTP
                        ? recipients.stream().map(List::of).toList()
                        : List.of(recipients);
        String only = recipients.size() == 1 ? recipients.getFirst().path() : null;
        var stamp = Stamp.of(wire, service, caller, host, transaction.mail().from(), only);
        var verdict =
                outcome(() -> {
                    intake.finish();
                    var letter = draft.seal();
                    var received = new ByteArrayInputStream(stamp.received());
                    transaction.sendOnward(
                            new SequenceInputStream(received, draft.read()),
                            letter.size(),
                            intake.isEightBit());
                    return Reply.accepted(wire.id());
                });
        if (!verdict.isPositive()) return Collections.nCopies(groups.size(), verdict);
        var replies = new ArrayList<Reply>();
        for (var group : groups)
            replies.add(
                    outcome(() -> {
                        transaction.keep(draft.seal(), stamp, group);
                        return verdict;
                    }));
        return replies;
    }

    private void note(Transaction transaction, long octets, List<Reply> replies) {
        boolean kept = replies.stream().anyMatch(Reply::isPositive);
        if (kept) letters++;
        asides = 0;
        var worst = replies.stream().filter(reply -> !reply.isPositive()).findFirst();
        boolean later = worst.filter(Reply::isTransient).isPresent();
        house.journal()
                .about("letter", wire)
                .with("protocol", port.title)
                .with("account", name)
                .with("from", transaction.mail().from().toString())
                .with("recipients", transaction.recipients().size())
                .with("octets", octets)
                .with("result", kept ? "accepted" : later ? "deferred" : "refused")
                .with("reply", worst.orElse(replies.getFirst()).toString())
                .write();
    }

    private void vrfy(Vrfy vrfy, Optional<Admitted> who) throws Departure {
        if (who.isEmpty()) wire.say(Reply.WILL_TRY);
        else answer(() -> new Inquiry(house.store().directory()).vrfy(vrfy.who()));
    }

    private void expn(Expn expn, Optional<Admitted> who) throws Departure {
        if (who.isEmpty()) wire.say(Reply.WILL_TRY);
        else answer(() -> new Inquiry(house.store().directory()).expn(expn.list(), who.get()));
    }

    private void help(Help help) throws Departure {
        if (help.topic().isEmpty()) {
            wire.say(Reply.help(service.verbs()));
            return;
        }
        for (var verb : service.verbs())
            if (verb.name().equalsIgnoreCase(help.topic().get())) {
                wire.say(Reply.help(verb));
                return;
            }
        wire.refuse(Reply.NO_SUCH_TOPIC);
    }

    // ---- hearing and answering

    /// What a verb does: its reply, or a refusal.
    private interface Handler {
        Reply run() throws Refusal;
    }

    /// @return whether it was done
    private boolean answer(Handler handler) throws Departure {
        var reply = outcome(handler);
        if (reply.isPositive()) wire.say(reply);
        else wire.refuse(reply);
        return reply.isPositive();
    }

    private Reply outcome(Handler handler) {
        try {
            return handler.run();
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (DiskFull full) {
            LOG.log(System.Logger.Level.ERROR, "no room: {0}", full.getMessage());
            return Reply.NO_ROOM;
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.ERROR, "a command broke", fault);
            return Reply.LOCAL_ERROR;
        }
    }

    /// RFC 2920 §3.1: behind hello and DATA a client waits. One that nobody knows and that does not
    /// wait would have its letter read as commands, or the other way round (TRAPS T2).
    private void inTurn(boolean trusted) throws Departure {
        if (trusted || !wire.hasMore()) return;
        wire.say(Reply.TOO_EARLY);
        wire.flush();
        throw new Departure(Departure.Kind.GONE, "the client spoke before its turn");
    }

    /// Commands that lead to no letter, as one says who wants to try names or to pass the time.
    private void countAside(Command command) throws Departure {
        switch (command) {
            case Ehlo(_), Helo(_), Lhlo(_), Rset(), Vrfy(_), Expn(_), Help(_), Noop() -> {
                if (++asides > MOST_ASIDES)
                    throw new Departure(Departure.Kind.TOO_MANY, "so much talk and no letter");
            }
            case Mail(_, _), Rcpt(_, _), Data(), Quit(), Send(_), Soml(_), Saml(_) -> {}
            case Turn(), Starttls(), Auth(_, _) -> {}
        }
    }

    private Command next() throws Departure {
        while (true) {
            var line = wire.line();
            try {
                var command = Grammar.command(line);
                countAside(command);
                if (service.offers(command.verb())) return command;
                wire.refuse(service.unoffered(command.verb()));
            } catch (Refusal refusal) {
                if (line.isForeign())
                    throw new Departure(Departure.Kind.GONE, "that is another protocol's command");
                wire.refuse(refusal.reply());
            }
        }
    }
}
