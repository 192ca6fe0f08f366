package org.postroom.smtp;

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
import org.postroom.smtp.Parameters.Param;
import org.postroom.wire.Line;
import org.postroom.wire.Octets;
import org.postroom.wire.Secret;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads and prints what is said, one method a production, the ABNF above it. Knows no session.
public final class Grammar {

    // RFC 5321 §4.5.3.1
    private static final int LOCAL_PART = 64;
    private static final int DOMAIN = 255;
    private static final int LABEL = 63; // RFC 1035 §2.3.4
    private static final int PATH = 256;

    private static final String SMTPUTF8 = " SMTPUTF8";
    private static final int MOST_DOMAINS = 100; // of one ATRN
    private static final int LONGEST_NUMBER = 18; // digits that fit a long for certain

    private final Line heard;
    private String line;
    private final Set<Tolerance> tolerances;
    private Reply badMailbox = Reply.BAD_RECIPIENT;
    private int at;

    private Grammar(Line heard, Set<Tolerance> tolerances) throws Refusal {
        if (heard.isTooLong()) throw new Refusal(Reply.LINE_TOO_LONG);
        this.heard = heard;
        this.line = withoutTrailingBlanks(heard.text());
        this.tolerances = tolerances;
        heard.conceal(0);
    }

    /// Reads a command, with every tolerance.
    public static Command command(Line heard) throws Refusal {
        return command(heard, Tolerance.ALL);
    }

    /// Reads a command.
    ///
    /// @throws Refusal with the reply that the line deserves
    public static Command command(Line heard, Set<Tolerance> tolerances) throws Refusal {
        var in = new Grammar(heard, tolerances);
        var command =
                switch (in.verb()) {
                    case EHLO -> new Ehlo(in.heloName());
                    case HELO -> new Helo(in.heloName());
                    case MAIL -> new Mail(in.from(), in.mailParameters());
                    case RCPT -> in.rcpt();
                    case DATA -> new Data();
                    case RSET -> new Rset();
                    case VRFY -> in.vrfy();
                    case EXPN -> in.expn();
                    case HELP -> new Help(in.optionalString());
                    case NOOP -> in.noop();
                    case QUIT -> new Quit();
                    case SEND -> new Send(in.from());
                    case SOML -> new Soml(in.from());
                    case SAML -> new Saml(in.from());
                    case TURN -> new Turn();
                    case ETRN -> in.etrn();
                    case LHLO -> new Lhlo(in.heloName());
                    case ATRN -> in.atrn();
                    case BDAT -> in.bdat();
                    case STARTTLS -> new Starttls();
                    case AUTH -> in.auth();
                };
        in.end();
        heard.reveal();
        return command;
    }

    /// Reads an address that stands alone, as in VRFY's argument or a form: `a@b` or `<a@b>`.
    public static Address address(String text) throws Refusal {
        var in = new Grammar(Line.of(Octets.of(text.strip())), Tolerance.ALL);
        boolean bracketed = in.accept('<');
        var address = in.mailbox();
        if (bracketed) in.expect('>', Reply.BAD_RECIPIENT);
        if (in.at < in.line.length()) throw new Refusal(Reply.BAD_RECIPIENT);
        return address;
    }

    /// What [#command] reads: the client's half.
    public static Line print(Command command) {
        return switch (command) {
            case Ehlo(var name) -> Line.of("EHLO " + name);
            case Helo(var name) -> Line.of("HELO " + name);
            case Mail(var from, var parameters) ->
                    Line.of("MAIL FROM:" + print(from) + Parameters.print(parameters));
            case Rcpt(var to, var parameters) ->
                    Line.of("RCPT TO:" + print(to) + Parameters.print(parameters));
            case Data() -> Line.of("DATA");
            case Rset() -> Line.of("RSET");
            case Vrfy(var who, boolean utf8) -> Line.of("VRFY " + Octets.of(who) + utf8(utf8));
            case Expn(var list, boolean utf8) -> Line.of("EXPN " + Octets.of(list) + utf8(utf8));
            case Help(var topic) ->
                    Line.of("HELP" + topic.map(it -> " " + Octets.of(it)).orElse(""));
            case Noop() -> Line.of("NOOP");
            case Quit() -> Line.of("QUIT");
            case Send(var from) -> Line.of("SEND FROM:" + print(from));
            case Soml(var from) -> Line.of("SOML FROM:" + print(from));
            case Saml(var from) -> Line.of("SAML FROM:" + print(from));
            case Turn() -> Line.of("TURN");
            case Etrn(var scope, var node) -> Line.of("ETRN " + scope.option + node);
            case Lhlo(var name) -> Line.of("LHLO " + name);
            case Atrn(var domains) ->
                    Line.of(domains.isEmpty() ? "ATRN" : "ATRN " + String.join(",", domains));
            case Bdat(long octets, boolean last) ->
                    Line.of("BDAT " + octets + (last ? " LAST" : ""));
            case Starttls() -> Line.of("STARTTLS");
            case Auth(var mechanism, var initial) -> {
                String start = "AUTH " + mechanism;
                yield initial.map(secret -> secret(start + " ", secret)).orElse(Line.of(start));
            }
        };
    }

