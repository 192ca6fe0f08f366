package org.postroom.ftp;

import org.postroom.ftp.Command.Abor;
import org.postroom.ftp.Command.Acct;
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
import org.postroom.ftp.Command.List;
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
import org.postroom.ftp.Command.Port;
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
import org.postroom.ftp.Type.Ascii;
import org.postroom.ftp.Type.Ebcdic;
import org.postroom.ftp.Type.Form;
import org.postroom.ftp.Type.Image;
import org.postroom.ftp.Type.Local;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads and prints what is said, one method a production, its BNF above it. Knows no session.
public final class Grammar {

    private static final Set<String> TLS = Set.of("TLS", "TLS-C", "SSL");
    private static final int MOST_SOURCES = 100; // of COMB

    private final Line heard;
    private final String line;
    private int at;

    private Grammar(Line heard) throws Refusal {
        if (heard.isTooLong()) throw new Refusal(Reply.LINE_TOO_LONG);
        this.heard = heard;
        this.line = heard.text();
        heard.conceal(0);
    }

    /// RFC 959 §5.3.1: a verb, and arguments behind a space
    public static Command command(Line heard) throws Refusal {
        var in = new Grammar(heard);
        var command =
                switch (in.verb()) {
                    case USER -> new User(in.string());
                    case PASS -> new Pass(in.password());
                    case ACCT -> new Acct(in.password());
                    case CWD -> new Cwd(in.pathname());
                    case CDUP -> new Cdup();
                    case QUIT -> new Quit();
                    case PORT -> new Port(in.hostPort());
                    case PASV -> new Pasv();
                    case TYPE -> new SetType(in.typeCode());
                    case STRU -> new SetStructure(in.structureCode());
                    case MODE -> new SetMode(in.modeCode());
                    case RETR -> new Retr(in.pathname());
                    case STOR -> new Stor(in.pathname());
                    case APPE -> new Appe(in.pathname());
                    case ALLO -> in.allo();
                    case REST -> new Rest(in.marker());
                    case RNFR -> new Rnfr(in.pathname());
                    case RNTO -> new Rnto(in.pathname());
                    case ABOR -> new Abor();
                    case DELE -> new Dele(in.pathname());
                    case RMD -> new Rmd(in.pathname());
                    case MKD -> new Mkd(in.pathname());
                    case PWD -> new Pwd();
                    case LIST -> new List(in.listed());
                    case NLST -> new Nlst(in.listed());
                    case SYST -> new Syst();
                    case STAT -> new Stat(in.listed());
                    case HELP -> new Help(in.optionalPathname());
                    case NOOP -> in.noop();
                    case AUTH -> in.auth();
                    case PROT -> new Prot(in.protCode());
                    case PBSZ -> new Pbsz(in.sp().decimalInteger(0xffff_ffffL));
                    case FEAT -> new Feat();
                    case OPTS -> in.opts();
                    case EPRT -> new Eprt(in.netPort());
                    case EPSV -> in.epsv();
                    case MDTM -> new Mdtm(in.pathname());
                    case SIZE -> new Size(in.pathname());
                    case MLST -> new Mlst(in.optionalPathname());
                    case MLSD -> new Mlsd(in.optionalPathname());
                    case REIN -> new Command.Rein();
                    case STOU -> in.stou();
                    case SITE -> in.site();
                    case LANG ->
                            new Command.Lang(
                                    in.atEnd() ? Optional.empty() : Optional.of(in.sp().word()));
                    case HOST -> new Command.Host(in.hostname());
                    case HASH -> new Command.Hash(in.pathname());
                    case RANG -> in.rang();
                    case XCRC -> in.checksum(Digest.CRC32);
                    case XMD5 -> in.checksum(Digest.MD5);
                    case XSHA1 -> in.checksum(Digest.SHA_1);
                    case XSHA256 -> in.checksum(Digest.SHA_256);
                    case XSHA512 -> in.checksum(Digest.SHA_512);
                    case MFMT -> new Command.Mfmt(in.timeVal(), in.pathname());
                    case MFF -> new Command.Mff(in.mffFacts(), in.pathname());
                    case AVBL -> new Command.Avbl(in.optionalPathname());
                    case DSIZ -> new Command.Dsiz(in.optionalPathname());
                    case RMDA -> new Command.Rmda(in.pathname());
                    case COMB -> in.comb();
                    case CSID -> new Command.Introduction(in.string(), true);
                    case CLNT -> new Command.Introduction(in.string(), false);
                    case SMNT -> throw new Refusal(Reply.NOT_IMPLEMENTED);
                    // RFC 2228 §3: TLS has no use for it
                    case ADAT -> throw new Refusal(Reply.NO_SECURITY_DATA);
                    case MIC, CONF, ENC -> throw new Refusal(Reply.NO_SUCH_PROTECTION);
                    case CCC -> throw new Refusal(Reply.STAYS_SECURED); // RFC 4217 §12.3
                };
        in.end();
        heard.reveal();
        return command;
    }

