package org.postroom.mime.compose;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// Text as encoded words (RFC 2047): whole characters in each, none longer than 75 characters, in the
/// shorter of the two encodings.
final class EncodedWords {

    /// RFC 2047 §2: the longest word, delimiters included.
    static final int LONGEST = 75;

    private final String text;
    private final Charset charset;
    private final boolean base64;
    private int at;

    EncodedWords(String text, Charset wanted) {
        this.text = text;
        charset = wanted.newEncoder().canEncode(text) ? wanted : StandardCharsets.UTF_8;
        base64 = prefersBase64(text.getBytes(charset));
    }

    boolean hasNext() {
        return at < text.length();
    }

    /// The next word, with as many characters as `room` has place for, at least one.
    // RFC 2047 §5: each word is whole characters
    String next(int room) {
        int most = Math.min(room, LONGEST);
        int end = step(at);
        while (end < text.length() && length(at, step(end)) <= most) end = step(end);
        String word = word(text.substring(at, end));
        at = end;
        return word;
    }

    /// The end of the character at `from`: a letter with the marks upon it is not torn.
    private int step(int from) {
        int end = from + Character.charCount(text.codePointAt(from));
        int limit = Math.min(text.length(), from + 8);
        while (end < limit && isMark(text.codePointAt(end)))
            end += Character.charCount(text.codePointAt(end));
        return end;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private int length(int from, int to) {
        return word(text.substring(from, to)).length();
    }

    // RFC 2047 §2: encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
    private String word(String characters) {
        byte[] octets = characters.getBytes(charset);
        String name = charset.name().toLowerCase(Locale.ROOT);
        return base64
                ? "=?" + name + "?B?" + Base64.getEncoder().encodeToString(octets) + "?="
                : "=?" + name + "?Q?" + q(octets) + "?=";
    }

    private static boolean prefersBase64(byte[] octets) {
        int escaped = 0;
        for (byte octet : octets) if (!literal(octet) && octet != ' ') escaped++;
        return octets.length + 2 * escaped > (octets.length + 2) / 3 * 4;
    }

    // RFC 2047 §4.2: the "Q" encoding
    private static String q(byte[] octets) {
        var text = new StringBuilder();
        for (byte octet : octets)
            if (octet == ' ') text.append('_');
            else if (literal(octet)) text.append((char) octet);
            else text.append(String.format("=%02X", octet));
        return text.toString();
    }

    // RFC 2047 §5 (3): what may stand in a phrase, which is least
    private static boolean literal(byte c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '!'
                || c == '*'
                || c == '+'
                || c == '-'
                || c == '/';
    }
}