    private static String utf8(boolean wanted) {
        return wanted ? SMTPUTF8 : "";
    }

    private static String print(ReversePath path) {
        return switch (path) {
            case NullPath() -> "<>";
            case Address address -> "<" + Octets.of(address.toString()) + ">";
        };
    }

    private static String print(ForwardPath path) {
        return switch (path) {
            case Postmaster() -> "<Postmaster>";
            case Address address -> print((ReversePath) address);
        };
    }

    private static Line secret(String start, Secret secret) {
        String text = start + secret.reveal();
        return Line.of(text).secret(start.length(), text.length());
    }

    // RFC 5321 §4.1.1: verbs are in any case
    private Verb verb() throws Refusal {
        int space = line.indexOf(' ');
        String word = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        at = word.length();
        var verb = verb(word);
        heard.conceal(at);
        return verb;
    }

    private Verb verb(String said) throws Refusal {
        boolean colon = tolerances.contains(Tolerance.HELO_COLON) && said.endsWith("LO:");
        String word = colon ? said.substring(0, said.length() - 1) : said;
        if (tolerances.contains(Tolerance.SMOL_AND_SMAL)) {
            if (word.equals("SMOL")) return Verb.SOML;
            if (word.equals("SMAL")) return Verb.SAML;
        }
        for (var verb : Verb.values()) if (verb.name().equals(word)) return verb;
        throw new Refusal(Reply.UNKNOWN_COMMAND);
    }

    // RFC 5321 §4.1.1.1: helo = "HELO" SP Domain CRLF; ehlo = "EHLO" SP ( Domain / address-literal
    // )
    // CRLF
    private String heloName() throws Refusal {
        sp(Reply.BAD_SYNTAX);
        String name = line.substring(at);
        try {
            domainOrLiteral();
            if (at == line.length() && isAscii(name)) return name;
        } catch (Refusal odd) {
            // it may be tolerated
        }
        if (!tolerances.contains(Tolerance.ANY_HELO_NAME)
                || name.isEmpty()
                || name.length() > DOMAIN
                || !name.chars().allMatch(Grammar::isHarmlessInName))
            throw new Refusal(Reply.BAD_SYNTAX);
        at = line.length();
        return name;
    }

    // RFC 5321 §4.1.1.2: mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF
    private ReversePath from() throws Refusal {
        clause("FROM:");
        badMailbox = Reply.BAD_SENDER;
        return reversePath();
    }

    // RFC 5321 §4.1.1.3: rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" /
    // Forward-path ) [SP Rcpt-parameters] CRLF
    private Rcpt rcpt() throws Refusal {
        clause("TO:");
        return new Rcpt(forwardPath(), rcptParameters());
    }

    private void clause(String words) throws Refusal {
        sp(Reply.BAD_SYNTAX);
        if (!line.regionMatches(true, at, words, 0, words.length()))
            throw new Refusal(Reply.BAD_SYNTAX);
        at += words.length();
        while (peek() == ' ' && tolerances.contains(Tolerance.SPACE_AFTER_COLON)) at++;
    }

    // RFC 5321 §4.1.2: Reverse-path = Path / "<>"
    private ReversePath reversePath() throws Refusal {
        if (line.startsWith("<>", at)) {
            at += 2;
            return new NullPath();
        }
        return path();
    }

    // RFC 5321 §4.1.2: Forward-path = Path
    private ForwardPath forwardPath() throws Refusal {
        boolean bare = tolerances.contains(Tolerance.BARE_ADDRESS) && acceptWord("postmaster");
        if (bare || acceptWord("<postmaster>")) return new Postmaster();
        return path();
    }

