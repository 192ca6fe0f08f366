package org.postroom.imap;

import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Sink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The lower productions, which commands and responses share, over lines with literals between
/// them. Strings are octets, one a character, until [#utf8] makes them text.
final class Lexer {

    private static final Sink NOWHERE = (octets, offset, length) -> {};

    private final Source source;
    private final Bounds bounds;
    private final boolean commands;
    private Line heard;
    private String line = "";
    private int at;
    private long left;

    /// Waits for the first line.
    ///
    /// @param commands whether they are a client's, of which the tap shows what was understood
    Lexer(Source source, Bounds bounds, boolean commands) throws Refusal, Departure {
        this.source = source;
        this.bounds = bounds;
        this.commands = commands;
        this.left = bounds.command();
        this.heard = next();
    }

    private Line next() throws Refusal, Departure {
        heard = source.line();
        if (heard.isTooLong()) throw new Refusal(Reply.LINE_TOO_LONG);
        line = heard.text();
        at = 0;
        if (commands) heard.conceal(0);
        left -= line.length();
        if (left < 0) throw new Refusal(Reply.TOO_BIG);
        return heard;
    }

    /// Keeps the rest of this line from the tap.
    void keepSecret() {
        heard.secret(at, line.length());
    }

    /// The verb is known: the tap may show what is before its arguments.
    void beginArguments() {
        heard.conceal(at);
    }

    /// After a refusal: hears and forgets the literals that the client sends without being asked, so
    /// that they are not taken for commands (RFC 7888 §4, TRAPS T21).
    void drain() throws Refusal, Departure {
        long patience = bounds.drained();
        left = Long.MAX_VALUE;
        for (long size = unasked(); size >= 0; size = unasked()) {
            patience -= Math.min(size, bounds.drained()) + Bounds.LITERAL_COST;
            if (size > bounds.drained() || patience < 0) throw new Refusal(Reply.TOO_BIG_TO_DRAIN);
            source.literal(size, true, NOWHERE);
            next();
        }
    }

    /// The size of a non-synchronising literal that this line ends with, or -1.
    private long unasked() {
        if (!line.endsWith("+}")) return -1;
        int open = line.lastIndexOf('{');
        String digits = line.substring(open + 1, line.length() - 2);
        boolean number = open >= 0 && !digits.isEmpty();
        for (int i = 0; i < digits.length(); i++) number &= isDigit(digits.charAt(i));
        return number ? bounded(digits) : -1;
    }

    // ---- one character

    boolean isAtEnd() {
        return at == line.length();
    }

    /// The next character, or NUL at the end of the line.
    char peek() {
        return at < line.length() ? line.charAt(at) : 0;
    }

    boolean accept(char c) {
        if (isAtEnd() || line.charAt(at) != c) return false;
        at++;
        return true;
    }

    void expect(char c) throws Refusal {
        if (!accept(c)) throw bad();
    }

    // RFC 3501 §9: SP is exactly one space
    void sp() throws Refusal {
        expect(' ');
    }

    /// Whether nothing follows, or blanks ([Tolerance#BLANK_AT_END]).
    boolean isBlankToEnd() {
        for (int i = at; i < line.length(); i++) if (line.charAt(i) != ' ') return false;
        return true;
    }

    /// The end of the command.
    void crlf() throws Refusal {
        if (!isBlankToEnd()) throw bad();
        heard.reveal();
    }

    /// What is left of the line.
    String rest() {
        String rest = line.substring(at);
        at = line.length();
        return rest;
    }

    /// What stands before a character, which is passed over.
    String until(char c) throws Refusal {
        int end = line.indexOf(c, at);
        if (end < 0) throw bad();
        String text = line.substring(at, end);
        at = end + 1;
        return text;
    }

    /// What is left of the line up to a literal that it announces.
    String restButLiteral() {
        int open = line.endsWith("}") ? line.lastIndexOf('{') : -1;
        int end = open < at ? line.length() : open;
        String text = line.substring(at, end);
        at = end;
        return text;
    }

    // ---- words and numbers

    /// RFC 3501 §9: tag = 1*<any ASTRING-CHAR except "+">
    String tag() throws Refusal {
        int from = at;
        while (isAstringChar(peek()) && peek() != '+') at++;
        return taken(from);
    }

    /// RFC 3501 §9: atom = 1*ATOM-CHAR
    String atom() throws Refusal {
        int from = at;
        while (isAtomChar(peek())) at++;
        return taken(from);
    }

    /// A word of the grammar itself: letters, digits, dots, hyphens.
    String keyword() throws Refusal {
        int from = at;
        while (isLetter(peek()) || isDigit(peek()) || peek() == '.' || peek() == '-') at++;
        return upper(taken(from));
    }

    /// So many letters exactly.
    String letters(int count) throws Refusal {
        int from = at;
        while (at - from < count && isLetter(peek())) at++;
        if (at - from != count) throw bad();
        return line.substring(from, at);
    }

    boolean isLetterNext() {
        return isLetter(peek());
    }

    boolean isNumberNext() {
        return isDigit(peek());
    }

    /// RFC 3501 §9: number = 1*DIGIT, an unsigned 32-bit integer
    long number() throws Refusal {
        long number = bounded(digits());
        if (number > 0xFFFF_FFFFL) throw bad();
        return number;
    }

