package org.postroom.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Encoded words (RFC 2047): how header fields say what is not ASCII.
public final class Words {

    private Words() {}

    /// A header value (octets as ISO 8859-1) made readable: its encoded words decoded, the blanks
    /// between two of them left out, other octets above 127 read as UTF-8 if they are that (RFC
    /// 6532 §3.1), else as windows-1252. What looks like an encoded word and can't be read as one,
    /// or is of a charset that we lack, stays as it is.
    public static String decode(String value) {
        if (value.indexOf("=?") < 0) return octets(value);
        var reader = new Reader(value);
        reader.run();
        return reader.text.toString();
    }

    /// Octets above 127 alone made readable.
    static String octets(String text) {
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 255) return text;
            ascii &= text.charAt(i) < 128;
        }
        return ascii ? text : Text.of(text.getBytes(StandardCharsets.ISO_8859_1), null);
    }

    private static final class Reader {

        private final String value;
        private final int lastEnd;
        private final StringBuilder text = new StringBuilder();
        private int at;
        private int plain; // where text begins that has not been given out

        // Words of one charset in a row are decoded together: some split characters.
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private String charset = "";

        Reader(String value) {
            this.value = value;
            this.lastEnd = value.lastIndexOf("?=");
        }

        void run() {
            while (at < value.length()) {
                at = value.indexOf("=?", at);
                if (at < 0) break;
                if (!word()) at += 2;
            }
            flush();
            text.append(octets(value.substring(plain)));
        }

        // RFC 2047 §2: encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
        private boolean word() { // Tolerance.WORDS_ANYWHERE
            int charsetEnd = token(at + 2);
            if (charsetEnd < 0 || charsetEnd + 2 >= value.length()) return false;
            char encoding = Character.toUpperCase(value.charAt(charsetEnd + 1));
            if (encoding != 'B' && encoding != 'Q') return false;
            if (value.charAt(charsetEnd + 2) != '?') return false;
            String label = value.substring(at + 2, charsetEnd);
            int star = label.indexOf('*'); // RFC 2231 §5: a language may follow
            if (star >= 0) label = label.substring(0, star);
            int from = charsetEnd + 3;
            if (from > lastEnd || !Text.isKnown(label)) return false;
            int to = value.indexOf("?=", from); // a question mark may stand in it
            String before = value.substring(plain, at);
            if (!before.isBlank() || plain == 0 || !label.equalsIgnoreCase(charset)) flush();
            if (!before.isBlank() || plain == 0) text.append(octets(before)); // RFC 2047 §6.2
            charset = label;
            if (encoding == 'B') Base64Decoding.decode(value, from, to, held);
            else q(from, to);
            at = to + 2;
            plain = at;
            return true;
        }

        /// Where the charset's name ends, or -1.
        private int token(int from) {
            int i = from;
            while (i < value.length() && value.charAt(i) > ' ' && value.charAt(i) != '?') i++;
            return i > from && i < value.length() && value.charAt(i) == '?' ? i : -1;
        }

        private void flush() {
            if (held.size() > 0) text.append(Text.of(held.toByteArray(), charset));
            held.reset();
        }

        // RFC 2047 §4.2: the "Q" encoding
        private void q(int from, int to) {
            for (int i = from; i < to; i++) {
                char c = value.charAt(i);
                int high = c == '=' && i + 2 < to ? Ascii.hex(value.charAt(i + 1)) : -1;
                int low = high < 0 ? -1 : Ascii.hex(value.charAt(i + 2));
                if (low >= 0) {
                    held.write(high << 4 | low);
                    i += 2;
                } else held.write(c == '_' ? ' ' : c);
            }
        }
    }
}
