package org.postroom.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Encoded words (RFC 2047): how header fields say what is not ASCII.
public final class Words {

    private Words() {}

    /// A header value (octets as ISO 8859-1) made readable: its encoded words decoded, the blanks
    /// between two of them left out, other octets above 127 read as UTF-8 if they are that (RFC
    /// 6532 §3.1), else as windows-1252. What looks like an encoded word and can't be read as one,
    /// or is of a charset that we lack, stays as it is.
    public static String decode(String value) {
        var reader = new Reader(value);
        reader.run();
        return reader.text.toString();
    }

    private static final class Reader {

        private final String value;
        private final StringBuilder text = new StringBuilder();
        private int at;
        private int plain; // where text begins that has not been given out

        // Words of one charset in a row are decoded together: some split characters.
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private String charset = "";

        Reader(String value) {
            this.value = value;
        }

        void run() {
            while (at < value.length()) {
                at = value.indexOf("=?", at);
                if (at < 0) break;
                if (!word()) at += 2;
            }
            flush();
            text.append(plain(value.substring(plain)));
        }

        // RFC 2047 §2: encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
        private boolean word() {
            int charsetEnd = token(at + 2);
            if (charsetEnd < 0 || charsetEnd + 2 >= value.length()) return false;
            char encoding = value.charAt(charsetEnd + 1);
            if (value.charAt(charsetEnd + 2) != '?') return false;
            int from = charsetEnd + 3;
            int to = from;
            while (to < value.length() && value.charAt(to) != '?') to++;
            if (!value.startsWith("?=", to)) return false;
            String label = value.substring(at + 2, charsetEnd);
            int star = label.indexOf('*'); // RFC 2231 §5: a language may follow
            if (star >= 0) label = label.substring(0, star);
            if (Charsets.named(label).isEmpty()) return false;
            String encoded = value.substring(from, to);
            byte[] decoded;
            switch (encoding) {
                case 'B', 'b' -> decoded = base64(encoded);
                case 'Q', 'q' -> decoded = q(encoded);
                default -> {
                    return false;
                }
            }
            String before = value.substring(plain, at);
            if (!before.isBlank() || plain == 0 || !label.equalsIgnoreCase(charset)) flush();
            if (!before.isBlank() || plain == 0) text.append(plain(before)); // RFC 2047 §6.2
            charset = label;
            octets.writeBytes(decoded);
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
            if (octets.size() > 0) text.append(Text.of(octets.toByteArray(), charset));
            octets.reset();
        }

        private static String plain(String text) {
            boolean ascii = true;
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > 255) return text;
                ascii &= text.charAt(i) < 128;
            }
            return ascii ? text : Text.of(text.getBytes(StandardCharsets.ISO_8859_1), null);
        }

        // RFC 2047 §4: the "B" encoding
        private static byte[] base64(String encoded) {
            var in = new ByteArrayInputStream(encoded.getBytes(StandardCharsets.ISO_8859_1));
            try (var decoding = Decoding.of(in, "base64")) {
                return decoding.readAllBytes();
            } catch (IOException impossible) { // it reads from memory
                throw new UncheckedIOException(impossible);
            }
        }

        // RFC 2047 §4: the "Q" encoding
        private static byte[] q(String encoded) {
            var decoded = new ByteArrayOutputStream(encoded.length());
            for (int i = 0; i < encoded.length(); i++) {
                char c = encoded.charAt(i);
                int high = c == '=' && i + 2 < encoded.length() ? hex(encoded, i + 1) : -1;
                int low = high < 0 ? -1 : hex(encoded, i + 2);
                if (low >= 0) {
                    decoded.write(high << 4 | low);
                    i += 2;
                } else decoded.write(c == '_' ? ' ' : c);
            }
            return decoded.toByteArray();
        }

        private static int hex(String text, int at) {
            return text.charAt(at) > 127 ? -1 : Character.digit(text.charAt(at), 16);
        }
    }
}
