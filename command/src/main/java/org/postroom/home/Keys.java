package org.postroom.home;

import static org.postroom.home.Takes.LIVE;
import static org.postroom.home.Takes.RESTART;

import org.postroom.ftp.Verb;
import org.postroom.logbook.Format;
import org.postroom.queue.Route;
import org.postroom.server.Settings;
import org.postroom.wire.Network;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The keys of postroom.toml. Reading it, its errors, the commented sample and the manual
/// (docs/postroom.toml) come from these rows; there is no second list.
public final class Keys {

    private Keys() {}

    static final Key<String> NAME =
            new Key<>(
                    "server",
                    "name",
                    Kind.HOST,
                    "\"localhost\"",
                    LIVE,
                    "0.1",
                    "What the server calls itself, in greetings and in Received fields: its full"
                            + " host name.");

    static final Key<String> LISTEN =
            new Key<>(
                    "server",
                    "listen",
                    Kind.ADDRESS,
                    "\"127.0.0.1\"",
                    RESTART,
                    "0.1",
                    "The address that its ports are opened at: \"0.0.0.0\" for every one of this"
                            + " machine, \"::\" for IPv6 as well.");

    static final Key<Integer> PORT_OFFSET =
            new Key<>(
                    "server",
                    "port-offset",
                    Kind.number(0, 60_000),
                    "10000",
                    RESTART,
                    "0.1",
                    "Added to each well-known port number: 10000 makes SMTP's 25 into 10025 and"
                            + " needs no privilege. 0 in production.");

    static final Key<List<Network>> PROXIES =
            new Key<>(
                    "server",
                    "proxies",
                    Kind.NETWORKS,
                    "[]",
                    LIVE,
                    "0.1",
                    "Front ends, such as [\"192.0.2.0/24\"], that say by the PROXY protocol"
                            + " (version 1 or 2) who is calling. They have to; nobody else can.");

    static final Key<String> CERTIFICATE =
            new Key<>(
                    "tls",
                    "certificate",
                    Kind.PATH,
                    "\"tls/certificate.pem\"",
                    LIVE,
                    "0.1",
                    "The server's certificate and those that signed it, as PEM. A new home gets one"
                            + " that it has signed itself.");

    static final Key<String> KEY =
            new Key<>(
                    "tls",
                    "key",
                    Kind.PATH,
                    "\"tls/key.pem\"",
                    LIVE,
                    "0.1",
                    "The certificate's private key, as PEM (PKCS #8, not encrypted): EC, RSA or"
                            + " Ed25519.");

    static final Key<Integer> CONNECTIONS =
            new Key<>(
                    "limits",
                    "connections",
                    Kind.number(1, 1_000_000),
                    "10000",
                    LIVE,
                    "0.1",
                    "How many may be connected at once, over all protocols.");

    static final Key<Integer> PER_ADDRESS =
            new Key<>(
                    "limits",
                    "per-address",
                    Kind.number(1, 1_000_000),
                    "100",
                    LIVE,
                    "0.1",
                    "How many of them from one address.");

    static final Key<Integer> LINE =
            new Key<>(
                    "limits",
                    "line",
                    Kind.number(0, 1 << 20),
                    "0",
                    LIVE,
                    "0.1",
                    "The longest command line, in octets; 0 for each protocol's own.");

    static final Key<Long> MESSAGE =
            new Key<>(
                    "limits",
                    "message",
                    Kind.SIZE_OR_NONE,
                    "\"50 MiB\"",
                    LIVE,
                    "0.1",
                    "The largest letter; 0 for no limit.");

    static final Key<Long> QUOTA =
            new Key<>(
                    "store",
                    "quota",
                    Kind.SIZE_OR_NONE,
                    "0",
                    RESTART,
                    "0.1",
                    "How much an account may hold, letters and files together; 0 for no limit. An"
                            + " account's own is set by `postroom account quota`.");

    static final Key<Duration> HISTORY =
            new Key<>(
                    "store",
                    "history",
                    Kind.DAYS,
                    "30",
                    RESTART,
                    "0.1",
                    "For how many days letters that were expunged and files that were replaced are"
                            + " kept. They count in no quota.");