    /// RFC 7162 §7: mod-sequence-valzer, an unsigned number of 63 bits
    long number63() throws Refusal {
        return bounded(digits());
    }

    /// RFC 3501 §9: nz-number = digit-nz *DIGIT
    long nzNumber() throws Refusal {
        long number = number();
        if (number == 0) throw bad();
        return number;
    }

    /// So many digits exactly.
    int digits(int count) throws Refusal {
        int from = at;
        String digits = digits();
        if (at - from != count) throw bad();
        return Integer.parseInt(digits);
    }

    String digits() throws Refusal {
        int from = at;
        while (isDigit(peek())) at++;
        return taken(from);
    }

    private String taken(int from) throws Refusal {
        if (at == from) throw bad();
        return line.substring(from, at);
    }

    // ---- strings

    /// RFC 3501 §9: astring = 1*ASTRING-CHAR / string
    String astring() throws Refusal, Departure {
        if (peek() == '"' || peek() == '{') return string();
        int from = at;
        while (isAstringChar(peek()) || peek() >= 128) at++; // Tolerance.RAW_UTF8
        return taken(from);
    }

    /// RFC 3501 §9: list-mailbox = 1*list-char / string
    String listMailbox() throws Refusal, Departure {
        if (peek() == '"' || peek() == '{') return string();
        int from = at;
        while (isAstringChar(peek()) || peek() == '*' || peek() == '%' || peek() >= 128) at++;
        return taken(from);
    }

    /// RFC 3501 §9: string = quoted / literal
    String string() throws Refusal, Departure {
        return peek() == '{' ? literal(false) : quoted();
    }

    /// An astring that the tap does not show. It is the last of its line.
    String secret() throws Refusal, Departure {
        if (peek() == '{') return literal(true);
        keepSecret();
        return astring();
    }

    // RFC 3501 §9: quoted = DQUOTE *QUOTED-CHAR DQUOTE
    private String quoted() throws Refusal {
        expect('"');
        var text = new StringBuilder();
        while (!accept('"')) {
            if (accept('\\') && peek() != '"' && peek() != '\\') throw bad();
            char c = peek();
            if (c == 0 || c == '\r' || c == '\n') throw bad();
            text.append(c);
            at++;
        }
        return text.toString();
    }

    private String literal(boolean secret) throws Refusal, Departure {
        var announced = announced();
        long cost = Math.min(announced.size, left) + Bounds.LITERAL_COST;
        if (announced.size > bounds.literal() || cost > left) throw new Refusal(Reply.TOO_BIG);
        left -= cost;
        var octets = new ByteArrayOutputStream();
        stream(announced, secret, octets::write);
        String text = octets.toString(StandardCharsets.ISO_8859_1);
        if (text.indexOf(0) >= 0) throw bad(); // RFC 3501 §9: CHAR8 = %x01-ff
        return text;
    }

    /// A literal that was announced and not yet heard.
    ///
    /// @param waits for the go-ahead
    record Announced(long size, boolean waits) {}

    /// RFC 3516 §7: literal8 = "~{" number ["+"] "}" CRLF *OCTET
    boolean isLiteralNext() {
        return peek() == '{' || peek() == '~';
    }

    /// RFC 7888 §8: literal = "{" number ["+"] "}" CRLF *CHAR8
    Announced announced() throws Refusal {
        expect('{');
        long size = bounded(digits());
        boolean waits = !accept('+');
        expect('}');
        if (!isAtEnd()) throw bad();
        return new Announced(size, waits);
    }

    /// Hears it, and the line that follows it.
    void stream(Announced announced, boolean secret, Sink sink) throws Refusal, Departure {
        heard.reveal();
        if (announced.waits) source.goOn();
        source.literal(announced.size, secret, sink);
        next();
    }

    /// Whether these very words follow, in any case; they are passed over then.
    boolean acceptWord(String words) {
        boolean follow = line.regionMatches(true, at, words, 0, words.length());
        if (follow) at += words.length();
        return follow;
    }

    /// RFC 3501 §9: nil = "NIL"
    boolean acceptNil() {
        int end = at + 3;
        boolean nil =
                line.regionMatches(true, at, "NIL", 0, 3)
                        && (end == line.length() || !isAstringChar(line.charAt(end)));
        if (nil) at = end;
        return nil;
    }

    /// Octets as text.
    static String utf8(String octets) throws Refusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad();
        }
    }

    static Refusal bad() {
        return new Refusal(Reply.BAD_SYNTAX);
    }

    // ---- classes of characters

    // RFC 3501 §9: ATOM-CHAR = <any CHAR except atom-specials>
    static boolean isAtomChar(char c) {
        return c > ' ' && c < 127 && "(){%*\"\\]".indexOf(c) < 0;
    }

    // RFC 3501 §9: ASTRING-CHAR = ATOM-CHAR / resp-specials
    static boolean isAstringChar(char c) {
        return isAtomChar(c) || c == ']';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static String upper(String ascii) {
        return ascii.toUpperCase(java.util.Locale.ROOT);
    }

    private static long beyond(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException larger) {
            return Long.MAX_VALUE;
        }
    }

    /// A number of any length, the largest standing for all beyond.
    private static long bounded(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') from++;
        return digits.length() - from > 18
                ? beyond(digits.substring(from))
                : Long.parseLong(digits, from, digits.length(), 10);
    }
}
