package org.postroom.mime;

import java.util.ArrayList;
import java.util.List;

/// Reads the value of a structured Content- field, left to right, once.
final class ValueScanner {

    private static final Ascii.Set TSPECIALS = new Ascii.Set("()<>@,;:\\\"/[]?=");

    private final String value;
    private int at;
    private boolean cut;
    private boolean repeated;

    ValueScanner(String value) {
        this.value = value;
    }

    /// The next token, past blanks and comments; empty if none stands there.
    // RFC 2045 §5.1: token := 1*<any (US-ASCII) CHAR except SPACE, CTLs, or tspecials>
    String token() {
        cfws();
        int from = at;
        while (at < value.length() && inToken(value.charAt(at))) at++;
        return value.substring(from, at);
    }

    /// The next token or quoted string, for those who quote where a token belongs.
    String word() {
        cfws();
        return at < value.length() && value.charAt(at) == '"' ? quoted() : token();
    }

    /// Back to the beginning.
    void again() {
        at = 0;
    }

    boolean accept(char c) {
        cfws();
        if (at == value.length() || value.charAt(at) != c) return false;
        at++;
        return true;
    }

    /// What is left of the value as parameters, up to [Structure#MAX_PARAMETERS].
    // RFC 2045 §5.1: *(";" parameter), parameter := attribute "=" value
    List<Parameter> parameters() {
        var all = new ArrayList<Parameter>();
        while (at < value.length()) {
            while (accept(';')) {}
            String name = Ascii.lower(token());
            if (!name.isEmpty() && accept('=')) {
                if (all.size() == Structure.MAX_PARAMETERS) { // TRAPS T35
                    cut = true;
                    return all;
                }
                for (var other : all) repeated |= other.name().equals(name);
                all.add(new Parameter(name, value()));
            }
            toSemicolon();
        }
        return all;
    }

    /// Whether there were more parameters than were read.
    boolean cut() {
        return cut;
    }

    /// Whether a parameter was there twice.
    boolean repeated() {
        return repeated;
    }

    // RFC 2045 §5.1: value := token / quoted-string. A token here goes on to the semicolon: names
    // of files with blanks and brackets in them are common (Tolerance.UNQUOTED_PARAMETER).
    private String value() {
        cfws();
        if (at < value.length() && value.charAt(at) == '"') return quoted();
        int from = at;
        token();
        int end = at;
        cfws(); // RFC 2045 §5.1: charset=us-ascii (Plain text)
        if (at == value.length() || value.charAt(at) == ';') return value.substring(from, end);
        toSemicolon();
        end = at;
        while (end > from && Ascii.blank(value.charAt(end - 1))) end--;
        return value.substring(from, end);
    }

    /// A quoted string whose end may be missing.
    private String quoted() {
        var text = new StringBuilder();
        at++;
        while (at < value.length()) {
            char c = value.charAt(at++);
            if (c == '"') return text.toString();
            if (c == '\\' && at < value.length()) c = value.charAt(at++);
            text.append(c);
        }
        return text.toString();
    }

    private void toSemicolon() {
        while (at < value.length() && value.charAt(at) != ';') at++;
    }

    private void cfws() {
        while (at < value.length())
            if (Ascii.blank(value.charAt(at))) at++;
            else if (value.charAt(at) == '(') comment();
            else return;
    }

    /// A comment, or all that is left if it has no end.
    private void comment() {
        int depth = 0;
        while (at < value.length()) {
            char c = value.charAt(at++);
            if (c == '\\') at = Math.min(at + 1, value.length());
            else if (c == '(' && depth < Structure.MAX_COMMENT_DEPTH) depth++;
            else if (c == ')' && --depth == 0) return;
        }
    }

    private static boolean inToken(char c) {
        return c > ' ' && c != 127 && !TSPECIALS.has(c);
    }
}
