package org.postroom.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/// UTF-7 (RFC 2152), which the JDK lacks: to be read where a message names it, and never guessed. It
/// cannot be written.
final class Utf7 extends Charset {

    static final Utf7 CHARSET = new Utf7();

    private Utf7() {
        super("UTF-7", null);
    }

    @Override
    public boolean contains(Charset other) {
        return false;
    }

    @Override
    public boolean canEncode() {
        return false;
    }

    @Override
    public CharsetEncoder newEncoder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CharsetDecoder newDecoder() {
        return new Decoder(this);
    }

    private static final class Decoder extends CharsetDecoder {

        private static final char REPLACEMENT = '\uFFFD';

        private boolean shifted;
        private boolean empty; // nothing came since the shift
        private int bits;
        private int count;
        private char high; // a high surrogate that waits for its fellow, or 0

        Decoder(Charset charset) {
            super(charset, 1, 2);
        }

        @Override
        protected void implReset() {
            shifted = false;
            bits = 0;
            count = 0;
            high = 0;
        }

        @Override
        protected CoderResult implFlush(CharBuffer out) {
            if (high != 0) {
                if (!out.hasRemaining()) return CoderResult.OVERFLOW;
                out.put(REPLACEMENT);
                high = 0;
            }
            return CoderResult.UNDERFLOW;
        }

        @Override
        protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
            while (in.hasRemaining()) {
                if (out.remaining() < 2) return CoderResult.OVERFLOW; // the most of one octet
                octet(in.get() & 0xFF, out);
            }
            return CoderResult.UNDERFLOW;
        }

        private void octet(int c, CharBuffer out) {
            int value = shifted ? value(c) : -1;
            if (value >= 0) sextet(value, out);
            else if (shifted) {
                if (empty && c == '-') out.put('+');
                unshift(out);
                if (c != '-') direct(c, out);
            } else direct(c, out);
        }

        // RFC 2152: rule 2, Unicode characters as base64 of UTF-16
        private void sextet(int value, CharBuffer out) {
            empty = false;
            bits = bits << 6 | value;
            count += 6;
            if (count < 16) return;
            count -= 16;
            unit((char) (bits >> count), out);
        }

        private void unit(char unit, CharBuffer out) {
            if (high != 0) {
                boolean pair = Character.isLowSurrogate(unit);
                out.put(pair ? high : REPLACEMENT);
                high = 0;
                if (pair) {
                    out.put(unit);
                    return;
                }
            }
            if (Character.isHighSurrogate(unit)) high = unit;
            else out.put(Character.isLowSurrogate(unit) ? REPLACEMENT : unit);
        }

        private void unshift(CharBuffer out) {
            if (high != 0) out.put(REPLACEMENT);
            implReset();
        }

        private void direct(int c, CharBuffer out) {
            if (c == '+') {
                shifted = true;
                empty = true;
            } else out.put(c < 128 ? (char) c : REPLACEMENT);
        }

        private static int value(int c) {
            if (c >= 'A' && c <= 'Z') return c - 'A';
            if (c >= 'a' && c <= 'z') return c - 'a' + 26;
            if (c >= '0' && c <= '9') return c - '0' + 52;
            return c == '+' ? 62 : c == '/' ? 63 : -1;
        }
    }
}
