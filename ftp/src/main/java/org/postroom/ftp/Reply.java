package org.postroom.ftp;

import org.postroom.wire.Sayable;
import org.postroom.wire.Saying;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a server can answer, each named for its meaning.
///
/// @param text of the only line, or of the first when there are more
/// @param inner the lines between the first and the last; none in most replies
public record Reply(int code, String text, List<String> inner) implements Sayable {

    static final int NONSENSE = 599; // nobody says so: what was said made no sense to the client

    // 1yz: a transfer begins, one more reply follows
    public static final Reply GOES_AHEAD = of(150, "Here it goes");

    // 2yz
    public static final Reply READY = of(220, "Postroom is ready");
    public static final Reply BYE = of(221, "Bye");
    public static final Reply NOTHING_DONE = of(200, "Nothing was done");
    public static final Reply SET = of(200, "So be it");
    public static final Reply SUPERFLUOUS = of(202, "Not needed here");
    public static final Reply SYSTEM = of(215, "UNIX Type: L8"); // what its paths look like
    public static final Reply SIGNED_IN = of(230, "Welcome");
    public static final Reply BEGIN_TLS = of(234, "Begin TLS now"); // RFC 4217 §4.2
    public static final Reply NOTHING_TO_ABORT = of(225, "There is no transfer");
    public static final Reply TRANSFERRED = of(226, "That was all");

    /// RFC 959 §3.2: and the data connection stays.
    public static final Reply TRANSFERRED_STAYS =
            of(250, "That was all; the data connection stays");

    public static final Reply RENEWED = of(220, "Ready for a new user");
    public static final Reply NO_TRANSFER =
            of(225, "There is no transfer; the data connection stays");
    public static final Reply ABORTED = of(226, "It was aborted");
    public static final Reply DONE = of(250, "Done");

    // 3yz: go on
    // RFC 2577 §6: the same for a name that nobody has
    public static final Reply WANT_PASSWORD = of(331, "Now the password");
    public static final Reply WANT_ADDRESS =
            of(331, "Guests are welcome; your address as the password, if you like");
    public static final Reply WANT_NEW_NAME = of(350, "Now the new name");
    public static final Reply WANT_COPY = of(350, "Now the copy's name");
    public static final Reply RANGE_SET = of(350, "That part, with the next transfer or hash");
    public static final Reply WILL_RESTART = of(350, "From there, with the next transfer");

    // 4yz: not now
    public static final Reply BUSY = of(421, "Too many connections, try again later");
    public static final Reply IDLE = of(421, "Nothing was said for too long");
    public static final Reply DRAINING = of(421, "The server is shutting down");
    public static final Reply TOO_MANY = of(421, "Too many refused commands");
    public static final Reply NO_DATA_CONNECTION = of(425, "The data connection can't be opened");
    public static final Reply CUT = of(426, "The data connection broke; nothing was changed");
    public static final Reply GARBLED =
            of(426, "What came on the data connection makes no sense; nothing was changed");
    public static final Reply BROKEN_OFF = of(426, "The transfer was broken off");
    public static final Reply LOCKED =
            of(450, "Somebody has a lock on it; try again later"); // RFC 959 §4.2.2
    public static final Reply LATER = of(451, "Something went wrong here; try again later");
    public static final Reply NO_ROOM = of(452, "There is no room on this server's disk");

