package org.postroom.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Saying;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes what the [Lexer]'s productions read. Strings are octets, one a character; whatever a
/// quoted string can't hold goes as a literal, so that no text of a stranger's ends a line or a
/// string (TRAPS T24).
final class Printer {

    /// A quoted string beyond this length is a literal.
    private static final int QUOTED = 1000;

    private final Saying out;
    private final String afterSize;

    /// For the server's half.
    Printer(Saying out) {
        this(out, "}\r\n");
    }

    private Printer(Saying out, String afterSize) {
        this.out = out;
        this.afterSize = afterSize;
    }

    /// For the client's half, whose literals don't wait (RFC 7888).
    static Printer ofClient(Saying out) {
        return new Printer(out, "+}\r\n");
    }

    /// Anything that is fine as it is.
    Printer atom(String text) {
        out.octets(text);
        return this;
    }

    Printer number(long number) {
        out.number(number);
        return this;
    }

    // RFC 3501 §9: string = quoted / literal
    Printer string(String octets) {
        if (!isQuotable(octets)) return literal(octets);
        if (isPlain(octets)) out.octet('"').octets(octets).octet('"');
        else out.octets(quoted(octets));
        return this;
    }

    // RFC 3501 §9: literal = "{" number "}" CRLF *CHAR8; CHAR8 is any octet but NUL
    Printer literal(String octets) {
        String clean = octets.replace("\0", "");
        out.octets("{").number(clean.length()).octets(afterSize).octets(clean);
        return this;
    }

    // RFC 3501 §9: nstring = string / nil
    Printer nstring(@Nullable String octets) {
        return octets == null ? atom("NIL") : string(octets);
    }

    // RFC 3501 §9: astring = 1*ASTRING-CHAR / string; NIL would not be one to everybody
    Printer astring(String octets) {
        boolean plain = !octets.isEmpty() && !octets.equalsIgnoreCase("NIL");
        for (int i = 0; plain && i < octets.length(); i++)
            plain = Lexer.isAstringChar(octets.charAt(i));
        return plain ? atom(octets) : string(octets);
    }

    /// Text as UTF-8.
    Printer text(String text) {
        return string(octets(text));
    }

    /// @param utf8 whether it stands in UTF-8, or in modified UTF-7
    Printer mailbox(MailboxName name, boolean utf8) {
        if (!utf8) return astring(name.encoded());
        String octets = octets(name.value());
        // RFC 9051 §9: QUOTED-CHAR =/ UTF8-2 / UTF8-3 / UTF8-4
        boolean plain = octets.chars().allMatch(c -> c < 128);
        if (plain) astring(octets);
        else out.octets(quoted(octets));
        return this;
    }

    /// A string that the tap doesn't show.
    Printer secret(String text) {
        String octets = octets(text);
        if (isQuotable(octets)) out.secret(quoted(octets));
        else out.octets("{").number(octets.length()).octets(afterSize).secret(octets);
        return this;
    }

    // RFC 3501 §9: flag-list = "(" [flag *(SP flag)] ")"
    Printer flags(List<Flag> flags) {
        out.octets("(");
        String blank = "";
        for (var flag : flags) {
            out.octets(blank).octets(flag.atom());
            blank = " ";
        }
        out.octets(")");
        return this;
    }

    Saying saying() {
        return out;
    }

    static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isQuotable(String octets) {
        if (octets.length() > QUOTED) return false;
        for (int i = 0; i < octets.length(); i++)
            if (octets.charAt(i) < ' ' || octets.charAt(i) > '~') return false;
        return true;
    }

    /// Most are, and are not copied for the sake of the few.
    private static boolean isPlain(String octets) {
        return octets.indexOf('"') < 0 && octets.indexOf('\\') < 0;
    }

    private static String quoted(String octets) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            if (c == '"' || c == '\\') text.append('\\');
            text.append(c);
        }
        return text.append('"').toString();
    }
}
