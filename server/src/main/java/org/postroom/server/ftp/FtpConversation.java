package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Abor;
import org.postroom.ftp.Command.Allo;
import org.postroom.ftp.Command.Appe;
import org.postroom.ftp.Command.Auth;
import org.postroom.ftp.Command.Cdup;
import org.postroom.ftp.Command.Cwd;
import org.postroom.ftp.Command.Dele;
import org.postroom.ftp.Command.Eprt;
import org.postroom.ftp.Command.Epsv;
import org.postroom.ftp.Command.EpsvAll;
import org.postroom.ftp.Command.Feat;
import org.postroom.ftp.Command.Help;
import org.postroom.ftp.Command.Mdtm;
import org.postroom.ftp.Command.Mkd;
import org.postroom.ftp.Command.Mlsd;
import org.postroom.ftp.Command.Mlst;
import org.postroom.ftp.Command.Nlst;
import org.postroom.ftp.Command.Noop;
import org.postroom.ftp.Command.OptsMlst;
import org.postroom.ftp.Command.OptsUtf8;
import org.postroom.ftp.Command.Pass;
import org.postroom.ftp.Command.Pasv;
import org.postroom.ftp.Command.Pbsz;
import org.postroom.ftp.Command.Prot;
import org.postroom.ftp.Command.Pwd;
import org.postroom.ftp.Command.Quit;
import org.postroom.ftp.Command.Rest;
import org.postroom.ftp.Command.Retr;
import org.postroom.ftp.Command.Rmd;
import org.postroom.ftp.Command.Rnfr;
import org.postroom.ftp.Command.Rnto;
import org.postroom.ftp.Command.SetMode;
import org.postroom.ftp.Command.SetStructure;
import org.postroom.ftp.Command.SetType;
import org.postroom.ftp.Command.Size;
import org.postroom.ftp.Command.Stat;
import org.postroom.ftp.Command.Stor;
import org.postroom.ftp.Command.Syst;
import org.postroom.ftp.Command.User;
import org.postroom.ftp.Entry;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Verb;
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
import org.postroom.store.FilePath;
import org.postroom.store.Node;
import org.postroom.store.Refused;
import org.postroom.store.Upload;
import org.postroom.store.Upload.Place;
import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Departure;
import org.postroom.wire.Secret;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One FTP session, from greeting to good-bye: the control process, on one virtual thread.
///
/// It has two states, which are two methods: [#prelogin] and [#postlogin]. A transfer is a [Transfer] on
/// a thread of its own; the conversation goes on hearing the client ([Inbox]) and alone speaks. What is
/// agreed about transfers is in [TransferParameters], what a signed-in user holds in a [Visit].
///
/// A password in clear text is taken over loopback only; 226 is said after the file is on disk; a data
/// connection comes from, or goes to, the control connection's peer and nobody else.
final class FtpConversation extends Conversation {

    private static final System.Logger LOG = System.getLogger(FtpConversation.class.getName());
    private static final int HANDSHAKE = 0x16; // RFC 8446 §5.1

    private final Inbox inbox;
    private final TransferParameters parameters;
    private final Transfers transfers;

