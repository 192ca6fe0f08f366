package org.postroom.ftp;

/// Stored text to NVT-ASCII: LF becomes CRLF, whatever borders the octets come in; one that has its CR
/// already, and a CR by itself, stay (RFC 959 §3.1.1.1, TRAPS F15).
final class AsciiWriter<X extends Exception> extends Stage<X> {

    private boolean afterCr;

    AsciiWriter(Flow<X> channel) {
        super(channel);
    }

    @Override
    void octet(byte octet) throws X, Refusal {
        if (octet == '\n' && !afterCr) put('\r');
        put(octet);
        afterCr = octet == '\r';
    }

    @Override
    void settle() {
        afterCr = false;
    }
}
