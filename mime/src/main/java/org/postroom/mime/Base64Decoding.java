package org.postroom.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// RFC 2045 §6.8, read leniently ([Tolerance#BASE64_GARBAGE], [Tolerance#BASE64_PADDING]): what is
/// not of the alphabet is skipped, padding or the end gives out the whole octets of an unfinished
/// quantum, and what comes after padding is a new beginning; but garbage after padding is the end.
final class Base64Decoding extends Decoding {

    private static final byte[] VALUES = new byte[256];
    private static final byte OTHER = -1;
    private static final byte BLANK = -2;

    static {
        Arrays.fill(VALUES, OTHER);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) VALUES[alphabet.charAt(i)] = (byte) i;
        for (char c : new char[] {' ', '\t', '\r', '\n'}) VALUES[c] = BLANK;
    }

    private int bits;
    private int count; // of the bits that are waiting
    private boolean padded; // padding was met
    private boolean ended;
    private boolean open; // a quantum is not complete, nor padded

    Base64Decoding(InputStream in) {
        super(in);
    }

    Base64Decoding(byte[] octets) {
        super(octets);
    }

    /// Of an encoded word (RFC 2047 §4.1), whose octets are chars here.
    static void decode(String text, int from, int to, ByteArrayOutputStream out) {
        int bits = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '=') count = 0;
            else if (c < 256 && VALUES[c] >= 0) {
                bits = bits << 6 | VALUES[c];
                count += 6;
                if (count >= 8) {
                    count -= 8;
                    out.write(bits >> count);
                }
            }
        }
    }

    @Override
    int next() throws IOException {
        while (count < 8) {
            int c = ended ? -1 : octet();
            if (c < 0) {
                if (open) damaged(Oddity.Kind.BASE64_DAMAGED);
                return -1;
            }
            int value = VALUES[c];
            if (value >= 0) {
                if (padded) {
                    damaged(Oddity.Kind.BASE64_DAMAGED);
                    padded = false;
                }
                bits = bits << 6 | value;
                count += 6;
                open = count != 8; // the fourth of a quantum leaves nothing over
            } else if (c == '=') pad();
            else if (value == OTHER) {
                damaged(Oddity.Kind.BASE64_DAMAGED);
                if (padded && count == 0) ended = true; // a list's footer
            }
        }
        count -= 8;
        return bits >> count & 0xFF;
    }

    private void pad() {
        if ((count == 0 && !padded) || count == 6) damaged(Oddity.Kind.BASE64_DAMAGED);
        count = 0;
        padded = true;
        open = false;
    }
}
