package org.postroom.server.smtp;

import org.postroom.server.Admission.Admitted;
import org.postroom.server.Admission.Busy;
import org.postroom.server.Admission.Cancelled;
import org.postroom.server.Admission.CodeWanted;
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
import org.postroom.smtp.Command.Atrn;
import org.postroom.smtp.Command.Auth;
import org.postroom.smtp.Command.Bdat;
import org.postroom.smtp.Command.Data;
import org.postroom.smtp.Command.Ehlo;
import org.postroom.smtp.Command.Etrn;
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
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.MailParameters.Body;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;
import org.postroom.smtp.ReversePath;
import org.postroom.smtp.Verb;
import org.postroom.store.AccountId;
import org.postroom.store.MessageDraft;
import org.postroom.store.Resolution.Alias;
import org.postroom.store.Resolution.Local;
import org.postroom.store.Resolution.Members;
import org.postroom.store.Resolution.Moved;
import org.postroom.store.Resolution.NoSuchUser;
import org.postroom.store.Resolution.NotHere;
import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;

/// One session of SMTP, submission or LMTP, from greeting to good-bye, on one virtual thread.
///
/// Its states are three methods: [#stranger] before hello, [#session] after it, [#transaction] behind
/// MAIL, which holds a [Transaction]. A letter is answered 250 once it is on disk here, and not
/// before. The wire holds the deadlines, the length of a line, the number of refusals in
/// a row and the tap.
final class SmtpConversation extends Conversation {

    private static final int MOST_ASIDES = 100; // without a letter between them; TRAPS T10

    private final Service service;
    private final Offers offers;
    private final Acceptance acceptance;
    private final String host;
    private int letters;
    private int asides;
    private boolean turned; // the peer is the server now

    SmtpConversation(House house, Port port, Tls.Server tls, Wire wire) {
        super(house, port, tls, wire);
        this.service = Service.at(port);
        this.offers = new Offers(service, wire, door, this::turns);
        this.host = house.settings().get().server().name();
        this.acceptance = new Acceptance(house, port, service, wire, host);
    }

    @Override
    protected void converse() throws Departure {
        wire.say(Reply.ready(host, service.protocol));
        var caller = stranger();
        while (caller.isPresent()) caller = session(caller.get());
        if (!turned) wire.say(Reply.bye(host));
    }

    /// How many letters were taken.
    int letters() {
        return letters;
    }