    // 5yz: no
    public static final Reply UNKNOWN_COMMAND = of(500, "No such command");
    public static final Reply LINE_TOO_LONG = of(500, "That line is too long");
    public static final Reply BAD_SYNTAX = of(501, "The arguments are not what this command takes");
    public static final Reply BAD_PATH = of(501, "A path is UTF-8 without NUL, CR and LF");
    public static final Reply NOT_A_DIRECTORY = of(501, "It is not a directory"); // RFC 3659 §7.2.1
    public static final Reply NOT_IMPLEMENTED = of(502, "This command is not implemented");
    public static final Reply WANT_CODE =
            of(332, "Now the one-time code, by ACCT; programs have passwords of their own");
    public static final Reply NAME_FIRST = of(503, "Give USER before PASS");
    public static final Reply RENAME_FIRST = of(503, "Give RNFR right before RNTO");
    public static final Reply TLS_FIRST = of(503, "Give AUTH TLS before this"); // RFC 4217 §9
    public static final Reply BUFFER_FIRST = of(503, "Give PBSZ 0 before PROT"); // RFC 4217 §9
    public static final Reply NO_SECURITY_DATA =
            of(503, "TLS exchanges no security data"); // RFC 2228 §3
    public static final Reply COPY_FIRST = of(503, "Give SITE CPFR right before SITE CPTO");
    public static final Reply HOST_FIRST = of(503, "HOST comes before USER"); // RFC 7151 §3.3
    public static final Reply STAYS_SECURED =
            of(533, "The control connection stays under TLS"); // RFC 2228 §3
    public static final Reply NO_SUCH_PROTECTION =
            of(537, "TLS protects whole connections, not commands"); // RFC 2228 §3
    public static final Reply IN_TRANSFER = of(503, "Wait for the transfer to end, or say ABOR");
    public static final Reply PARAMETER_NOT_IMPLEMENTED =
            of(504, "This parameter is not implemented");
    public static final Reply UNKNOWN_MECHANISM = of(504, "Only AUTH TLS is known here");
    public static final Reply NOT_THAT_ADDRESS =
            of(504, "Data goes to your own address and a port from 1024 only"); // RFC 2577 §3
    public static final Reply NET_NOT_SUPPORTED =
            of(522, "Network protocol not supported, use (1,2)"); // RFC 2428 §2
    public static final Reply USE_EXTENDED =
            of(501, "Over IPv6 it is EPSV and EPRT"); // RFC 2428 §1
    public static final Reply EXTENDED_ONLY = of(501, "You said EPSV ALL"); // RFC 2428 §4
    public static final Reply PROTECT_FIRST =
            of(521, "The data connection opens with PROT P only"); // RFC 4217 §10.2
    public static final Reply DATA_TLS_FAILED =
            of(522, "TLS failed on the data connection"); // RFC 4217 §10.2
    public static final Reply SIGN_IN_FIRST = of(530, "Sign in first");
    public static final Reply CODE_TO_STORE = of(532, "The one-time code first, by ACCT");
    public static final Reply TOO_MANY_SESSIONS =
            of(530, "There are as many sessions of this account as it may have");
    public static final Reply WRONG = of(530, "Name or password is wrong");
    public static final Reply NOT_IN_CLEAR_TEXT =
            of(530, "A password is taken under TLS only: say AUTH TLS, or connect to ftps");
    public static final Reply NO_TLS = of(534, "TLS is not offered here");
    public static final Reply TLS_ALREADY = of(534, "TLS is on already");
    public static final Reply NO_SUCH_LEVEL = of(536, "It is PROT P or PROT C"); // RFC 4217 §9
    public static final Reply NOT_FOR_GUESTS =
            of(550, "That is not for anonymous visitors"); // RFC 1635 §2
    public static final Reply NO_SUCH_FILE = of(550, "No such file or directory");
    public static final Reply NO_DIRECTORY = of(550, "It is not a directory");
    public static final Reply IS_A_DIRECTORY = of(550, "It is a directory");
    public static final Reply NOT_EMPTY = of(550, "The directory is not empty");
    public static final Reply NAME_TAKEN = of(550, "Something has that name already");
    public static final Reply INTO_ITSELF = of(550, "A directory can't move below itself");
    public static final Reply SIZE_UNKNOWN =
            of(550, "Its size in this type would have to be counted");
    public static final Reply TOO_FRAGMENTED =
            of(550, "The file is of too many pieces: store it anew");
    public static final Reply UNKNOWN_PAGE_TYPE =
            of(551, "Such a page can't be, or not in this type");
    public static final Reply OVER_QUOTA = of(552, "That is more than your quota");
    public static final Reply BAD_NAME = of(553, "Too long, too deep, or no name for a file");
    public static final Reply NO_SUCH_MARKER = of(501, "No marker of ours looks like that");
    public static final Reply NO_LANGUAGE = of(504, "Only English is spoken here"); // RFC 2640 §4.1
    public static final Reply NO_VERSION = of(550, "Nothing of that name was replaced then");
    public static final Reply PAST_THE_END =
            of(554, "The file ends before that"); // RFC 1123 §4.1.3.4

    public Reply {
        inner = List.copyOf(inner);
    }

    static Reply of(int code, String text) {
        return new Reply(code, text, List.of());
    }

    /// RFC 959 §4.1.1, MKD and PWD: a pathname in quotes, those in it doubled.
    public static Reply pathname(String path, String says) {
        return of(257, '"' + path.replace("\"", "\"\"") + "\" " + says);
    }

    /// RFC 959 §4.1.2: h1 to h4 the IPv4 address, p1 and p2 the port.
    public static Reply passive(InetSocketAddress at) {
        return of(227, "Entering Passive Mode (" + Grammar.hostPort(at) + ")");
    }

    /// RFC 2428 §3: the form is fixed, the address is the control connection's.
    public static Reply extendedPassive(int port) {
        return of(229, "Entering Extended Passive Mode (|||" + port + "|)");
    }

    /// RFC 2428 §2: the form is fixed.
    public static Reply useNet(Net net) {
        return of(522, "Network protocol not supported, use (" + net.number + ")");
    }

    /// RFC 2228 §3: what may cross in one piece; TLS has no need of it (RFC 4217 §9).
    public static final Reply BUFFER_SIZE = of(200, "PBSZ=0");

    /// RFC 959 §4.2: the form is fixed.
    ///
    /// @param theirs the marker that came
    /// @param ours what the server calls the place
    public static Reply mark(String theirs, String ours) {
        return of(110, "MARK " + theirs + " = " + ours);
    }

    /// RFC 1123 §4.1.2.9: the form is fixed.
    public static Reply unique(String name) {
        return of(150, "FILE: " + name);
    }

    /// By custom the name stands in the last reply, too, where Net::FTP looks for it.
    public static Reply wasUnique(String name) {
        return of(226, "That was all (unique file name: " + name + ")");
    }

