package org.postroom.ftp;

/// NVT-ASCII to stored text: CRLF becomes LF, whatever borders the octets come in; a CR that no LF
/// follows stays (RFC 959 §3.1.1.1, TRAPS F15).
final class AsciiReader<X extends Exception> implements Source<X> {

    private final Source<X> channel;
    private boolean heldCr;
    private boolean ended;

    AsciiReader(Source<X> channel) {
        this.channel = channel;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws X {
        if (length < 2) throw new IllegalArgumentException("a held CR needs room beside the next");
        while (!ended) {
            int n = channel.read(into, offset + 1, length - 1); // the held CR fits before it
            if (n < 0) {
                ended = true;
                if (!heldCr) return -1;
                into[offset] = '\r';
                return 1;
            }
            int converted = convert(into, offset, n);
            if (converted > 0) return converted;
        }
        return -1;
    }

    /// The octets begin at offset + 1; what they become, at offset.
    private int convert(byte[] octets, int offset, int n) {
        int to = offset;
        for (int from = offset + 1; from <= offset + n; from++) {
            byte octet = octets[from];
            if (heldCr && octet != '\n') octets[to++] = '\r';
            heldCr = octet == '\r';
            if (!heldCr) octets[to++] = octet;
        }
        return to - offset;
    }
}