    private boolean turns() {
        return house.settings().get().smtp().turn();
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
                case Etrn(_, _), Atrn(_) -> wire.refuse(Reply.HELLO_FIRST);
                case Rcpt(_, _), Data() -> wire.refuse(Reply.HELLO_FIRST);
                case Bdat bdat -> untimely(bdat, Reply.HELLO_FIRST);
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
                    command = transaction(mail, Manner.MAIL, caller);
                    continue;
                }
                case Send(var from) -> {
                    command = transaction(plain(from), Manner.SEND, caller);
                    continue;
                }
                case Soml(var from) -> {
                    command = transaction(plain(from), Manner.SOML, caller);
                    continue;
                }
                case Saml(var from) -> {
                    command = transaction(plain(from), Manner.SAML, caller);
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
                case Bdat bdat -> untimely(bdat, Reply.MAIL_FIRST);
                case Etrn etrn -> etrn(etrn);
                case Atrn(var domains) -> {
                    if (changePlaces(caller, collecting -> collecting.atrn(domains)))
                        return Optional.empty();
                }
                case Turn() -> {
                    if (changePlaces(caller, Collecting::turn)) return Optional.empty();
                }
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
    private Command transaction(Mail mail, Manner manner, Caller caller) throws Departure {
        try (var transaction = new Transaction(house, wire.local(), mail, manner, caller);
                var chunks = new Chunks(house.store()::draft, into -> intake(into, transaction))) {
            if (!answer(() -> mail(mail, manner, caller))) return next();
            while (true) {
                var command = next();
                switch (command) {
                    case Rcpt rcpt when !chunks.haveBegun() ->
                            answer(() -> rcpt(rcpt, transaction, caller));
                    case Data() when !chunks.haveBegun() -> {
                        if (data(transaction, caller)) return next();
                    }
                    case Rcpt(_, _), Data() -> wire.refuse(Reply.BDAT_BEGAN);
                    case Bdat bdat -> {
                        if (bdat(bdat, transaction, chunks, caller)) return next();
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
                    case Etrn(_, _), Atrn(_) -> wire.refuse(Reply.TRANSACTION_OPEN);
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
        boolean done = false;
        try {
            wire.secure(tls);
            done = true;
        } finally {
            if (port == Port.SMTP) house.journal().handshake(done);
        }
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
            case Wrong(), CodeWanted _ -> wire.refuse(Reply.WRONG);
            case NotInClearText() -> wire.refuse(Reply.NOT_IN_CLEAR_TEXT);
            case Busy() -> wire.refuse(Reply.LATER);
            case Cancelled() -> wire.refuse(Reply.CANCELLED);
            case Malformed() -> wire.refuse(Reply.MALFORMED);
            case UnknownMechanism() -> wire.refuse(Reply.UNKNOWN_MECHANISM);
        }
        return caller;
    }

    private Reply mail(Mail mail, Manner manner, Caller caller) throws Refusal {
        offers.demand(mail.parameters().needs(), caller.isSignedIn());
        if (service == Service.SUBMISSION) {
            if (caller.who().isEmpty()) throw new Refusal(Reply.SIGN_IN_FIRST); // RFC 6409 §4.3
            demandOwn(mail.from(), caller.who().get().account());
        }
        if (manner != Manner.MAIL && !caller.isSignedIn() && !maySpeak())
            throw new Refusal(Reply.NOT_FROM_AFAR);
        demandSpeakable(mail.from(), mail);
        var hold = mail.parameters().hold();
        if (hold.isPresent()) Offers.demandShort(hold.get());
        long most = mostOctets();
        if (most > 0 && mail.parameters().size().orElse(0) > most)
            throw new Refusal(Reply.TOO_BIG); // RFC 1870 §6.1
        return Reply.SENDER_OK;
    }

    /// Strangers: from this machine, and where the administrator lets everybody.
    private boolean maySpeak() {
        return wire.isLoopback() || house.settings().get().smtp().speak();
    }

    /// RFC 821 §3.4: a path and nothing else.
    private static Mail plain(ReversePath from) {
        return new Mail(from, MailParameters.NONE);
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
        demandSpeakable(rcpt.to(), transaction.mail());
        return transaction.rcpt(rcpt);
    }

    // RFC 6531 §3.5
    private static void demandSpeakable(Object path, Mail mail) throws Refusal {
        if (path instanceof Address address && !address.isAscii() && !mail.parameters().utf8())
            throw new Refusal(Reply.NOT_ASCII);
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
        var body = transaction.mail().parameters().body();
        if (body.filter(Body.BINARY::equals).isPresent()) { // RFC 3030 §3
            wire.refuse(Reply.NOT_BY_DATA);
            return false;
        }
        wire.say(Reply.GO_ON);
        try (var draft = house.store().draft()) {
            var intake = intake(draft, transaction);
            wire.dotted(intake);
            answer(transaction, caller, intake);
        }
        return true;
    }

    /// BDAT, and its octets.
    ///
    /// @return whether the transaction is over
    private boolean bdat(Bdat bdat, Transaction transaction, Chunks chunks, Caller caller)
            throws Departure {
        try {
            var heard = chunks.hear(bdat, transaction, wire);
            if (!bdat.last()) wire.say(heard);
            else answer(transaction, caller, chunks.intake());
            return bdat.last();
        } catch (Refusal refusal) {
            wire.refuse(refusal.reply());
            return false;
        }
    }

    /// A chunk of no transaction: what a client that doesn't wait sends behind a MAIL that was refused.
    private void untimely(Bdat bdat, Reply why) throws Departure {
        Chunks.swallow(bdat, wire);
        wire.refuse(why);
    }

    private Intake intake(MessageDraft draft, Transaction transaction) {
        var here = new HashSet<String>();
        for (var recipient : transaction.recipients())
            for (var local : recipient.here()) here.add(local.name().toString());
        var body = transaction.mail().parameters().body();
        return new Intake(
                draft,
                mostOctets(),
                body.filter(Body.BINARY::equals).isPresent(),
                new HeaderCheck(host, here, transaction.lists(), service == Service.SUBMISSION));
    }

    private void answer(Transaction transaction, Caller caller, Intake intake) throws Departure {
        var replies = acceptance.replies(transaction, caller, intake);
        for (var reply : replies) wire.say(reply);
        if (replies.stream().anyMatch(Reply::isPositive)) letters++;
        asides = 0;
    }

    private void vrfy(Vrfy vrfy, Optional<Admitted> who) throws Departure {
        if (who.isEmpty()) wire.say(Reply.WILL_TRY);
        else tell(() -> new Inquiry(house.store().directory()).vrfy(vrfy.who()), vrfy.utf8());
    }

    private void expn(Expn expn, Optional<Admitted> who) throws Departure {
        if (who.isEmpty()) wire.say(Reply.WILL_TRY);
        else
            tell(
                    () -> new Inquiry(house.store().directory()).expn(expn.list(), who.get()),
                    expn.utf8());
    }

    /// RFC 6531 §3.7.4.2: names beyond ASCII are told to who said that they will be understood.
    private void tell(Handler handler, boolean utf8) throws Departure {
        var reply = Handler.outcome(handler);
        if (reply.isAscii()) answer(() -> reply);
        else wire.say(utf8 ? reply.inUtf8() : Reply.NEEDS_UTF8);
    }

    private void etrn(Etrn etrn) throws Departure {
        answer(() -> new Hurry(house).etrn(etrn, wire.isLoopback()));
    }

    /// RFC 2645 §5.3, RFC 821 §3.8: from the yes on the peer is the server, and we are its client.
    ///
    /// @return whether it has come to that, and is over
    private boolean changePlaces(Caller caller, Collecting.Demand demand) throws Departure {
        var collecting = new Collecting(house, wire, caller);
        try (var handover = demand.granted(collecting)) {
            wire.say(Reply.TURNING);
            turned = true;
            collecting.hand(handover, host);
        } catch (Refusal refusal) {
            wire.refuse(refusal.reply());
        }
        return turned;
    }

    private void help(Help help) throws Departure {
        var verbs = Arrays.stream(Verb.values()).filter(this::offers).toList();
        if (help.topic().isEmpty()) {
            wire.say(Reply.help(verbs));
            return;
        }
        for (var verb : verbs)
            if (verb.name().equalsIgnoreCase(help.topic().get())) {
                wire.say(Reply.help(verb));
                return;
            }
        wire.refuse(Reply.NO_SUCH_TOPIC);
    }

    // ---- hearing and answering

    /// @return whether it was done
    private boolean answer(Handler handler) throws Departure {
        var reply = Handler.outcome(handler);
        if (reply.isPositive()) wire.say(reply);
        else wire.refuse(reply);
        return reply.isPositive();
    }

    /// RFC 2920 §3.1: behind hello and DATA a client waits. One that nobody knows and that does not
    /// wait would have its letter read as commands, or the other way round (TRAPS T2).
    private void inTurn(boolean trusted) throws Departure {
        if (!trusted && wire.hasMore()) leave(Reply.TOO_EARLY);
    }

    /// What comes next can't be told from commands.
    private void leave(Reply why) throws Departure {
        wire.say(why);
        wire.flush();
        throw new Departure(Departure.Kind.GONE, why.text());
    }

    /// Commands that lead to no letter, as one says who wants to try names or to pass the time.
    private void countAside(Command command) throws Departure {
        switch (command) {
            case Ehlo(_), Helo(_), Lhlo(_), Rset(), Vrfy(_, _), Expn(_, _), Help(_), Noop() -> {
                if (++asides > MOST_ASIDES)
                    throw new Departure(Departure.Kind.TOO_MANY, "so much talk and no letter");
            }
            case Mail(_, _), Rcpt(_, _), Data(), Quit(), Send(_), Soml(_), Saml(_) -> {}
            case Bdat(_, _), Turn(), Etrn(_, _), Atrn(_), Starttls(), Auth(_, _) -> {}
        }
    }

    private boolean offers(Verb verb) {
        return service.offers(verb) && (verb != Verb.TURN || turns());
    }

    private Command next() throws Departure {
        while (true) {
            var line = wire.line();
            try {
                var command = Grammar.command(line);
                countAside(command);
                if (offers(command.verb())) return command;
                if (command instanceof Bdat bdat) untimely(bdat, Reply.NOT_OFFERED);
                else wire.refuse(service.unoffered(command.verb()));
            } catch (Refusal refusal) {
                if (refusal.reply().equals(Reply.CHUNK_OF_UNKNOWN_LENGTH)) leave(refusal.reply());
                if (line.isForeign())
                    throw new Departure(Departure.Kind.GONE, "that is another protocol's command");
                wire.refuse(refusal.reply());
            }
        }
    }
}
