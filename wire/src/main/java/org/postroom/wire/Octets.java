package org.postroom.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The two ways to look at a word of a conversation: its octets, one a character, as a [Line] holds
/// them, and the text that they are in UTF-8.
public final class Octets {

    private Octets() {}

    /// The octets of a text, one a character.
    public static String of(String text) {
        return isAscii(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// The text that octets are, or nothing when they are no UTF-8.
    public static Optional<String> text(String octets) {
        if (isAscii(octets)) return Optional.of(octets);
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                            .toString());
        } catch (CharacterCodingException none) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
        return true;
    }
}
