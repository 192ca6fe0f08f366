package org.postroom.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Base64 (RFC 4648 §4) as the lines of an exchange bear it: padded, and nothing in it that isn't
/// base64. What breaks that is nothing, not an exception (TRAPS T9).
final class Base64Text {

    private Base64Text() {}

    static String of(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<byte[]> octets(String base64) {
        if (base64.length() % 4 != 0) return Optional.empty(); // RFC 4648 §3.2: padding is required
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            // RFC 4648 §3.5: one text for the same octets, so pad bits that are set are refused
            return of(octets).equals(base64) ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    /// The text in UTF-8 that this encodes; nothing if it is none.
    static Optional<String> text(String base64) {
        return octets(base64).flatMap(Base64Text::utf8);
    }

    private static Optional<String> utf8(byte[] octets) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return Optional.of(text.toString());
        } catch (CharacterCodingException invalid) {
            return Optional.empty();
        }
    }
}
