package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Octets as text, by the charset that they are labelled with.
///
/// Where the label is absent, unknown, or ASCII, they are read as UTF-8 if they are that, else as
/// windows-1252. No charset is ever guessed by escape sequences (TRAPS T35).
public final class Text {

    private Text() {}

    /// Never fails: what is no character of the charset becomes U+FFFD.
    public static String of(byte[] octets, @Nullable String label) {
        var charset = label == null ? Optional.<Charset>empty() : Charsets.named(label);
        if (charset.isPresent() && !charset.get().equals(StandardCharsets.US_ASCII))
            return new String(octets, charset.get());
        return unlabelled(octets);
    }

    private static String unlabelled(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(octets, Charsets.WINDOWS_1252);
        }
    }
}
