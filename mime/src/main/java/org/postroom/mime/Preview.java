package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// The first words of a message, for lists: from the first text/plain part that is no attachment
/// and not in a message within, else from the first text/html part, its marks left out. Best
/// effort: it reads the first 16 KiB of that part's text.
final class Preview {

    /// The longest preview, in chars.
    static final int MAX_LENGTH = 256;

    private static final int DECODED = 16 << 10;
    private static final int ENCODED = 24 << 10; // 16 KiB in base64 are 22

    private @Nullable Sample plain;
    private @Nullable Sample html;

    /// Where the octets of a leaf are to go, or null if they are not wanted.
    @Nullable Sample sample(
            MediaType type, @Nullable String encoding, @Nullable Disposition disposition) {
        if (disposition != null && disposition.type().equals("attachment")) return null;
        if (plain == null && type.is("text", "plain")) {
            plain = new Sample(type, encoding);
            return plain;
        }
        if (html == null && type.is("text", "html")) {
            html = new Sample(type, encoding);
            return html;
        }
        return null;
    }

    /// The preview: one line, without control characters, no longer than [#MAX_LENGTH].
    String text() {
        String text = plain == null ? "" : oneLine(plain.text());
        return text.isEmpty() && html != null ? oneLine(Html.text(html.text())) : text;
    }

    private static String oneLine(String text) {
        var line = new StringBuilder(MAX_LENGTH);
        boolean gap = false;
        for (int i = 0; i < text.length() && line.length() < MAX_LENGTH; ) {
            int c = scalar(text.codePointAt(i));
            i += Character.charCount(text.codePointAt(i));
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c))
                gap = true;
            else {
                int length = Character.charCount(c) + (gap ? 1 : 0);
                if (line.length() + length > MAX_LENGTH) break;
                if (gap && !line.isEmpty()) line.append(' ');
                line.appendCodePoint(c);
                gap = false;
            }
        }
        return line.toString();
    }

    /// A surrogate without its fellow could not be stored as UTF-8.
    private static int scalar(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c;
    }

    /// Without the last octets, if they are the beginning of a UTF-8 character that was cut.
    private static byte[] whole(byte[] octets) {
        int end = octets.length;
        int lead = end - 1;
        while (lead >= 0 && end - lead < 4 && (octets[lead] & 0xC0) == 0x80) lead--;
        return lead >= 0 && (octets[lead] & 0xC0) == 0xC0 ? Arrays.copyOf(octets, lead) : octets;
    }

    /// The first octets of a leaf's body.
    static final class Sample {

        private final MediaType type;
        private final @Nullable String encoding;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        private Sample(MediaType type, @Nullable String encoding) {
            this.type = type;
            this.encoding = encoding;
        }

        void take(byte[] b, int from, int to) {
            octets.write(b, from, Math.min(to - from, ENCODED - octets.size()));
        }

        private String text() {
            byte[] encoded = octets.toByteArray();
            byte[] start = new byte[Math.min(DECODED, encoded.length)]; // more is not needed
            try (var in = Decoding.of(encoded, encoding)) {
                int length = in.readNBytes(start, 0, start.length);
                if (length < start.length) start = Arrays.copyOf(start, length);
                boolean cut = length == DECODED || encoded.length == ENCODED;
                return Text.of(cut ? whole(start) : start, type.parameter("charset").orElse(null));
            } catch (IOException impossible) { // it reads from memory
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