    /// What [#command] reads: the client's half.
    public static Line print(Command command) {
        return switch (command) {
            case User(var name) -> line("USER", name);
            case Pass(var password) -> secret("PASS ", octets(password.reveal()));
            case Acct(var information) -> secret("ACCT ", octets(information.reveal()));
            case Cwd(var path) -> line("CWD", path);
            case Cdup() -> Line.of("CDUP");
            case Quit() -> Line.of("QUIT");
            case Port(var address) -> line("PORT", hostPort(address));
            case Pasv() -> Line.of("PASV");
            case SetType(var type) -> line("TYPE", typeCode(type));
            case SetStructure(var structure) -> Line.of("STRU " + structure.code);
            case SetMode(var mode) -> Line.of("MODE " + mode.code);
            case Retr(var path) -> line("RETR", path);
            case Stor(var path) -> line("STOR", path);
            case Appe(var path) -> line("APPE", path);
            case Allo(long size, var largest) ->
                    Line.of(
                            "ALLO "
                                    + size
                                    + (largest.isPresent() ? " R " + largest.getAsLong() : ""));
            case Rest(var marker) -> Line.of("REST " + marker);
            case Rnfr(var path) -> line("RNFR", path);
            case Rnto(var path) -> line("RNTO", path);
            case Abor() -> Line.of("ABOR");
            case Dele(var path) -> line("DELE", path);
            case Rmd(var path) -> line("RMD", path);
            case Mkd(var path) -> line("MKD", path);
            case Pwd() -> Line.of("PWD");
            case List(var path) -> line("LIST", path.map(Grammar::noOption));
            case Nlst(var path) -> line("NLST", path.map(Grammar::noOption));
            case Syst() -> Line.of("SYST");
            case Stat(var path) -> line("STAT", path.map(Grammar::noOption));
            case Help(var topic) -> line("HELP", topic);
            case Noop() -> Line.of("NOOP");
            case Auth() -> Line.of("AUTH TLS");
            case Prot(var level) -> Line.of("PROT " + level.code);
            case Pbsz(long size) -> Line.of("PBSZ " + size);
            case Feat() -> Line.of("FEAT");
            case OptsMlst(var facts) ->
                    line(
                            "OPTS MLST",
                            facts.isEmpty() ? Optional.empty() : Optional.of(Fact.list(facts)));
            case OptsUtf8() -> Line.of("OPTS UTF8 ON");
            case Eprt(var address) ->
                    line(
                            "EPRT",
                            "|"
                                    + Net.of(address.getAddress()).number
                                    + "|"
                                    + address.getAddress().getHostAddress()
                                    + "|"
                                    + address.getPort()
                                    + "|");
            case Epsv(var net) -> line("EPSV", net.map(it -> Integer.toString(it.number)));
            case EpsvAll() -> Line.of("EPSV ALL");
            case Mdtm(var path) -> line("MDTM", path);
            case Size(var path) -> line("SIZE", path);
            case Mlst(var path) -> line("MLST", path);
            case Mlsd(var path) -> line("MLSD", path);
            case Command.Rein() -> Line.of("REIN");
            case Command.Stou() -> Line.of("STOU");
            case Command.Lang(var tag) -> line("LANG", tag);
            case Command.Host(var name) -> line("HOST", name);
            case Command.Hash(var path) -> line("HASH", path);
            case Command.OptsHash(var digest) -> line("OPTS HASH", digest.map(it -> it.label));
            case Command.Rang(long start, long end) -> Line.of("RANG " + start + " " + end);
            case Command.Checksum(var digest, var path, long start, var end) ->
                    line(digest.verb.name(), quoted(path) + " " + start + range(end));
            case Command.Mfmt(var time, var path) -> line("MFMT", Entry.timeVal(time) + " " + path);
            case Command.Mff(var time, var path) ->
                    line("MFF", "Modify=" + Entry.timeVal(time) + "; " + path);
            case Command.Avbl(var path) -> line("AVBL", path);
            case Command.Dsiz(var path) -> line("DSIZ", path);
            case Command.Rmda(var path) -> line("RMDA", path);
            case Command.Comb(var target, var sources) ->
                    line("COMB", quoted(target) + quoted(sources));
            case Command.Introduction(var client, boolean answered) ->
                    line(answered ? "CSID" : "CLNT", client);
            case Command.SiteHelp() -> Line.of("SITE HELP");
            case Command.SiteUtime(var time, var path) ->
                    line("SITE UTIME", Entry.timeVal(time) + " " + path);
            case Command.SiteCpfr(var path) -> line("SITE CPFR", path);
            case Command.SiteCpto(var path) -> line("SITE CPTO", path);
            case Command.SiteVersions(var path) -> line("SITE VERSIONS", path);
            case Command.SiteRestore(var time, var path) ->
                    line("SITE RESTORE", Entry.timeVal(time) + " " + path);
        };
    }

