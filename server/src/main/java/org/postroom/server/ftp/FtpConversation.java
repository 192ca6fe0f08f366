package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Abor;
import org.postroom.ftp.Command.Acct;
import org.postroom.ftp.Command.Auth;
import org.postroom.ftp.Command.Feat;
import org.postroom.ftp.Command.Help;
import org.postroom.ftp.Command.Host;
import org.postroom.ftp.Command.Introduction;
import org.postroom.ftp.Command.Lang;
import org.postroom.ftp.Command.Noop;
import org.postroom.ftp.Command.OptsHash;
import org.postroom.ftp.Command.OptsMlst;
import org.postroom.ftp.Command.OptsUtf8;
import org.postroom.ftp.Command.Pass;
import org.postroom.ftp.Command.Pbsz;
import org.postroom.ftp.Command.Prot;
import org.postroom.ftp.Command.Quit;
import org.postroom.ftp.Command.Rein;
import org.postroom.ftp.Command.Syst;
import org.postroom.ftp.Command.User;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Verb;
import org.postroom.server.Admission;
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
import org.postroom.server.Settings;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Departure;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.util.Locale;
import java.util.Optional;

/// One FTP session, from greeting to good-bye: the control process, on one virtual thread.
///
/// It has two states, which are two methods: [#prelogin] and [#postlogin]. A transfer is a [Transfer] on
/// a thread of its own; the conversation goes on hearing the client ([Inbox]) and alone speaks. What is
/// agreed about transfers is in [TransferParameters], what a signed-in user holds in a [Visit]; what that
/// user asks for is done by [Movements], [Names] and [Facts].
///
/// A password in clear text is taken over loopback only; 226 is said after the file is on disk; a data
/// connection comes from, or goes to, the control connection's peer and nobody else.
final class FtpConversation extends Conversation {

    private static final System.Logger LOG = System.getLogger(FtpConversation.class.getName());
    private static final int HANDSHAKE = 0x16; // RFC 8446 §5.1
    private static final String LANGUAGE = "en";

    private final Inbox inbox;
    private final TransferParameters parameters;
    private final Transfers transfers;
    private final Movements movements;
    private final Names names;
    private final Facts facts;
    private Manner manner = new Manner(Settings.Profile.STANDARD, false);

    FtpConversation(House house, Port port, Tls.Server tls, Wire wire) {
        super(house, port, tls, wire);
        door.takesCodes();
        this.inbox = new Inbox(wire);
        this.parameters = new TransferParameters(wire);
        this.transfers = new Transfers(house, port, tls, wire, inbox, parameters);
        this.movements = new Movements(wire, parameters, transfers);
        this.names = new Names(wire, transfers);
        this.facts = new Facts(wire, parameters, transfers);
    }

    @Override
    protected void converse() throws Departure {
        try (parameters) {
            wire.telnet();
            wire.say(Reply.READY);
            // TRAPS F5: a TLS client at the wrong port would wait for an answer, and we for a
            // line's
            // end
            if (!wire.isSecured() && wire.peek() == HANDSHAKE)
                throw new Departure(Departure.Kind.GONE, "TLS where there is none yet");
            var visit = prelogin();
            while (visit.isPresent()) visit = stay(visit.get()) ? prelogin() : Optional.empty();
            wire.say(Reply.BYE);
        }
    }

    private boolean stay(Visit visit) throws Departure {
        try (visit) {
            transfers.held(manner, visit.isPublic());
            return postlogin(visit);
        }
    }

    @Override
    protected String doing() {
        return transfers.doing();
    }

    @Override
    protected LastWords lastWords() {
        return new LastWords(Reply.IDLE, Reply.DRAINING, Reply.TOO_MANY, Reply.LATER);
    }

    @Override
    protected void figures(Journal.Draft entry) {
        entry.with("transfers", transfers.count());
    }

    // ---- before sign-in