    static final Key<Boolean> TURN =
            new Key<>(
                    "smtp",
                    "turn",
                    Kind.TRUTH,
                    "false",
                    LIVE,
                    "0.1",
                    "Whether TURN is understood, as ATRN always is: from accounts that a route"
                        + " names in collected-by, under TLS, at the ports where they sign in.");

    static final Key<Boolean> SPEAK =
            new Key<>(
                    "smtp",
                    "speak",
                    Kind.TRUTH,
                    "false",
                    LIVE,
                    "0.1",
                    "Whether strangers may speak to those who are there, by SEND, SOML and SAML;"
                            + " otherwise who has signed in may, and who is at this machine.");

    static final Key<Kind.Range> PASSIVE_PORTS =
            new Key<>(
                    "ftp",
                    "passive-ports",
                    Kind.PORTS,
                    "\"\"",
                    LIVE,
                    "0.1",
                    "Which ports passive data connections may use, for a firewall to let in:"
                            + " \"30000-30999\". Without it the system chooses.");

    static final Key<String> ANONYMOUS =
            new Key<>(
                    "ftp",
                    "anonymous",
                    Kind.ACCOUNT_OR_NONE,
                    "\"\"",
                    LIVE,
                    "0.1",
                    "Whose files visitors see who sign in as anonymous or ftp, with any password:"
                            + " an account's address, such as \"public@example.org\". Without it"
                            + " there are no such visitors.");

    static final Key<Set<Verb>> ANONYMOUS_COMMANDS =
            new Key<>(
                    "ftp",
                    "anonymous-commands",
                    Kind.ANONYMOUS_COMMANDS,
                    "[\"CWD\", \"CDUP\", \"PWD\", \"LIST\", \"NLST\", \"MLSD\", \"MLST\", \"STAT\","
                            + " \"SIZE\", \"MDTM\", \"RETR\", \"REST\", \"RANG\", \"HASH\"]",
                    LIVE,
                    "0.1",
                    "What they may say. Without CWD and CDUP they can't look around, but fetch"
                            + " what they know the path of. PORT, EPRT, STOR and STOU can be"
                            + " added; nothing that changes a file can.");

    static final Key<String> ANONYMOUS_DROP_BOX =
            new Key<>(
                    "ftp",
                    "anonymous-drop-box",
                    Kind.FOLDER_OR_NONE,
                    "\"\"",
                    LIVE,
                    "0.1",
                    "A directory of that account, such as \"/incoming\", into which they may STOR"
                            + " and STOU new files, and which they can neither list nor read.");

    static final Key<Format> LOG_FORMAT =
            new Key<>(
                    "log",
                    "format",
                    Kind.FORMAT,
                    "\"logfmt\"",
                    LIVE,
                    "0.1",
                    "How log lines are written, to standard error: \"logfmt\" or \"json\".");

    static final Key<String> LOG_ACCESS =
            new Key<>(
                    "log",
                    "access",
                    Kind.PATH_OR_NONE,
                    "\"\"",
                    LIVE,
                    "0.1",
                    "A file for requests by HTTP in the common log format, a line each, such as"
                        + " \"access.log\" in the home; empty for none. `reload` opens it anew.");

    static final Key<String> SIGN_UP =
            new Key<>(
                    "http",
                    "sign-up",
                    Kind.DOMAIN_OR_NONE,
                    "\"\"",
                    LIVE,
                    "0.1",
                    "A domain of yours in which people may ask for an address on the page /sign-up,"
                            + " such as \"example.org\"; `account approve` lets them in. Without it"
                            + " nobody can ask.");

    static final Key<String> LOG_TRANSFERS =
            new Key<>(
                    "log",
                    "transfers",
                    Kind.PATH_OR_NONE,
                    "\"\"",
                    LIVE,
                    "0.1",
                    "A file for transfers by FTP in the form of xferlog(5), a line each, such as"
                            + " \"xferlog\" in the home; empty for none. `reload` opens it anew.");

