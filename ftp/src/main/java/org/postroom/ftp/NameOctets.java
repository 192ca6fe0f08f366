package org.postroom.ftp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Names as octets and as text. They are UTF-8 (RFC 2640 §3.1); one that is not keeps its odd octets as lone
/// surrogates, U+DC80 to U+DCFF, so that a file of an older server is asked for by the very octets that
/// its listing had.
final class NameOctets {

    private static final int ODD = 0xdc00;

    private NameOctets() {}

    /// @param octets an octet a character, as a [org.postroom.wire.Line] has it
    static String text(String octets) {
        return text(octets.getBytes(StandardCharsets.ISO_8859_1), octets.length());
    }

    static String text(byte[] octets, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, length))
                    .toString();
        } catch (CharacterCodingException foreign) {
            var text = new StringBuilder(length);
            for (int i = 0; i < length; i++)
                text.append((char) (octets[i] >= 0 ? octets[i] : ODD + (octets[i] & 0xff)));
            return text.toString();
        }
    }

    /// An octet a character.
    static String octets(String text) {
        if (text.codePoints().noneMatch(NameOctets::isOdd))
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var octets = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (isOdd(c)) octets.append((char) (c - ODD));
                    else octets.append(octets(Character.toString(c)));
                });
        return octets.toString();
    }

    private static boolean isOdd(int c) {
        return c >= ODD + 0x80 && c <= ODD + 0xff;
    }
}