    /// Whoever signs in, or nothing when the client takes its leave.
    private Optional<Visit> prelogin() throws Departure {
        String user = "";
        var half = Optional.<CodeWanted>empty(); // whoever's password was right
        while (true)
            try {
                var command = inbox.command();
                if (half.isPresent() && stores(command)) throw new Refusal(Reply.CODE_TO_STORE);
                switch (command) {
                    case User(var given) -> {
                        user = "";
                        half = Optional.empty();
                        boolean guest = anonymous(given).isPresent();
                        manner =
                                Manner.of(
                                        house.settings().get().ftp().profiles(),
                                        given,
                                        wire.remote());
                        door.takesClearText(manner.clearText());
                        if (!guest && !door.takesPasswords())
                            throw new Refusal(Reply.NOT_IN_CLEAR_TEXT);
                        user = given;
                        wire.say(guest ? Reply.WANT_ADDRESS : Reply.WANT_PASSWORD);
                    }
                    case Pass(var password) -> {
                        if (user.isEmpty()) throw new Refusal(Reply.NAME_FIRST);
                        String given = user;
                        user = "";
                        var guest = anonymous(given);
                        if (guest.isPresent()) return Optional.of(welcomed(guest.get()));
                        var admission = door.admit(given, password);
                        if (!(admission instanceof CodeWanted wanted))
                            return Optional.of(admitted(admission));
                        half = Optional.of(wanted);
                        wire.say(Reply.WANT_CODE);
                    }
                    case Acct(var code) -> {
                        var wanted = half.orElseThrow(() -> new Refusal(Reply.NAME_FIRST));
                        half = Optional.empty();
                        return Optional.of(admitted(door.admit(wanted, code)));
                    }
                    case Auth() -> {
                        user = "";
                        half = Optional.empty();
                        auth();
                    }
                    case Rein() -> {
                        user = "";
                        half = Optional.empty();
                        rein();
                    }
                    case Host(_) -> { // RFC 7151 §3: one host has all the names
                        if (!user.isEmpty()) throw new Refusal(Reply.HOST_FIRST);
                        wire.say(Reply.RENEWED);
                    }
                    case Quit() -> {
                        return Optional.empty();
                    }
                    case Abor() -> wire.say(Reply.NOTHING_TO_ABORT);
                    case Prot prot -> protect(prot);
                    case Pbsz(_) -> pbsz();
                    case Feat() -> feat();
                    case OptsMlst opts -> opts(opts);
                    case OptsHash opts -> opts(opts);
                    case OptsUtf8() -> wire.say(Reply.SET);
                    case Lang lang -> lang(lang);
                    case Introduction introduction -> introduction(introduction);
                    case Help(var topic) -> help(topic);
                    case Syst() -> wire.say(Reply.SYSTEM);
                    case Noop() -> wire.say(Reply.NOTHING_DONE);
                    case Command.ForVisitor _ -> throw new Refusal(Reply.SIGN_IN_FIRST);
                }
            } catch (Refusal refusal) {
                wire.refuse(refusal.reply());
            }
    }

    /// What holds for guests, if somebody of this name is one here.
    private Optional<Settings.Anonymous> anonymous(String user) {
        return Guest.isName(user) ? house.settings().get().ftp().anonymous() : Optional.empty();
    }

    // RFC 1635 §2: whatever the password is
    private Visit welcomed(Settings.Anonymous settings) throws Departure, Refusal {
        try {
            var account =
                    house.store()
                            .directory()
                            .find(Addressee.of(settings.account()))
                            .orElseThrow(() -> new Refusal(Reply.WRONG));
            var guest = new Guest(settings);
            var visit = new Visit("anonymous", house.store().account(account), Optional.of(guest));
            wire.endNever();
            begin(visit);
            return visit;
        } catch (Refused misconfigured) {
            LOG.log(System.Logger.Level.WARNING, "[ftp] anonymous: {0}", misconfigured.reason());
            throw new Refusal(Reply.WRONG);
        }
    }

    private Visit admitted(Admission admission) throws Departure, Refusal {
        switch (admission) {
            case Admitted(var account, var addressee) -> {
                try {
                    var visit =
                            new Visit(
                                    addressee.toString(),
                                    house.store().account(account),
                                    Optional.empty());
                    begin(visit);
                    return visit;
                } catch (Refused removed) { // between the password and now
                    throw new Refusal(Reply.WRONG);
                }
            }
            case NotInClearText() -> throw new Refusal(Reply.NOT_IN_CLEAR_TEXT);
            case Busy() -> throw new Refusal(Reply.LATER);
            case Wrong(), CodeWanted _, Cancelled(), Malformed(), UnknownMechanism() ->
                    throw new Refusal(Reply.WRONG);
        }
    }

    private void begin(Visit visit) throws Departure, Refusal {
        int most = manner.profile().sessions();
        name = visit.name;
        if (most > 0 && house.sessions().count(name, Port.FTP.title) > most) {
            name = "";
            throw new Refusal(Reply.TOO_MANY_SESSIONS);
        }
        wire.say(Reply.SIGNED_IN);
    }

    // RFC 959 §5.4: those that 532 is a reply to
    private static boolean stores(Command command) {
        return switch (command) {
            case Command.Stor _, Command.Stou _, Command.Appe _, Command.Rnto _ -> true;
            default -> false;
        };
    }

    // RFC 4217 §4: plaintext behind the command closes the connection, and all that was agreed
    // before is
    // void (TRAPS F6, F17)
    private void auth() throws Departure, Refusal {
        if (wire.isSecured()) throw new Refusal(Reply.TLS_ALREADY);
        wire.say(Reply.BEGIN_TLS);
        var own = FtpServer.tls(house);
        wire.secure(own);
        transfers.tls(own);
        parameters.reset();
    }