    static final Key<List<InetSocketAddress>> DNS_SERVERS =
            new Key<>(
                    "dns",
                    "servers",
                    Kind.SERVERS,
                    "[]",
                    RESTART,
                    "0.1",
                    "Who is asked for names, such as [\"127.0.0.1:53\"]; none for those of the"
                            + " system.");

    static final Key<Duration> KEEP_FOR =
            new Key<>(
                    "queue",
                    "keep-for",
                    Kind.TIME,
                    "\"5d\"",
                    LIVE,
                    "0.1",
                    "How long a letter for elsewhere is tried before its sender gets it back.");

    static final Key<Duration> WARN_AFTER =
            new Key<>(
                    "queue",
                    "warn-after",
                    Kind.TIME,
                    "\"4h\"",
                    LIVE,
                    "0.1",
                    "When the sender of a letter that is still tried hears of that.");

    static final Key<String> ROUTE_DOMAIN =
            new Key<>(
                    "route",
                    "domain",
                    Kind.DOMAIN,
                    "",
                    LIVE,
                    "0.1",
                    "Whose letters take this route instead of the way that the domain name system"
                            + " says; \"*\" for every domain.");

    static final Key<String> ROUTE_HOST =
            new Key<>(
                    "route",
                    "host",
                    Kind.HOST,
                    "",
                    LIVE,
                    "0.1",
                    "The next hop; without it the domain's MX records choose.");

    static final Key<Integer> ROUTE_PORT =
            new Key<>(
                    "route",
                    "port",
                    Kind.PORT,
                    "",
                    LIVE,
                    "0.1",
                    "The next hop's port; without it 25.");

    static final Key<Route.Security> ROUTE_TLS =
            new Key<>(
                    "route",
                    "tls",
                    Kind.SECURITY,
                    "",
                    LIVE,
                    "0.1",
                    "\"opportunistic\": TLS where the next hop has it, which holds without this;"
                            + " \"required\": never in clear text; \"verified\": and with the very"
                            + " host that is named.");

    static final Key<String> ROUTE_USER =
            new Key<>(
                    "route",
                    "user",
                    Kind.USER,
                    "",
                    LIVE,
                    "0.1",
                    "The name to sign in by at the next hop, where that asks for one.");

    static final Key<String> ROUTE_PASSWORD =
            new Key<>(
                    "route",
                    "password",
                    Kind.PATH,
                    "",
                    LIVE,
                    "0.1",
                    "A file with the password for it, on one line; let nobody else read it.");

    static final Key<Boolean> ROUTE_ACCEPT =
            new Key<>(
                    "route",
                    "accept",
                    Kind.TRUTH,
                    "",
                    LIVE,
                    "0.1",
                    "true where this server is the domain's backup: letters for it are taken from"
                            + " everybody. Without it, from who has signed in.");

    static final Key<String> ROUTE_COLLECTED_BY =
            new Key<>(
                    "route",
                    "collected-by",
                    Kind.ACCOUNT,
                    "",
                    LIVE,
                    "0.1",
                    "The account whose server calls for the domain's letters at port 366 (ATRN),"
                            + " such as \"branch@example.org\". They are taken from everybody, and"
                            + " wait for it where neither host nor port is named.");

    static final Key<String> FETCH_HOST =
            new Key<>(
                    "fetch",
                    "host",
                    Kind.HOST,
                    "",
                    LIVE,
                    "0.1",
                    "The server where letters of ours wait.");

    static final Key<Settings.Fetch.Way> FETCH_BY =
            new Key<>(
                    "fetch",
                    "by",
                    Kind.WAY,
                    "",
                    LIVE,
                    "0.1",
                    "How it is asked: \"atrn\", which holds without this; \"turn\" where it knows"
                            + " no better; \"etrn\" where it can call us.");

    static final Key<Integer> FETCH_PORT =
            new Key<>(
                    "fetch",
                    "port",
                    Kind.PORT,
                    "",
                    LIVE,
                    "0.1",
                    "Its port; without it 366, and 25 for \"etrn\".");

    static final Key<Route.Security> FETCH_TLS =
            new Key<>(
                    "fetch",
                    "tls",
                    Kind.SECURITY,
                    "",
                    LIVE,
                    "0.1",
                    "As a route's; without it \"verified\", and \"opportunistic\" for \"etrn\"."
                            + " \"turn\" takes \"verified\" alone: each has to know the other.");

