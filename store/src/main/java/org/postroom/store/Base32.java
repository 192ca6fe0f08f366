package org.postroom.store;

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
}
