package org.postroom.ftp;

import java.util.Arrays;

/// Compressed mode, read (RFC 959 §3.4.3): strings, runs of an octet, runs of the filler, and escapes
/// whose descriptor is that of the string or run behind it.
final class CompressedReader<X extends Exception> extends Decoder<X> {

    private enum Awaited {
        COUNT,
        DESCRIPTOR,
        STRING,
        REPLICATED
    }

    private final byte filler;
    private final Marking marking = new Marking();
    private final byte[] run = new byte[63];
    private Awaited awaited = Awaited.COUNT;
    private int descriptor;
    private int left;

    /// @param filler what the type says
    CompressedReader(byte filler, Flow<X> next) {
        super(next);
        this.filler = filler;
    }

    @Override
    int take(byte[] octets, int offset, int length) throws X, Refusal {
        switch (awaited) {
            case COUNT -> count(octets[offset] & 0xff);
            case DESCRIPTOR -> {
                Descriptor.check(octets[offset] & 0xff);
                descriptor |= octets[offset] & 0xff;
                awaited = Awaited.COUNT;
            }
            case REPLICATED -> run(octets[offset], left);
            case STRING -> {
                int n = Math.min(left, length);
                tell(octets, offset, n);
                left -= n;
                if (left == 0) finish();
                return n;
            }
        }
        return 1;
    }

    private void count(int octet) throws X, Refusal {
        left = octet & 0x3f;
        if (octet == 0) awaited = Awaited.DESCRIPTOR;
        else if (octet < 0x80) {
            left = octet;
            awaited = Awaited.STRING;
        } else if (octet < 0xc0) awaited = Awaited.REPLICATED;
        else run(filler, left);
    }

    private void run(byte octet, int count) throws X, Refusal {
        Arrays.fill(run, 0, count, octet);
        tell(run, 0, count);
        finish();
    }

    private void tell(byte[] octets, int offset, int count) throws X, Refusal {
        if (isMarker()) marking.octets(octets, offset, count);
        else if (count > 0) next.octets(octets, offset, count);
    }

    private boolean isMarker() {
        return (descriptor & Descriptor.MARKER) != 0;
    }

    private void finish() throws X, Refusal {
        if (isMarker()) next.marker(marking.take());
        complete = Descriptor.tell(descriptor, next);
        descriptor = 0;
        awaited = Awaited.COUNT;
    }

    /// Some say the end behind the last string instead of before it, and then close.
    @Override
    public void end() throws X, Refusal {
        if (!complete && awaited == Awaited.COUNT && descriptor != 0 && !isMarker()) finish();
        super.end();
    }
}