    // RFC 959 §4.1.1: as the connection was when it began; TLS stays (TRAPS F6, F10)
    private void rein() throws Departure {
        parameters.reset();
        wire.say(Reply.RENEWED);
    }

    // ---- at any time

    private void protect(Prot prot) throws Departure, Refusal {
        parameters.protection(prot.level());
        wire.say(Reply.SET);
    }

    private void pbsz() throws Departure, Refusal {
        parameters.bufferSize();
        wire.say(Reply.BUFFER_SIZE);
    }

    private void feat() throws Departure {
        wire.say(Reply.features(parameters.facts(), parameters.digest()));
    }

    private void opts(OptsMlst opts) throws Departure {
        parameters.facts(opts.facts());
        wire.say(Reply.willSend(opts.facts()));
    }

    private void opts(OptsHash opts) throws Departure {
        opts.digest().ifPresent(parameters::digest);
        wire.say(Reply.hashes(parameters.digest()));
    }

    // RFC 2640 §4.1: without a tag it is the server's own language
    private void lang(Lang lang) throws Departure, Refusal {
        String tag = lang.tag().orElse(LANGUAGE).toLowerCase(Locale.ROOT);
        if (!tag.equals(LANGUAGE) && !tag.startsWith(LANGUAGE + "-"))
            throw new Refusal(Reply.NO_LANGUAGE);
        wire.say(Reply.SET);
    }

    private void introduction(Introduction introduction) throws Departure {
        LOG.log(System.Logger.Level.DEBUG, "the client is {0}", introduction.client());
        wire.say(introduction.answered() ? Reply.introduced("Postroom") : Reply.SET);
    }

    private void help(Optional<String> topic) throws Departure {
        for (var verb : Verb.values())
            if (topic.isPresent() && verb.name().equalsIgnoreCase(topic.get())) {
                wire.say(Reply.help(verb));
                return;
            }
        wire.say(Reply.help());
    }

    // ---- after sign-in

    /// False when the client takes its leave; true when it begins anew, with USER, REIN or AUTH.
    private boolean postlogin(Visit visit) throws Departure {
        while (true)
            try {
                var command = next(visit);
                visit.admit(command);
                switch (command) {
                    case User _, Auth _ -> { // RFC 959 §4.1.1, RFC 4217 §4.2
                        if (command instanceof Auth && wire.isSecured())
                            throw new Refusal(Reply.TLS_ALREADY);
                        inbox.again(command);
                        return true;
                    }
                    case Rein() -> {
                        rein();
                        return true;
                    }
                    case Pass(_) -> throw new Refusal(Reply.NAME_FIRST);
                    case Acct(_) -> wire.say(Reply.SUPERFLUOUS); // RFC 959 §4.1.1
                    case Host(_) -> throw new Refusal(Reply.HOST_FIRST); // RFC 7151 §3.3
                    case Quit() -> {
                        return false;
                    }
                    case Command.ForParameters agreed ->
                            wire.say(parameters.obey(agreed, house.settings().get().ftp()));
                    case Command.ForTransfer movement -> movements.obey(visit, movement);
                    case Command.ForNames naming -> names.obey(visit, naming);
                    case Command.ForFacts asked -> facts.obey(visit, asked);
                    case Abor() ->
                            wire.say(
                                    parameters.hasDataConnection()
                                            ? Reply.NO_TRANSFER
                                            : Reply.NOTHING_TO_ABORT);
                    case Prot prot -> protect(prot);
                    case Pbsz(_) -> pbsz();
                    case Feat() -> feat();
                    case OptsMlst opts -> opts(opts);
                    case OptsHash opts -> opts(opts);
                    case OptsUtf8() -> wire.say(Reply.SET);
                    case Lang lang -> lang(lang);
                    case Introduction introduction -> introduction(introduction);
                    case Help(var topic) -> help(topic);
                    case Syst() -> wire.say(Reply.SYSTEM);
                    case Noop() -> wire.say(Reply.NOTHING_DONE);
                }
            } catch (Refusal refusal) {
                wire.refuse(refusal.reply());
            } catch (Refused refused) {
                wire.refuse(Answers.to(refused));
            } catch (DiskFull full) {
                LOG.log(System.Logger.Level.WARNING, "no room: {0}", full.getMessage());
                wire.refuse(Reply.NO_ROOM);
            }
    }

    /// What is no command ends what a command before asked of the next, as another command does.
    private Command next(Visit visit) throws Departure, Refusal {
        try {
            var command = inbox.command();
            visit.before(command);
            return command;
        } catch (Refusal misspoke) {
            visit.forget();
            throw misspoke;
        }
    }
}
