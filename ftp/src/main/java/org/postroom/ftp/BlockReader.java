package org.postroom.ftp;

/// Block mode, read (RFC 959 §3.4.2): a header of three octets, descriptor and count, then the block.
/// A block may be empty, and any bits may come together (TRAPS F14).
final class BlockReader<X extends Exception> extends Decoder<X> {

    private final Marking marking = new Marking();
    private int header;
    private int headerOctets;
    private int left;

    BlockReader(Flow<X> next) {
        super(next);
    }

    @Override
    int take(byte[] octets, int offset, int length) throws X, Refusal {
        if (headerOctets < 3) {
            header = (header << 8) | (octets[offset] & 0xff);
            if (++headerOctets == 3) begin();
            return 1;
        }
        int n = Math.min(left, length);
        if (isMarker()) marking.octets(octets, offset, n);
        else next.octets(octets, offset, n);
        left -= n;
        if (left == 0) finish();
        return n;
    }

    private int descriptor() {
        return header >> 16;
    }

    private boolean isMarker() {
        return (descriptor() & Descriptor.MARKER) != 0;
    }

    private void begin() throws X, Refusal {
        Descriptor.check(descriptor());
        left = header & 0xffff;
        if (left == 0) finish();
    }

    private void finish() throws X, Refusal {
        if (isMarker()) next.marker(marking.take());
        complete = Descriptor.tell(descriptor(), next);
        header = 0;
        headerOctets = 0;
    }
}