    FtpConversation(House house, Port port, Tls.Server tls, Wire wire) {
        super(house, port, tls, wire);
        this.inbox = new Inbox(wire);
        this.parameters = new TransferParameters(wire);
        this.transfers = new Transfers(house, port, tls, wire, inbox, parameters);
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
            for (var visit = prelogin(); visit.isPresent(); visit = prelogin())
                if (!postlogin(visit.get())) break;
            wire.say(Reply.BYE);
        }
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
        while (true)
            try {
                switch (inbox.command()) {
                    case User(var given) -> {
                        user = "";
                        if (!door.takesPasswords()) throw new Refusal(Reply.NOT_IN_CLEAR_TEXT);
                        user = given;
                        wire.say(Reply.WANT_PASSWORD);
                    }
                    case Pass(var password) -> {
                        if (user.isEmpty()) throw new Refusal(Reply.NAME_FIRST);
                        String given = user;
                        user = "";
                        return Optional.of(admitted(given, password));
                    }
                    case Auth() -> {
                        user = "";
                        auth();
                    }
                    case Quit() -> {
                        return Optional.empty();
                    }
                    case Pbsz(_) -> pbsz();
                    case Prot(var level) -> {
                        parameters.protection(level);
                        wire.say(Reply.SET);
                    }
                    case Feat() -> wire.say(Reply.features(parameters.facts()));
                    case OptsMlst opts -> opts(opts);
                    case OptsUtf8() -> wire.say(Reply.SET);
                    case Help(var topic) -> help(topic);
                    case Syst() -> wire.say(Reply.SYSTEM);
                    case Noop() -> wire.say(Reply.NOTHING_DONE);
                    case Abor() -> wire.say(Reply.NOTHING_TO_ABORT);
                    case Cwd(_),
                            Cdup(),
                            Command.Port(_),
                            Pasv(),
                            SetType(_),
                            SetStructure(_),
                            SetMode(_),
                            Retr(_),
                            Stor(_),
                            Appe(_),
                            Allo(_, _),
                            Rest(_),
                            Rnfr(_),
                            Rnto(_),
                            Dele(_),
                            Rmd(_),
                            Mkd(_),
                            Pwd(),
                            Command.List(_),
                            Nlst(_),
                            Stat(_),
                            Eprt(_),
                            Epsv(_),
                            EpsvAll(),
                            Mdtm(_),
                            Size(_),
                            Mlst(_),
                            Mlsd(_) ->
                            throw new Refusal(Reply.SIGN_IN_FIRST);
                }
            } catch (Refusal refusal) {
                wire.refuse(refusal.reply());
            }
    }

    private Visit admitted(String user, Secret password) throws Departure, Refusal {
        switch (door.admit(user, password)) {
            case Admitted(var account, var addressee) -> {
                try {
                    var visit = new Visit(house.store().account(account).files());
                    name = addressee.toString();
                    wire.say(Reply.SIGNED_IN);
                    return visit;
                } catch (Refused removed) { // between the password and now
                    throw new Refusal(Reply.WRONG);
                }
            }
            case NotInClearText() -> throw new Refusal(Reply.NOT_IN_CLEAR_TEXT);
            case Busy() -> throw new Refusal(Reply.LATER);
            case Wrong(), Cancelled(), Malformed(), UnknownMechanism() ->
                    throw new Refusal(Reply.WRONG);
        }
    }

    // RFC 4217 §4: plaintext behind the command closes the connection, and all that was agreed
    // before is
    // void (TRAPS F6, F17)
    private void auth() throws Departure, Refusal {
        if (wire.isSecured()) throw new Refusal(Reply.TLS_ALREADY);
        wire.say(Reply.BEGIN_TLS);
        wire.secure(tls);
        parameters.reset();
    }

    private void pbsz() throws Departure, Refusal {
        parameters.bufferSize();
        wire.say(Reply.BUFFER_SIZE);
    }

    private void opts(OptsMlst opts) throws Departure {
        parameters.facts(opts.facts());
        wire.say(Reply.willSend(opts.facts()));
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

    /// False when the client takes its leave; true when it begins anew, with USER or AUTH.
    private boolean postlogin(Visit visit) throws Departure {
        while (true)
            try {
                var command = next(visit);
                switch (command) {
                    case User _, Auth _ -> { // RFC 959 §4.1.1, RFC 4217 §4.2
                        if (command instanceof Auth && wire.isSecured())
                            throw new Refusal(Reply.TLS_ALREADY);
                        inbox.again(command);
                        return true;
                    }
                    case Pass(_) -> throw new Refusal(Reply.NAME_FIRST);
                    case Quit() -> {
                        return false;
                    }

                    case Cwd(var path) -> cwd(visit, visit.resolve(path));
                    case Cdup() -> cwd(visit, visit.directory().parent());
                    case Pwd() ->
                            wire.say(
                                    Reply.pathname(
                                            visit.directory().toString(), "is where you are"));
                    case Mkd(var path) -> mkd(visit, visit.resolve(path));
                    case Rmd(var path) -> {
                        visit.files.removeDirectory(visit.resolve(path));
                        wire.say(Reply.DONE);
                    }
                    case Dele(var path) -> {
                        visit.files.removeFile(visit.resolve(path));
                        wire.say(Reply.DONE);
                    }
                    case Rnfr(var path) -> rnfr(visit, visit.resolve(path));
                    case Rnto(var path) -> rnto(visit, visit.resolve(path));

                    case SetType(var type) -> {
                        parameters.representation(parameters.representation().with(type));
                        wire.say(Reply.SET);
                    }
                    case SetStructure(var structure) -> {
                        parameters.representation(parameters.representation().with(structure));
                        wire.say(Reply.SET);
                    }
                    case SetMode(var mode) -> {
                        parameters.representation(parameters.representation().with(mode));
                        wire.say(Reply.SET);
                    }
                    case Command.Port(var address) -> {
                        parameters.port(address);
                        wire.say(Reply.SET);
                    }
                    case Eprt(var address) -> {
                        parameters.extendedPort(address);
                        wire.say(Reply.SET);
                    }
                    case Pasv() ->
                            wire.say(
                                    Reply.passive(
                                            parameters.passive(house.settings().get().ftp())));
                    case Epsv(var net) ->
                            wire.say(
                                    Reply.extendedPassive(
                                            parameters
                                                    .extendedPassive(
                                                            net, house.settings().get().ftp())
                                                    .getPort()));
                    case EpsvAll() -> {
                        parameters.extendedOnly();
                        wire.say(Reply.SET);
                    }
                    case Pbsz(_) -> pbsz();
                    case Prot(var level) -> {
                        parameters.protection(level);
                        wire.say(Reply.SET);
                    }

                    case Retr(var path) -> retr(visit, visit.resolve(path));
                    case Stor(var path) -> {
                        long offset = visit.takeRestart();
                        stor(
                                visit,
                                visit.resolve(path),
                                offset == 0 ? new Place.Whole() : new Place.From(offset));
                    }
                    case Appe(var path) -> { // RFC 3659 §5.3: behind a REST it is STOR
                        long offset = visit.takeRestart();
                        stor(
                                visit,
                                visit.resolve(path),
                                offset == 0 ? new Place.End() : new Place.From(offset));
                    }
                    case Command.List(var path) -> {
                        var now = Instant.now();
                        list(visit, "LIST", path, "", entry -> entry.list(now));
                    }
                    case Nlst(var path) -> list(visit, "NLST", path, above(path), Entry::path);
                    case Mlsd(var path) -> mlsd(visit, path);
                    case Mlst(var path) -> {
                        var at = visit.resolve(path);
                        wire.say(
                                Reply.facts(
                                        Listing.entry(visit.files.resolve(at), at),
                                        parameters.facts()));
                    }
                    case Rest(long offset) -> {
                        visit.restart(offset);
                        wire.say(Reply.WILL_RESTART);
                    }
                    case Size(var path) -> size(visit, visit.resolve(path));
                    case Mdtm(var path) ->
                            wire.say(Reply.modified(file(visit, visit.resolve(path)).modified()));
                    case Allo(_, _) -> wire.say(Reply.SUPERFLUOUS);
                    case Abor() -> wire.say(Reply.NOTHING_TO_ABORT);

                    case Stat(var path) -> stat(visit, path);
                    case Feat() -> wire.say(Reply.features(parameters.facts()));
                    case OptsMlst opts -> opts(opts);
                    case OptsUtf8() -> wire.say(Reply.SET);
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

    private void cwd(Visit visit, FilePath path) throws Departure, Refused, Refusal {
        if (!visit.files.resolve(path).isDirectory()) throw new Refusal(Reply.NO_DIRECTORY);
        visit.directory(path);
        wire.say(Reply.DONE);
    }

    private void mkd(Visit visit, FilePath path) throws Departure, Refused {
        visit.files.makeDirectory(path);
        wire.say(Reply.pathname(path.toString(), "is there now"));
    }

    private void rnfr(Visit visit, FilePath path) throws Departure, Refused {
        visit.files.resolve(path);
        visit.renaming(path);
        wire.say(Reply.WANT_NEW_NAME);
    }

    private void rnto(Visit visit, FilePath to) throws Departure, Refused, Refusal {
        var from = visit.takeRenaming();
        if (from.isEmpty()) throw new Refusal(Reply.RENAME_FIRST);
        visit.files.rename(from.get(), to);
        wire.say(Reply.DONE);
    }

    // RFC 3659 §4: exact, or not at all; an ASCII size would have to be counted
    private void size(Visit visit, FilePath path) throws Departure, Refused, Refusal {
        var file = file(visit, path);
        if (!parameters.representation().isTransparent() && file.size() > 0)
            throw new Refusal(Reply.SIZE_UNKNOWN);
        wire.say(Reply.size(file.size()));
    }

    /// A file, or what is kept of an upload to that name that died (DECISIONS, Files).
    private static Node file(Visit visit, FilePath path) throws Refused, Refusal {
        Node node;
        try {
            node = visit.files.resolve(path);
        } catch (Refused refused) {
            if (refused.reason() != Refused.Reason.NO_SUCH_FILE) throw refused;
            node = visit.files.part(path).orElseThrow(() -> refused);
        }
        if (node.isDirectory()) throw new Refusal(Reply.IS_A_DIRECTORY);
        return node;
    }

    private void retr(Visit visit, FilePath path) throws Departure, Refused, Refusal {
        long offset = visit.takeRestart();
        var content = visit.files.open(path);
        var representation = parameters.representation();
        if (representation.isTransparent() && offset > content.size())
            throw new Refusal(Reply.PAST_THE_END); // TRAPS F23
        transfers.carry(name, "RETR", path, new Download(content, offset, representation));
    }

    private void stor(Visit visit, FilePath path, Place place) throws Departure, Refused, Refusal {
        var representation = parameters.representation();
        if (place instanceof Place.From && !representation.isTransparent())
            throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED); // RFC 3659 §5.1: not yet in ASCII
        Upload upload = visit.files.upload(path, place);
        transfers.carry(
                name,
                place instanceof Place.End ? "APPE" : "STOR",
                path,
                new Deposit(upload, representation));
    }

    private void list(
            Visit visit,
            String verb,
            Optional<String> path,
            String above,
            Function<Entry, String> form)
            throws Departure, Refused {
        var at = visit.resolve(path);
        var node = visit.files.resolve(at);
        transfers.carry(
                name,
                verb,
                at,
                node.isDirectory()
                        ? new Listing(visit.files, node, above, form)
                        : Listing.of(form.apply(Listing.entry(node, path.orElse(node.name())))));
    }

    /// RFC 1123 §4.1.2.7: what NLST tells serves as it is as an argument of RETR.
    private static String above(Optional<String> path) {
        return path.map(it -> it.endsWith("/") ? it : it + "/").orElse("");
    }

    private void mlsd(Visit visit, Optional<String> path) throws Departure, Refused, Refusal {
        var at = visit.resolve(path);
        var node = visit.files.resolve(at);
        if (!node.isDirectory()) throw new Refusal(Reply.NOT_A_DIRECTORY);
        var facts = parameters.facts();
        transfers.carry(
                name, "MLSD", at, new Listing(visit.files, node, "", entry -> entry.mlsx(facts)));
    }

    // RFC 959 §4.1.3: with a path it is LIST, over the control connection
    private void stat(Visit visit, Optional<String> path) throws Departure, Refused {
        if (path.isEmpty()) {
            wire.say(Reply.status(status()));
            return;
        }
        var at = visit.resolve(path);
        var node = visit.files.resolve(at);
        var now = Instant.now();
        var lines = new ArrayList<String>();
        if (!node.isDirectory()) lines.add(Listing.entry(node, path.get()).list(now));
        else {
            var page = visit.files.list(node, null);
            for (var child : page.nodes()) lines.add(Listing.entry(child, child.name()).list(now));
            if (page.next() != null) lines.add("and more: say LIST");
        }
        wire.say(Reply.listing(node.isDirectory(), lines));
    }

    private List<String> status() {
        return List.of(
                "Signed in as " + name,
                "TLS: " + wire.tls().map(Tls.Facts::protocol).orElse("none"),
                parameters.says());
    }
}
