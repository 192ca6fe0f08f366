package org.postroom.store;

import java.io.ByteArrayOutputStream;

/// Octets as letters and digits that nobody mixes up (RFC 4648 §6), in small letters and unpadded.
final class Base32 {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    static String of(byte[] octets) {
        var text = new StringBuilder();
        for (int bit = 0; bit < octets.length * 8; bit += 5) {
            int value = 0;
            for (int i = bit; i < bit + 5; i++)
                value = (value << 1) | ((octets[i / 8] >> (7 - i % 8)) & 1);
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }

    /// The octets of a text, whatever its case; what is no letter of the alphabet is left out.
    static byte[] read(String text) {
        var octets = new ByteArrayOutputStream(text.length());
        int bits = 0;
        int held = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(Character.toLowerCase(text.charAt(i)));
            if (value < 0) continue;
            held = (held << 5 | value) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                octets.write(held >> bits);
            }
        }
        return octets.toByteArray();
    }
}
