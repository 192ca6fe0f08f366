package org.postroom.ftp;

import java.nio.charset.StandardCharsets;

/// Block mode, written (RFC 959 §3.4.2). The last block of a record is held until it is known whether it
/// is the last of the file, too, so that one descriptor says both.
final class BlockWriter<X extends Exception> extends Encoder<X> {

    private static final int HEADER = 3;
    private static final int BLOCK = 32 * 1024;

    private final byte[] block = new byte[HEADER + BLOCK];
    private int length;
    private int descriptor;

    BlockWriter(Flow<X> channel) {
        super(channel);
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws X, Refusal {
        if (length > 0 && descriptor != 0) send();
        for (int at = offset, left = length; left > 0; ) {
            if (this.length == BLOCK) send();
            int n = Math.min(left, BLOCK - this.length);
            System.arraycopy(octets, at, block, HEADER + this.length, n);
            this.length += n;
            at += n;
            left -= n;
        }
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        if (descriptor != 0) send();
        descriptor = Descriptor.END_OF_RECORD;
    }

    @Override
    public void marker(String marker) throws X, Refusal {
        sendAny();
        descriptor = Descriptor.MARKER;
        var octets = marker.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octets, 0, block, HEADER, octets.length);
        length = octets.length;
        send();
    }

    @Override
    public void end() throws X, Refusal {
        descriptor |= Descriptor.END_OF_FILE;
        send();
        channel.end();
    }

    private void sendAny() throws X, Refusal {
        if (length > 0 || descriptor != 0) send();
    }

    private void send() throws X, Refusal {
        block[0] = (byte) descriptor;
        block[1] = (byte) (length >> 8);
        block[2] = (byte) length;
        channel.octets(block, 0, HEADER + length);
        length = 0;
        descriptor = 0;
    }
}
