package org.postroom.store;

import org.postroom.wire.Fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// How long the records of a file are, one after the other: seven bits an octet, the lowest first, the
/// highest bit set where more follow. The LF that stands for a text record's end is not counted.
public final class RecordLengths implements AutoCloseable {

    private static final int MOST_OCTETS = 9;

    private final InputStream in;

    RecordLengths(InputStream in) {
        this.in = new BufferedInputStream(in, 4096);
    }

    /// The next one's, in octets; -1 when there are no more.
    public long next() {
        try {
            long length = 0;
            for (int i = 0; i < MOST_OCTETS; i++) {
                int octet = in.read();
                if (octet < 0) return -1;
                length |= (long) (octet & 0x7f) << (7 * i);
                if (octet < 0x80) return length;
            }
            throw new Fault("the length of a record is damaged");
        } catch (IOException e) {
            throw new Fault("reading the lengths of records", e);
        }
    }

    static byte[] octets(long length) {
        var octets = new byte[MOST_OCTETS];
        int n = 0;
        long left = length;
        while (left >= 0x80) {
            octets[n++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        octets[n++] = (byte) left;
        return java.util.Arrays.copyOf(octets, n);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new Fault("reading the lengths of records", e);
        }
    }
}