    static final Key<String> FETCH_USER =
            new Key<>("fetch", "user", Kind.USER, "", LIVE, "0.1", "The name to sign in by there.");

    static final Key<String> FETCH_PASSWORD =
            new Key<>(
                    "fetch",
                    "password",
                    Kind.PATH,
                    "",
                    LIVE,
                    "0.1",
                    "A file with the password for it, on one line; let nobody else read it.");

    static final Key<List<String>> FETCH_DOMAINS =
            new Key<>(
                    "fetch",
                    "domains",
                    Kind.DOMAINS,
                    "",
                    LIVE,
                    "0.1",
                    "Whose letters are asked for, such as [\"example.org\"]; without it all that"
                            + " the account may have. \"etrn\" has to name them.");

    static final Key<Duration> FETCH_EVERY =
            new Key<>(
                    "fetch",
                    "every",
                    Kind.TIME,
                    "",
                    LIVE,
                    "0.1",
                    "How often, such as \"15m\"; without it when `postroom queue fetch` says so, as"
                            + " a script does once the line is up.");

    static final Key<String> PROFILE_ACCOUNT =
            new Key<>(
                    "ftp-profile",
                    "account",
                    Kind.USER,
                    "",
                    LIVE,
                    "0.1",
                    "Whose sessions by FTP: an account's address, or \"*\" for all that have no"
                            + " profile of their own.");

    static final Key<List<Network>> PROFILE_CLEAR =
            new Key<>(
                    "ftp-profile",
                    "clear-text-from",
                    Kind.NETWORKS,
                    "",
                    LIVE,
                    "0.1",
                    "Networks, such as [\"192.168.7.0/24\"], from where password and files may"
                        + " cross in clear text: for cameras, scanners and controllers that know"
                        + " nothing else.");

    static final Key<Boolean> PROFILE_RESUMPTION =
            new Key<>(
                    "ftp-profile",
                    "demand-resumption",
                    Kind.TRUTH,
                    "",
                    LIVE,
                    "0.1",
                    "true where a data connection under TLS has to resume the session of the"
                            + " control connection; many clients can't.");

    static final Key<Long> PROFILE_RATE =
            new Key<>(
                    "ftp-profile",
                    "rate",
                    Kind.SIZE_OR_NONE,
                    "",
                    LIVE,
                    "0.1",
                    "The most octets a second of a transfer, such as \"2 MiB\"; without it no"
                            + " limit.");

    static final Key<Integer> PROFILE_SESSIONS =
            new Key<>(
                    "ftp-profile",
                    "sessions",
                    Kind.number(1, 100_000),
                    "",
                    LIVE,
                    "0.1",
                    "How many sessions at once; without it as many as [limits] allow.");

    static final Key<Boolean> PROFILE_DOS =
            new Key<>(
                    "ftp-profile",
                    "dos-lists",
                    Kind.TRUTH,
                    "",
                    LIVE,
                    "0.1",
                    "true where LIST has to look like DIR of MS-DOS, for programs that read no"
                            + " other.");

    static final Key<Boolean> MARK_READ =
            new Key<>(
                    "pop3",
                    "mark-read",
                    Kind.TRUTH,
                    "true",
                    LIVE,
                    "0.1",
                    "true where a letter that was collected by POP3 and left here is marked as read"
                            + " for IMAP.");

    static final Key<Boolean> KEEP =
            new Key<>(
                    "pop3",
                    "keep",
                    Kind.TRUTH,
                    "true",
                    LIVE,
                    "0.1",
                    "false where letters go once they were collected, whether the client says so or"
                            + " not (EXPIRE 0).");

    static final Key<Duration> LOGIN_DELAY =
            new Key<>(
                    "pop3",
                    "login-delay",
                    Kind.TIME,
                    "\"0s\"",
                    LIVE,
                    "0.1",
                    "How long after a session the account's next one may begin.");