    /// RFC 959 §5.4: 125 instead of 150 where the data connection is there already.
    public Reply overWhatIsThere() {
        return new Reply(125, text, inner);
    }

    /// draft-bryan-ftpext-hash §3.1: algorithm, range, digest, path.
    public static Reply hash(Digest digest, long start, long end, String hex, String path) {
        return of(213, digest.label + " " + start + "-" + end + " " + hex + " " + path);
    }

    public static Reply hashes(Digest chosen) {
        return of(200, chosen.label);
    }

    /// By custom: the digest alone.
    public static Reply checksum(String hex) {
        return of(250, hex);
    }

    /// draft-somers-ftp-mfxx §3.1: the form is fixed.
    public static Reply fact(Fact fact, String value, String path) {
        return of(213, fact.told() + "=" + value + "; " + path);
    }

    /// draft-somers-ftp-mfxx §3.1: the form is fixed.
    public static Reply modified(Instant time, String path) {
        return fact(Fact.MODIFY, Entry.timeVal(time), path);
    }

    /// A time as all of FTP prints it (RFC 3659 §2.3).
    public static String time(Instant time) {
        return Entry.timeVal(time);
    }

    public static Reply introduced(String name) {
        return of(200, "Name=" + name + ";");
    }

    /// RFC 959 §4.1.3, SITE.
    public static Reply site(String text, List<String> lines) {
        return new Reply(lines.isEmpty() ? 200 : 211, text, lines);
    }

    /// RFC 3659 §4.1: the form is fixed.
    public static Reply size(long octets) {
        return of(213, Long.toString(octets));
    }

    /// RFC 3659 §3.1: the form is fixed.
    public static Reply modified(Instant time) {
        return of(213, Entry.timeVal(time));
    }

    /// RFC 3659 §7.2: the entry stands between two lines.
    public static Reply facts(Entry entry, Collection<Fact> asked) {
        return new Reply(250, "Facts", List.of(entry.mlsx(asked)));
    }

    /// RFC 3659 §7.9.1: the form is fixed.
    public static Reply willSend(Collection<Fact> facts) {
        return of(200, facts.isEmpty() ? "MLST OPTS" : "MLST OPTS " + Fact.list(facts));
    }

    /// RFC 2389 §3.2: a line for each row that has one, and for what has no verb of its own.
    ///
    /// @param sent which facts are sent until OPTS MLST says otherwise
    /// @param chosen what HASH tells until OPTS HASH says otherwise
    public static Reply features(Collection<Fact> sent, Digest chosen) {
        var features = new ArrayList<String>();
        for (var verb : Verb.values())
            if (verb.works() && !verb.feature.isEmpty())
                features.add(
                        switch (verb) {
                            case MLST -> "MLST " + Fact.stars(sent);
                            case HASH -> "HASH " + Digest.stars(chosen);
                            default -> verb.feature;
                        });
        features.add("TVFS"); // RFC 3659 §6.3
        features.add("UTF8"); // RFC 2640 §3.2
        return new Reply(211, "What this server can do", features);
    }

    /// RFC 959 §4.1.3, HELP: what works.
    public static Reply help() {
        var verbs = Stream.of(Verb.values()).filter(Verb::works).map(Verb::name).toList();
        var lines = new ArrayList<String>();
        for (int i = 0; i < verbs.size(); i += 8)
            lines.add(
                    verbs.subList(i, Math.min(i + 8, verbs.size())).stream()
                            .collect(Collectors.joining(" ")));
        return new Reply(214, "These work; HELP and a verb says more", lines);
    }

    /// HELP for one verb.
    public static Reply help(Verb verb) {
        String syntax = verb.arguments.isEmpty() ? verb.name() : verb + " " + verb.arguments;
        return of(214, syntax + " (" + verb.section + (verb.works() ? ")" : "; not implemented)"));
    }

    /// RFC 959 §4.1.3, STAT without a path.
    public static Reply status(List<String> lines) {
        return new Reply(211, "Status", lines);
    }

    /// STAT of a directory (212) or a file (213), a line of `ls -l` each.
    public static Reply listing(boolean directory, List<String> lines) {
        return new Reply(directory ? 212 : 213, "Status", lines);
    }

    /// 1yz: another reply to the same command follows.
    public boolean isPreliminary() {
        return code < 200;
    }

    /// Whether no server said this: the client did, of what made no sense to it.
    public boolean isNonsense() {
        return code == NONSENSE;
    }

    /// 4yz and 5yz: it was not done.
    public boolean isNegative() {
        return code >= 400;
    }

    // RFC 959 §4.2: a hyphen behind the first line's code, a space behind the last's; every line
    // between begins with a space, so that none looks like an end (TRAPS F4)
    @Override
    public void on(Saying saying) {
        if (!inner.isEmpty()) {
            saying.number(code).octets("-").utf8(text).crlf();
            for (var line : inner) saying.octets(" ").utf8(line).crlf();
        }
        saying.number(code).octets(" ").utf8(inner.isEmpty() ? text : "End").crlf();
    }
}
