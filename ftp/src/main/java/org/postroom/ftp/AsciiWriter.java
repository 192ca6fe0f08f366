package org.postroom.ftp;

/// Stored text to NVT-ASCII: LF becomes CRLF, whatever borders the octets come in; one that has its CR
/// already, and a CR by itself, stay (RFC 959 §3.1.1.1, TRAPS F15).
final class AsciiWriter<X extends Exception> implements Source<X> {

    private final Source<X> stored;
    private boolean afterCr;
    private byte[] from = new byte[0];

    AsciiWriter(Source<X> stored) {
        this.stored = stored;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws X {
        if (length < 2) throw new IllegalArgumentException("an LF needs room for two octets");
        if (from.length < length / 2) from = new byte[length / 2];
        int n = stored.read(from, 0, length / 2);
        if (n < 0) return -1;
        int to = offset;
        for (int i = 0; i < n; i++) {
            byte octet = from[i];
            if (octet == '\n' && !afterCr) into[to++] = '\r';
            into[to++] = octet;
            afterCr = octet == '\r';
        }
        return to - offset;
    }
}