    // RFC 5321 §4.1.2: Path = "<" [ A-d-l ":" ] Mailbox ">"
    private Address path() throws Refusal {
        int from = at;
        boolean bracketed = accept('<');
        if (!bracketed && (at == line.length() || !tolerances.contains(Tolerance.BARE_ADDRESS)))
            throw new Refusal(Reply.BAD_SYNTAX);
        if (peek() == '@') adl();
        var mailbox = mailbox();
        if (bracketed) expect('>', badMailbox);
        if (at - from > PATH) throw new Refusal(Reply.PATH_TOO_LONG);
        return mailbox;
    }

    // RFC 5321 §4.1.2: A-d-l = At-domain *( "," At-domain ); At-domain = "@" Domain; a source route
    // "MUST BE accepted […] and SHOULD be ignored"
    private void adl() throws Refusal {
        do {
            expect('@', badMailbox);
            domain();
        } while (accept(','));
        expect(':', badMailbox);
    }

    // RFC 5321 §4.1.2: Mailbox = Local-part "@" ( Domain / address-literal )
    private Address mailbox() throws Refusal {
        String localPart = localPart();
        expect('@', badMailbox);
        return new Address(localPart, domainOrLiteral());
    }

    // RFC 5321 §4.1.2: Local-part = Dot-string / Quoted-string
    private String localPart() throws Refusal {
        int from = at;
        String localPart = peek() == '"' ? quotedString() : dotString();
        if (at - from > LOCAL_PART && !tolerances.contains(Tolerance.LONG_LOCAL_PART))
            throw new Refusal(Reply.PATH_TOO_LONG);
        return localPart;
    }

    // RFC 5321 §4.1.2: Dot-string = Atom *("." Atom); Atom = 1*atext
    private String dotString() throws Refusal {
        int from = at;
        while (at < line.length() && (isAtext(line.charAt(at)) || line.charAt(at) == '.')) at++;
        String text = line.substring(from, at);
        if (!isDotString(text)) throw new Refusal(badMailbox);
        return text(text);
    }

    // RFC 5321 §4.1.2: Quoted-string = DQUOTE *QcontentSMTP DQUOTE
    private String quotedString() throws Refusal {
        expect('"', badMailbox);
        var text = new StringBuilder();
        while (!accept('"')) {
            accept('\\'); // quoted-pairSMTP = %d92 %d32-126
            char c = peek();
            if (c < ' ' || c == 0x7f) throw new Refusal(badMailbox);
            text.append(c);
            at++;
        }
        if (text.isEmpty()) throw new Refusal(badMailbox); // nobody can be called nothing
        return text(text.toString());
    }

    private String domainOrLiteral() throws Refusal {
        return peek() == '[' ? addressLiteral() : domain();
    }

    // RFC 5321 §4.1.2: Domain = sub-domain *("." sub-domain); sub-domain = Let-dig [Ldh-str]; RFC
    // 6531
    // §3.3: sub-domain =/ U-label
    private String domain() throws Refusal {
        int from = at;
        do {
            int label = at;
            while (at < line.length() && isLetDigHyphen(line.charAt(at))) at++;
            if (at == label
                    || at - label > LABEL
                    || line.charAt(label) == '-'
                    || line.charAt(at - 1) == '-') throw new Refusal(badMailbox);
        } while (accept('.'));
        if (at - from > DOMAIN) throw new Refusal(Reply.PATH_TOO_LONG);
        return text(line.substring(from, at));
    }

    // RFC 5321 §4.1.3: address-literal = "[" ( IPv4-address-literal / IPv6-address-literal /
    // General-address-literal ) "]"
    private String addressLiteral() throws Refusal {
        int from = at;
        int end = line.indexOf(']', at);
        if (end < 0 || end - from > DOMAIN) throw new Refusal(badMailbox);
        if (!Literals.isLiteral(line.substring(from + 1, end))) throw new Refusal(badMailbox);
        at = end + 1;
        return line.substring(from, at);
    }

    // RFC 5321 §4.1.2: Mail-parameters = esmtp-param *(SP esmtp-param)
    private MailParameters mailParameters() throws Refusal {
        var parameters = MailParameters.NONE;
        while (at < line.length()) parameters = Parameters.with(parameters, esmtpParam());
        return parameters;
    }

    // RFC 5321 §4.1.2: Rcpt-parameters = esmtp-param *(SP esmtp-param)
    private RcptParameters rcptParameters() throws Refusal {
        var parameters = RcptParameters.NONE;
        while (at < line.length()) parameters = Parameters.with(parameters, esmtpParam());
        return parameters;
    }