    // ---- printing

    private static Line line(String verb, String argument) {
        return Line.of(verb + " " + octets(argument));
    }

    private static Line line(String verb, Optional<String> argument) {
        return argument.map(it -> line(verb, it)).orElse(Line.of(verb));
    }

    private static Line secret(String start, String secret) {
        String text = start + secret;
        return Line.of(text).secret(start.length(), text.length());
    }

    /// UTF-8, an octet a character, as a [Line] has it.
    private static String octets(String text) {
        return NameOctets.octets(text);
    }

    private static String range(OptionalLong end) {
        return end.isPresent() ? " " + end.getAsLong() : "";
    }

    /// In quotes, those in it doubled.
    private static String quoted(String path) {
        return '"' + path.replace("\"", "\"\"") + '"';
    }

    private static String quoted(java.util.List<String> paths) {
        var all = new StringBuilder();
        for (var path : paths) all.append(' ').append(quoted(path));
        return all.toString();
    }

    /// A path that a server could take for an option of ls ([Tolerance#LIST_OPTIONS]).
    private static String noOption(String path) {
        return path.startsWith("-") ? "-- " + path : path;
    }

    static String hostPort(InetSocketAddress address) {
        int port = address.getPort();
        String host = address.getAddress().getHostAddress().replace('.', ',');
        return host + "," + (port >> 8) + "," + (port & 255);
    }

    private static String typeCode(Type type) {
        return switch (type) {
            case Ascii(var form) -> form == Form.NON_PRINT ? "A" : "A " + form.code;
            case Ebcdic(var form) -> form == Form.NON_PRINT ? "E" : "E " + form.code;
            case Image() -> "I";
            case Local(int byteSize) -> "L " + byteSize;
        };
    }

    // ---- reading

    // RFC 959 §5.3: "The command codes are four or fewer alphabetic characters. Upper and lower
    // case
    // alphabetic characters are to be treated identically."
    private Verb verb() throws Refusal {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        at = word.length();
        var verb = verb(word);
        heard.conceal(at);
        return verb;
    }

    private static Verb verb(String word) throws Refusal {
        for (var verb : Verb.values()) if (verb.name().equalsIgnoreCase(word)) return verb;
        var verb = Tolerance.X_VERBS.get(word.toUpperCase(Locale.ROOT));
        if (verb == null) throw new Refusal(Reply.UNKNOWN_COMMAND);
        return verb;
    }

