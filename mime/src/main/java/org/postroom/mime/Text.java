package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Octets as text, by the charset that they are labelled with.
///
/// Where the label is absent, unknown, or ASCII, they are read as UTF-8 if they are that, else as
/// windows-1252 ([Tolerance#CHARSET_MISSING]). No charset is ever guessed by escape sequences
/// (TRAPS T35).
public final class Text {

    private static final int LOOKED_AT = 64 << 10;

    private Text() {}

    /// Never fails: what is no character of the charset becomes U+FFFD.
    public static String of(byte[] octets, @Nullable String label) {
        return labelled(label)
                .map(charset -> new String(octets, charset))
                .orElseGet(() -> unlabelled(octets));
    }

    /// The same, octet by octet: without a label the first 64 KiB tell what the text is.
    public static Reader reader(InputStream in, @Nullable String label) throws IOException {
        var charset = labelled(label);
        if (charset.isPresent()) return new InputStreamReader(in, charset.get());
        byte[] start = in.readNBytes(LOOKED_AT);
        return new InputStreamReader(
                new SequenceInputStream(new ByteArrayInputStream(start), in),
                beginsAsUtf8(start) ? StandardCharsets.UTF_8 : Charsets.WINDOWS_1252);
    }

    /// Whether we can read what is labelled so.
    public static boolean isKnown(String label) {
        return Charsets.named(label).isPresent();
    }

    /// The charset, unless it is ASCII, whose own octets above 127 are most often something else.
    private static Optional<Charset> labelled(@Nullable String label) {
        return label == null
                ? Optional.empty()
                : Charsets.named(label)
                        .filter(charset -> !charset.equals(StandardCharsets.US_ASCII));
    }

    private static String unlabelled(byte[] octets) {
        if (isAscii(octets)) return new String(octets, StandardCharsets.US_ASCII);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(octets, Charsets.WINDOWS_1252);
        }
    }

    static boolean isAscii(byte[] octets) {
        for (byte octet : octets) if (octet < 0) return false;
        return true;
    }

    /// Whether these octets, cut anywhere, are UTF-8.
    private static boolean beginsAsUtf8(byte[] octets) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        return !decoder.decode(ByteBuffer.wrap(octets), CharBuffer.allocate(octets.length), false)
                .isError();
    }
}