    // RFC 5321 §4.1.2: esmtp-param = esmtp-keyword ["=" esmtp-value]; esmtp-value = 1*(%d33-60 /
    // %d62-126); RFC 6531 §3.3: esmtp-value =/ UTF8-non-ascii
    private Param esmtpParam() throws Refusal {
        sp(Reply.BAD_SYNTAX);
        int from = at;
        while (at < line.length() && isLetDigHyphen(line.charAt(at)) && line.charAt(at) < 0x80)
            at++;
        if (at == from || line.charAt(from) == '-') throw new Refusal(Reply.BAD_SYNTAX);
        String keyword = line.substring(from, at).toUpperCase(Locale.ROOT);
        if (!accept('=')) return new Param(keyword, "");
        int value = at;
        while (at < line.length() && isValueChar(line.charAt(at))) at++;
        if (at == value) throw new Refusal(Reply.BAD_SYNTAX);
        return new Param(keyword, line.substring(value, at));
    }

    // RFC 4954 §5: the value is "<>" or a Mailbox, in xtext
    static ReversePath submitter(String decoded) throws Refusal {
        if (decoded.equals("<>")) return new NullPath();
        var in = new Grammar(Line.of(decoded), Set.of(Tolerance.LONG_LOCAL_PART));
        in.badMailbox = Reply.BAD_SYNTAX;
        var mailbox = in.mailbox();
        if (in.at < in.line.length()) throw new Refusal(Reply.BAD_SYNTAX);
        return mailbox;
    }

    // RFC 4954 §4: "AUTH" SP mechanism [SP initial-response]; RFC 4422 §3.1: sasl-mech =
    // 1*20mech-char
    private Auth auth() throws Refusal {
        sp(Reply.BAD_SYNTAX);
        int from = at;
        while (at < line.length() && line.charAt(at) != ' ') at++;
        String mechanism = line.substring(from, at).toUpperCase(Locale.ROOT);
        if (mechanism.isEmpty()
                || mechanism.length() > 20
                || !mechanism.chars().allMatch(Grammar::isMechChar))
            throw new Refusal(Reply.BAD_SYNTAX);
        if (at == line.length()) return new Auth(mechanism, Optional.empty());
        sp(Reply.BAD_SYNTAX);
        heard.secret(at, heard.text().length());
        var initial = new Secret(line.substring(at));
        // TRAPS T9
        if (!line.substring(at).chars().allMatch(c -> c > ' ' && c < 0x7f))
            throw new Refusal(Reply.MALFORMED);
        at = line.length();
        return new Auth(mechanism, Optional.of(initial));
    }

    // RFC 4422 §3.1: mech-char = UPPER-ALPHA / DIGIT / HYPHEN / UNDERSCORE
    private static boolean isMechChar(int c) {
        return (c >= 'A' && c <= 'Z') || isDigit(c) || c == '-' || c == '_';
    }

    // RFC 5321 §4.1.2: String = Atom / Quoted-string; people also write names of two words
    private String string() throws Refusal {
        sp(Reply.BAD_SYNTAX);
        String text = line.substring(at);
        if (text.isBlank() || text.chars().anyMatch(c -> c < ' ' || c == 0x7f))
            throw new Refusal(Reply.BAD_SYNTAX);
        at = line.length();
        return text(text.strip());
    }

    // RFC 6531 §3.7.4.2: vrfy = "VRFY" SP String [ SP "SMTPUTF8" ] CRLF
    private Vrfy vrfy() throws Refusal {
        boolean utf8 = acceptAtEnd(SMTPUTF8);
        return new Vrfy(string(), utf8);
    }

    // RFC 6531 §3.7.4.2: expn = "EXPN" SP String [ SP "SMTPUTF8" ] CRLF
    private Expn expn() throws Refusal {
        boolean utf8 = acceptAtEnd(SMTPUTF8);
        return new Expn(string(), utf8);
    }

    // RFC 1985 §5: ETRN [<option character>]<node name>
    private Etrn etrn() throws Refusal {
        sp(Reply.BAD_SYNTAX);
        badMailbox = Reply.BAD_SYNTAX;
        if (accept('#')) {
            String queue = line.substring(at);
            if (!isAtom(queue)) throw new Refusal(Reply.BAD_SYNTAX);
            at = line.length();
            return new Etrn(Etrn.Scope.QUEUE, queue);
        }
        var scope = accept('@') ? Etrn.Scope.SUBDOMAINS : Etrn.Scope.NODE;
        return new Etrn(scope, asciiDomain());
    }