    // RFC 959 §5.3.2: <string> ::= <char> | <char><string>; UTF-8 by RFC 2640 §3.1
    private String string() throws Refusal {
        return utf8(Reply.BAD_SYNTAX);
    }

    // RFC 959 §5.3.2: <password>, <account-information> ::= <string>
    private Secret password() throws Refusal {
        int from = Math.min(at + 1, line.length());
        heard.secret(from, line.length());
        return new Secret(string());
    }

    // RFC 959 §5.3.2: <pathname> ::= <string>; RFC 2640 §3.1: UTF-8; a blank, leading or trailing,
    // is
    // part of it (TRAPS F22)
    private String pathname() throws Refusal {
        return utf8(Reply.BAD_PATH);
    }

    /// The rest of the line, which is not empty.
    private String utf8(Reply otherwise) throws Refusal {
        sp();
        String octets = line.substring(at);
        at = line.length();
        return utf8(octets, otherwise);
    }

    private static String utf8(String octets, Reply otherwise) throws Refusal {
        if (octets.isEmpty()) throw new Refusal(Reply.BAD_SYNTAX);
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c == 0 || c == '\r' || c == '\n') throw new Refusal(otherwise); // TRAPS F3
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(otherwise);
        }
    }

    private Optional<String> optionalPathname() throws Refusal {
        return atEnd() ? Optional.empty() : Optional.of(pathname());
    }

    /// As [#optionalPathname], behind options of ls ([Tolerance#LIST_OPTIONS]).
    private Optional<String> listed() throws Refusal {
        while (line.startsWith(" -", at)) {
            int end = line.indexOf(' ', at + 1);
            String option = line.substring(at + 1, end < 0 ? line.length() : end);
            at += 1 + option.length();
            if (option.equals("--")) break;
        }
        return optionalPathname();
    }

    /// Whether there is nothing behind the verb but at most one blank.
    private boolean atEnd() {
        return at == line.length() || (at + 1 == line.length() && line.charAt(at) == ' ');
    }

    // RFC 959 §5.3.2: <host-port> ::= <host-number>,<port-number>; six numbers, 0 to 255 (TRAPS F8)
    private InetSocketAddress hostPort() throws Refusal {
        sp();
        return hostPort(word());
    }

    /// Also the client's, for what PASV answers.
    static InetSocketAddress hostPort(String text) throws Refusal {
        var fields = text.split(",", -1);
        if (fields.length != 6) throw new Refusal(Reply.BAD_SYNTAX);
        var numbers = new int[6];
        for (int i = 0; i < 6; i++) numbers[i] = (int) number(fields[i], 255);
        var host = new byte[4];
        for (int i = 0; i < 4; i++) host[i] = (byte) numbers[i];
        return new InetSocketAddress(address(host), numbers[4] << 8 | numbers[5]);
    }

    // RFC 2428 §2: EPRT<space><d><net-prt><d><net-addr><d><tcp-port><d>
    private InetSocketAddress netPort() throws Refusal {
        sp();
        String text = word();
        if (text.isEmpty()) throw new Refusal(Reply.BAD_SYNTAX);
        char d = text.charAt(0); // RFC 2428 §2: one of ASCII 33 to 126
        var fields = fields(text, d);
        long net = number(fields[0], 65_535);
        var address =
                switch ((int) net) {
                    case 1 -> ipv4(fields[1]);
                    case 2 -> ipv6(fields[1]);
                    default -> throw new Refusal(Reply.NET_NOT_SUPPORTED);
                };
        return new InetSocketAddress(address, (int) number(fields[2], 65_535));
    }

    /// The three between four delimiters. Also the client's, for what EPSV answers.
    static String[] fields(String text, char d) throws Refusal {
        if (d < 33 || d > 126 || text.length() < 4 || text.charAt(text.length() - 1) != d)
            throw new Refusal(Reply.BAD_SYNTAX);
        int second = text.indexOf(d, 1);
        int third = text.indexOf(d, second + 1);
        if (third < 0 || text.indexOf(d, third + 1) != text.length() - 1)
            throw new Refusal(Reply.BAD_SYNTAX);
        return new String[] {
            text.substring(1, second),
            text.substring(second + 1, third),
            text.substring(third + 1, text.length() - 1)
        };
    }

    private static InetAddress ipv4(String text) throws Refusal {
        var fields = text.split("\\.", -1);
        if (fields.length != 4) throw new Refusal(Reply.BAD_SYNTAX);
        var host = new byte[4];
        for (int i = 0; i < 4; i++) host[i] = (byte) number(fields[i], 255);
        return address(host);
    }

    private static InetAddress ipv6(String text) throws Refusal {
        for (int i = 0; i < text.length(); i++)
            if ("0123456789abcdefABCDEF:.".indexOf(text.charAt(i)) < 0)
                throw new Refusal(Reply.BAD_SYNTAX);
        try {
            var address = Inet6Address.ofLiteral(text);
            if (address instanceof Inet4Address)
                throw new Refusal(Reply.BAD_SYNTAX); // ::ffff:1.2.3.4
            return address;
        } catch (IllegalArgumentException e) {
            throw new Refusal(Reply.BAD_SYNTAX);
        }
    }

    private static InetAddress address(byte[] host) {
        try {
            return InetAddress.getByAddress(host);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    // RFC 2428 §3: EPSV, EPSV<space><net-prt>, EPSV<space>ALL
    private Command epsv() throws Refusal {
        if (atEnd()) return new Epsv(Optional.empty());
        sp();
        String word = word();
        if (word.equalsIgnoreCase("ALL")) return new EpsvAll();
        long number = number(word, 65_535);
        for (var net : Net.values()) if (net.number == number) return new Epsv(Optional.of(net));
        throw new Refusal(Reply.NET_NOT_SUPPORTED);
    }

    // RFC 959 §5.3.2: <type-code> ::= A [<sp> <form-code>] | E [<sp> <form-code>] | I | L <sp>
    // <byte-size>
    private Type typeCode() throws Refusal {
        return switch (letter()) {
            case 'A' -> new Ascii(formCode());
            case 'E' -> new Ebcdic(formCode());
            case 'I' -> new Image();
            case 'L' -> {
                int byteSize = (int) sp().decimalInteger(255);
                if (byteSize == 0) throw new Refusal(Reply.BAD_SYNTAX);
                yield new Local(byteSize);
            }
            default -> throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
        };
    }

    // RFC 959 §5.3.2: <form-code> ::= N | T | C
    private Form formCode() throws Refusal {
        if (atEnd()) return Form.NON_PRINT;
        char code = letter();
        for (var form : Form.values()) if (form.code == code) return form;
        throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
    }

    // RFC 959 §5.3.2: <structure-code> ::= F | R | P
    private Structure structureCode() throws Refusal {
        char code = letter();
        for (var structure : Structure.values()) if (structure.code == code) return structure;
        throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
    }

    // RFC 959 §5.3.2: <mode-code> ::= S | B | C
    private Mode modeCode() throws Refusal {
        char code = letter();
        for (var mode : Mode.values()) if (mode.code == code) return mode;
        throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
    }

    // RFC 2228 §8.1: <prot-code> ::= C | S | E | P
    private Protection protCode() throws Refusal {
        char code = letter();
        for (var level : Protection.values()) if (level.code == code) return level;
        throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
    }

    /// One letter behind a space, in upper case.
    private char letter() throws Refusal {
        sp();
        String word = word();
        if (word.length() != 1) throw new Refusal(Reply.BAD_SYNTAX);
        return Character.toUpperCase(word.charAt(0));
    }

    // RFC 959 §5.3.1: ALLO <SP> <decimal-integer> [<SP> R <SP> <decimal-integer>]
    private Allo allo() throws Refusal {
        long size = sp().decimalInteger(Long.MAX_VALUE);
        if (atEnd()) return new Allo(size, OptionalLong.empty());
        if (letter() != 'R') throw new Refusal(Reply.BAD_SYNTAX);
        return new Allo(size, OptionalLong.of(sp().decimalInteger(Long.MAX_VALUE)));
    }

    // RFC 4217 §17: TLS, or its synonym TLS-C; SSL is Tolerance.AUTH_SSL
    private Auth auth() throws Refusal {
        sp();
        String mechanism = word();
        if (TLS.contains(mechanism.toUpperCase(Locale.ROOT))) return new Auth();
        throw new Refusal(Reply.UNKNOWN_MECHANISM);
    }

    // RFC 959 §5.3.2: <marker> ::= <pr-string>, printable characters 33 to 126; one that looks like
    // a
    // number is one (TRAPS F8)
    private String marker() throws Refusal {
        sp();
        String marker = word();
        if (marker.isEmpty()) throw new Refusal(Reply.BAD_SYNTAX);
        if (marker.charAt(0) <= '9') return Long.toString(number(marker, Long.MAX_VALUE));
        for (int i = 0; i < marker.length(); i++)
            if (marker.charAt(i) < 33 || marker.charAt(i) > 126)
                throw new Refusal(Reply.BAD_SYNTAX);
        return marker;
    }

    // RFC 7151 §3.1: a domain name, or an address in brackets
    private String hostname() throws Refusal {
        sp();
        String name = word();
        for (int i = 0; i < name.length(); i++)
            if (name.charAt(i) < 33 || name.charAt(i) > 126) throw new Refusal(Reply.BAD_SYNTAX);
        if (name.isEmpty() || name.length() > 255) throw new Refusal(Reply.BAD_SYNTAX);
        return name;
    }

    // draft-bryan-ftp-range: RANG start end; both belong to it, and 1 0 takes it back
    private Command rang() throws Refusal {
        long start = sp().decimalInteger(Long.MAX_VALUE);
        long end = sp().decimalInteger(Long.MAX_VALUE);
        if (start > end && (start != 1 || end != 0)) throw new Refusal(Reply.BAD_SYNTAX);
        return new Command.Rang(start, end);
    }

    // By custom: the path in quotes, or to the line's end; behind quotes a range
    private Command checksum(Digest digest) throws Refusal {
        if (!line.startsWith(" \"", at))
            return new Command.Checksum(digest, pathname(), 0, OptionalLong.empty());
        String path = quotedPath();
        long start = atEnd() ? 0 : sp().decimalInteger(Long.MAX_VALUE);
        var end =
                atEnd()
                        ? OptionalLong.empty()
                        : OptionalLong.of(sp().decimalInteger(Long.MAX_VALUE));
        return new Command.Checksum(digest, path, start, end);
    }

    private String quotedPath() throws Refusal {
        sp();
        if (!line.startsWith("\"", at)) throw new Refusal(Reply.BAD_SYNTAX);
        var path = new StringBuilder();
        for (at++; at < line.length(); at++) {
            if (line.charAt(at) == '"') {
                if (!line.startsWith("\"\"", at)) break;
                at++;
            }
            path.append(line.charAt(at));
        }
        if (at == line.length() || path.isEmpty()) throw new Refusal(Reply.BAD_SYNTAX);
        at++;
        return utf8(path.toString(), Reply.BAD_PATH);
    }

    // draft-peterson-streamlined §5: COMB target source [source …], each in quotes if need be
    private Command comb() throws Refusal {
        String target = quotedOrWord();
        var sources = new java.util.ArrayList<String>();
        while (!atEnd() && sources.size() <= MOST_SOURCES) sources.add(quotedOrWord());
        if (sources.isEmpty() || sources.size() > MOST_SOURCES) throw new Refusal(Reply.BAD_SYNTAX);
        return new Command.Comb(target, sources);
    }

    private String quotedOrWord() throws Refusal {
        if (line.startsWith(" \"", at)) return quotedPath();
        sp();
        String word = word();
        if (word.isEmpty()) throw new Refusal(Reply.BAD_SYNTAX);
        return utf8(word, Reply.BAD_PATH);
    }

    // RFC 3659 §2.3: time-val
    private java.time.Instant timeVal() throws Refusal {
        sp();
        return timeVal(word());
    }

    private static java.time.Instant timeVal(String text) throws Refusal {
        return Entry.time(text).orElseThrow(() -> new Refusal(Reply.BAD_SYNTAX));
    }

    // draft-somers-ftp-mfxx §5: 1*( factname "=" value ";" ); of which one can be changed here
    private java.time.Instant mffFacts() throws Refusal {
        sp();
        String facts = word();
        if (!facts.endsWith(";")) throw new Refusal(Reply.BAD_SYNTAX);
        int equals = facts.indexOf('=');
        if (equals < 0 || facts.indexOf(';') != facts.length() - 1)
            throw new Refusal(Reply.BAD_SYNTAX);
        if (!facts.substring(0, equals).equalsIgnoreCase(Fact.MODIFY.label))
            throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
        return timeVal(facts.substring(equals + 1, facts.length() - 1));
    }

    // RFC 959 §4.1.3, SITE: what is particular to this server
    private Command site() throws Refusal {
        sp();
        return switch (word().toUpperCase(Locale.ROOT)) {
            case "HELP" -> new Command.SiteHelp();
            case "UTIME" -> new Command.SiteUtime(timeVal(), pathname());
            case "CPFR" -> new Command.SiteCpfr(pathname());
            case "CPTO" -> new Command.SiteCpto(pathname());
            case "VERSIONS" -> new Command.SiteVersions(pathname());
            case "RESTORE" -> new Command.SiteRestore(timeVal(), pathname());
            default -> throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
        };
    }

    private Command optsHash() throws Refusal {
        if (atEnd()) return new Command.OptsHash(Optional.empty());
        String name = sp().word();
        for (var digest : Digest.values())
            if (digest.label.equalsIgnoreCase(name))
                return new Command.OptsHash(Optional.of(digest));
        throw new Refusal(Reply.PARAMETER_NOT_IMPLEMENTED);
    }

    // RFC 2389 §4: opts = "opts" SP command-name [ SP command-options ]
    private Command opts() throws Refusal {
        sp();
        String name = word().toUpperCase(Locale.ROOT);
        if (name.equals("MLST")) return new OptsMlst(facts());
        if (name.equals("HASH")) return optsHash();
        if (name.equals("UTF8") || name.equals("UTF-8")) { // Tolerance.OPTS_UTF8
            sp();
            if (word().equalsIgnoreCase("ON")) return new OptsUtf8();
        }
        throw new Refusal(Reply.BAD_SYNTAX);
    }

    // RFC 3659 §7.9: [ SP 1*( factname ";" ) ]
    private Set<Fact> facts() throws Refusal {
        var facts = EnumSet.noneOf(Fact.class);
        if (atEnd()) return facts;
        sp();
        String list = word();
        if (!list.endsWith(";")) throw new Refusal(Reply.BAD_SYNTAX);
        for (var name : list.split(";", -1))
            for (var fact : Fact.values()) if (fact.label.equalsIgnoreCase(name)) facts.add(fact);
        return facts;
    }

    /// What a client would like the file to be called ([Tolerance#STOU_NAME]) does not count.
    private Command stou() {
        at = line.length();
        return new Command.Stou();
    }

    /// NOOP affects nothing, whatever stands behind it.
    private Noop noop() {
        at = line.length();
        return new Noop();
    }

    /// Up to the next blank.
    private String word() {
        int from = at;
        while (at < line.length() && line.charAt(at) != ' ') at++;
        return line.substring(from, at);
    }

    // RFC 959 §5.3.2: <decimal-integer> ::= any decimal integer; no sign and no wrap (TRAPS F8)
    private long decimalInteger(long most) throws Refusal {
        return number(word(), most);
    }

    static long number(String digits, long most) throws Refusal {
        if (digits.isEmpty() || digits.length() > 19) throw new Refusal(Reply.BAD_SYNTAX);
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > (most - digit) / 10)
                throw new Refusal(Reply.BAD_SYNTAX);
            number = number * 10 + digit;
        }
        return number;
    }

    private Grammar sp() throws Refusal {
        if (at == line.length() || line.charAt(at) != ' ') throw new Refusal(Reply.BAD_SYNTAX);
        at++;
        return this;
    }

    // Blanks at the end are forgiven where no path could hold them: old clients send them
    private void end() throws Refusal {
        while (at < line.length() && line.charAt(at) == ' ') at++;
        if (at < line.length()) throw new Refusal(Reply.BAD_SYNTAX);
    }
}
