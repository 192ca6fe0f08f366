package org.postroom.crypto;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts what is read of a message, and bounds what is not its text: packets in whatever number cost no
/// more than an allowance of octets (TRAPS T38).
public final class Meter extends FilterInputStream {

    /// As many octets of keys and signatures before a text: those of thousands of recipients.
    private static final int BEFORE = 1 << 20;

    private static final int AFTER = 256 << 10;

    private long left = BEFORE;
    private long count;

    public Meter(InputStream in) {
        super(in);
    }

    /// What is read from now on is text, or packets that are counted within.
    public void text() {
        left = Long.MAX_VALUE - 1;
    }

    /// What is read from now on comes after the text.
    public void after() {
        left = AFTER;
    }

    public long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c >= 0) took(1);
        return c;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int read = super.read(b, off, Math.clamp(left + 1, 0, len));
        if (read > 0) took(read);
        return read;
    }

    private void took(int octets) throws Excess {
        count += octets;
        left -= octets;
        if (left < 0) throw new Excess("more packets than any message needs");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /// More of something than anything reasonable has.
    public static final class Excess extends IOException {

        private static final long serialVersionUID = 1;

        public Excess(String what) {
            super(what);
        }

        public Unusable unusable() {
            return new Unusable(Unusable.Why.TOO_MUCH, "This message has " + getMessage());
        }
    }
}
