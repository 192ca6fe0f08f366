package org.postroom.home;

import static org.postroom.home.Takes.LIVE;
import static org.postroom.home.Takes.RESTART;

import org.postroom.ftp.Verb;
import org.postroom.logbook.Format;
import org.postroom.queue.Route;
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
                    PASSIVE_PORTS,
                    ANONYMOUS,
                    ANONYMOUS_COMMANDS,
                    ANONYMOUS_DROP_BOX,
                    LOG_FORMAT,
                    LOG_TRANSFERS,
                    DNS_SERVERS,
                    KEEP_FOR,
                    WARN_AFTER,
                    ROUTE_DOMAIN,
                    ROUTE_HOST,
                    ROUTE_PORT,
                    ROUTE_TLS,
                    ROUTE_USER,
                    ROUTE_PASSWORD);

    /// What a table is about, for the sample.
    static String about(String table) {
        return switch (table) {
            case "server" -> "Who this server is and where it listens.";
            case "tls" -> "What it proves itself with.";
            case "limits" -> "What it allows its callers.";
            case "store" -> "What it keeps.";
            case "ftp" -> "Files.";
            case "log" -> "What it writes down.";
            case "dns" -> "Where it looks names up.";
            case "queue" -> "Letters that wait for another server.";
            case "route" -> "Letters for elsewhere. There may be several of these tables.";
            default -> throw new IllegalArgumentException(table);
        };
    }

    /// Whether there may be several of a table: `[[route]]`.
    static boolean isMany(String table) {
        return table.equals("route");
    }

    static List<Key<?>> of(String table) {
        return ALL.stream().filter(key -> key.table().equals(table)).toList();
    }

    static List<String> tables() {
        return ALL.stream().map(Key::table).distinct().toList();
    }
}