    // RFC 2645 §5.2.1: atrn-cmd = "ATRN" [SP domain *("," domain)]
    private Atrn atrn() throws Refusal {
        var domains = new ArrayList<String>();
        if (at == line.length()) return new Atrn(domains);
        sp(Reply.BAD_SYNTAX);
        badMailbox = Reply.BAD_SYNTAX;
        do {
            if (domains.size() == MOST_DOMAINS) throw new Refusal(Reply.BAD_SYNTAX);
            domains.add(asciiDomain());
        } while (accept(','));
        return new Atrn(domains);
    }

    private String asciiDomain() throws Refusal {
        String domain = domain();
        if (!isAscii(domain)) throw new Refusal(Reply.BAD_SYNTAX);
        return domain.toLowerCase(Locale.ROOT);
    }

    // RFC 3030 §2: bdat-cmd ::= "BDAT" SP chunk-size [ SP end-marker ] CR LF; chunk-size ::=
    // 1*DIGIT;
    // end-marker ::= "LAST"
    private Bdat bdat() throws Refusal {
        boolean last = acceptAtEnd(" LAST");
        sp(Reply.CHUNK_OF_UNKNOWN_LENGTH);
        String digits = line.substring(at);
        if (digits.isEmpty()
                || digits.length() > LONGEST_NUMBER
                || !digits.chars().allMatch(Grammar::isDigit))
            throw new Refusal(Reply.CHUNK_OF_UNKNOWN_LENGTH);
        at = line.length();
        return new Bdat(Long.parseLong(digits), last);
    }

    private Optional<String> optionalString() throws Refusal {
        return at == line.length() ? Optional.empty() : Optional.of(string());
    }

    // RFC 5321 §4.1.1.9: noop = "NOOP" [ SP String ] CRLF; what stands there is ignored
    private Noop noop() throws Refusal {
        optionalString();
        return new Noop();
    }

    private void sp(Reply otherwise) throws Refusal {
        expect(' ', otherwise);
    }

    private void expect(char c, Reply otherwise) throws Refusal {
        if (!accept(c)) throw new Refusal(otherwise);
    }

    private boolean accept(char c) {
        if (peek() != c || at == line.length()) return false;
        at++;
        return true;
    }

    private boolean acceptWord(String word) {
        int end = at + word.length();
        if (!line.regionMatches(true, at, word, 0, word.length())
                || (end < line.length() && line.charAt(end) != ' ')) return false;
        at = end;
        return true;
    }

    /// Takes a word off the end of the line, unless it is all that there is.
    private boolean acceptAtEnd(String word) {
        int start = line.length() - word.length();
        if (start <= at || !line.regionMatches(true, start, word, 0, word.length())) return false;
        line = withoutTrailingBlanks(line.substring(0, start));
        return true;
    }

    /// The next character, NUL at the end.
    private char peek() {
        return at < line.length() ? line.charAt(at) : 0;
    }

    private void end() throws Refusal {
        if (at < line.length()) throw new Refusal(Reply.BAD_SYNTAX);
    }

    // RFC 5321 §4.1.1: "SHOULD tolerate trailing white space"
    private static String withoutTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) end--;
        return text.substring(0, end);
    }

    /// A local part with the least quoting (RFC 5321 §4.1.2).
    static String printLocalPart(String localPart) {
        if (isDotString(localPart)) return localPart;
        return '"' + localPart.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isDotString(String text) {
        boolean mayEnd = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' ? !mayEnd : !isAtext(c)) return false;
            mayEnd = c != '.';
        }
        return mayEnd;
    }

    // RFC 5322 §3.2.3: atext; RFC 6531 §3.3: atext =/ UTF8-non-ascii
    private static boolean isAtext(char c) {
        return isLetDig(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }

    private static boolean isLetDigHyphen(char c) {
        return isLetDig(c) || c == '-';
    }

    private static boolean isLetDig(char c) {
        return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    // RFC 5321 §4.1.2: Atom = 1*atext
    static boolean isAtom(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 0x80 && isAtext((char) c));
    }

    private static boolean isValueChar(char c) {
        return c > ' ' && c != 0x7f && c != '=';
    }

    /// What may stand in a trace field without confusing its readers.
    private static boolean isHarmlessInName(int c) {
        return (c < 0x80 && isLetDigHyphen((char) c)) || "._:[]".indexOf(c) >= 0;
    }

    private static String text(String octets) throws Refusal {
        return Octets.text(octets).orElseThrow(() -> new Refusal(Reply.BAD_SYNTAX));
    }
}
