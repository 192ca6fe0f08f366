package org.postroom.ftp;

import java.nio.charset.StandardCharsets;

/// Compressed mode, written (RFC 959 §3.4.3). A descriptor stands before the string or run that it is
/// of, so the last one is held back. Where there is none, a run of no fillers bears it.
final class CompressedWriter<X extends Exception> extends Encoder<X> {

    private static final int LONGEST_STRING = 127;
    private static final int LONGEST_RUN = 63;
    private static final int WORTH_A_RUN = 3; // of an octet; of the filler two are
    private static final int ENOUGH = 16 * 1024;

    private final byte filler;

    private final byte[] sent = new byte[ENOUGH];
    private int sentLength;

    private final byte[] string = new byte[LONGEST_STRING];
    private int stringLength;
    private byte runOctet;
    private int runLength;

    private final byte[] held = new byte[1 + LONGEST_STRING];
    private int heldLength;
    private int descriptor;

    /// @param filler what the type says
    CompressedWriter(byte filler, Flow<X> channel) {
        super(channel);
        this.filler = filler;
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws X, Refusal {
        if (length > 0 && descriptor != 0) release();
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] != runOctet || runLength == LONGEST_RUN) endRun();
            runOctet = octets[i];
            runLength++;
        }
    }

    /// What was a run becomes one, or part of a string.
    private void endRun() throws X, Refusal {
        if (runLength >= (runOctet == filler ? 2 : WORTH_A_RUN)) {
            endString();
            if (runOctet == filler) hold(0xc0 | runLength);
            else hold(0x80 | runLength, runOctet);
        } else
            for (int i = 0; i < runLength; i++) {
                if (stringLength == LONGEST_STRING) endString();
                string[stringLength++] = runOctet;
            }
        runLength = 0;
    }

    private void endString() throws X, Refusal {
        if (stringLength == 0) return;
        release();
        held[0] = (byte) stringLength;
        System.arraycopy(string, 0, held, 1, stringLength);
        heldLength = 1 + stringLength;
        stringLength = 0;
    }

    private void hold(int... octets) throws X, Refusal {
        release();
        for (int octet : octets) held[heldLength++] = (byte) octet;
    }

    /// Sends what was held back, and its descriptor before it.
    private void release() throws X, Refusal {
        if (descriptor != 0) {
            send((byte) 0);
            send((byte) descriptor);
            if (heldLength == 0) send((byte) 0xc0);
        }
        for (int i = 0; i < heldLength; i++) send(held[i]);
        heldLength = 0;
        descriptor = 0;
    }

    private void settle() throws X, Refusal {
        endRun();
        endString();
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        settle();
        if (descriptor != 0) release();
        descriptor = Descriptor.END_OF_RECORD;
    }

    @Override
    public void marker(String marker) throws X, Refusal {
        settle();
        release();
        for (byte octet : marker.getBytes(StandardCharsets.US_ASCII)) {
            if (stringLength == LONGEST_STRING) throw new IllegalArgumentException(marker);
            string[stringLength++] = octet;
        }
        endString();
        descriptor = Descriptor.MARKER;
        release();
    }

    @Override
    public void end() throws X, Refusal {
        settle();
        descriptor |= Descriptor.END_OF_FILE;
        release();
        flush();
        channel.end();
    }

    private void send(byte octet) throws X, Refusal {
        if (sentLength == ENOUGH) flush();
        sent[sentLength++] = octet;
    }

    private void flush() throws X, Refusal {
        int n = sentLength;
        sentLength = 0;
        channel.octets(sent, 0, n);
    }
}