    static final Key<String> IMAP_ACCOUNT =
            new Key<>(
                    "imap-profile",
                    "account",
                    Kind.USER,
                    "",
                    LIVE,
                    "0.1",
                    "Whose sessions by IMAP: an account's address, or \"*\" for all.");

    static final Key<List<String>> IMAP_HIDE =
            new Key<>(
                    "imap-profile",
                    "hide",
                    Kind.CAPABILITIES,
                    "",
                    LIVE,
                    "0.1",
                    "Capabilities that its clients don't hear of, such as [\"QRESYNC\"], where a"
                            + " program breaks that uses them.");

    static final Key<List<String>> IMAP_SHOW =
            new Key<>(
                    "imap-profile",
                    "show",
                    Kind.CAPABILITIES,
                    "",
                    LIVE,
                    "0.1",
                    "Capabilities that are hidden from all others: [\"UIDONLY\"].");

    /// All of them, in the order of the sample.
    public static final List<Key<?>> ALL =
            List.of(
                    NAME,
                    LISTEN,
                    PORT_OFFSET,
                    PROXIES,
                    CERTIFICATE,
                    KEY,
                    CONNECTIONS,
                    PER_ADDRESS,
                    LINE,
                    MESSAGE,
                    QUOTA,
                    HISTORY,
                    TURN,
                    SPEAK,
                    PASSIVE_PORTS,
                    ANONYMOUS,
                    ANONYMOUS_COMMANDS,
                    ANONYMOUS_DROP_BOX,
                    SIGN_UP,
                    LOG_FORMAT,
                    LOG_TRANSFERS,
                    LOG_ACCESS,
                    DNS_SERVERS,
                    KEEP_FOR,
                    WARN_AFTER,
                    ROUTE_DOMAIN,
                    ROUTE_HOST,
                    ROUTE_PORT,
                    ROUTE_TLS,
                    ROUTE_USER,
                    ROUTE_PASSWORD,
                    ROUTE_ACCEPT,
                    ROUTE_COLLECTED_BY,
                    FETCH_HOST,
                    FETCH_BY,
                    FETCH_PORT,
                    FETCH_TLS,
                    FETCH_USER,
                    FETCH_PASSWORD,
                    FETCH_DOMAINS,
                    FETCH_EVERY,
                    PROFILE_ACCOUNT,
                    PROFILE_CLEAR,
                    PROFILE_RESUMPTION,
                    PROFILE_RATE,
                    PROFILE_SESSIONS,
                    PROFILE_DOS,
                    MARK_READ,
                    KEEP,
                    LOGIN_DELAY,
                    IMAP_ACCOUNT,
                    IMAP_HIDE,
                    IMAP_SHOW);

    /// What a table is about, for the sample.
    static String about(String table) {
        return switch (table) {
            case "server" -> "Who this server is and where it listens.";
            case "tls" -> "What it proves itself with.";
            case "limits" -> "What it allows its callers.";
            case "store" -> "What it keeps.";
            case "smtp" -> "What others may say by SMTP.";
            case "ftp" -> "Files.";
            case "http" -> "The pages.";
            case "log" -> "What it writes down.";
            case "dns" -> "Where it looks names up.";
            case "queue" -> "Letters that wait for another server.";
            case "route" -> "Letters for elsewhere. There may be several of these tables.";
            case "ftp-profile" ->
                    "What holds for some sessions by FTP. There may be several of these tables.";
            case "pop3" -> "Letters that are collected by POP3.";
            case "imap-profile" ->
                    "What IMAP can do for some accounts. There may be several of these tables.";
            case "fetch" ->
                    "Letters for here that wait at another server. There may be several of these"
                            + " tables.";
            default -> throw new IllegalArgumentException(table);
        };
    }

    /// Whether there may be several of a table: `[[route]]`.
    static boolean isMany(String table) {
        return switch (table) {
            case "route", "fetch", "ftp-profile", "imap-profile" -> true;
            default -> false;
        };
    }

    static List<Key<?>> of(String table) {
        return ALL.stream().filter(key -> key.table().equals(table)).toList();
    }

    static List<String> tables() {
        return ALL.stream().map(Key::table).distinct().toList();
    }
}
