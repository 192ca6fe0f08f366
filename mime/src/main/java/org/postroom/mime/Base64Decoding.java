package org.postroom.mime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// RFC 2045 §6.8, read leniently: what is not of the alphabet is skipped, padding or the end gives
/// out the whole octets of an unfinished quantum, and what comes after padding is a new beginning.
final class Base64Decoding extends Decoding {

    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) VALUES[alphabet.charAt(i)] = (byte) i;
    }

    private int bits;
    private int count; // of the bits that are waiting

    Base64Decoding(InputStream in) {
        super(new BufferedInputStream(in));
    }

    @Override
    int next() throws IOException {
        while (count < 8) {
            int c = in.read();
            if (c < 0) return -1;
            if (c == '=') count = 0;
            else if (VALUES[c] >= 0) {
                bits = bits << 6 | VALUES[c];
                count += 6;
            }
        }
        count -= 8;
        return bits >> count & 0xFF;
    }
}
