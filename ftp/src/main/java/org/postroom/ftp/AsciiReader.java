package org.postroom.ftp;

/// NVT-ASCII to stored text: CRLF becomes LF, whatever borders the octets come in; a CR that no LF
/// follows stays (RFC 959 §3.1.1.1, TRAPS F15).
final class AsciiReader<X extends Exception> extends Stage<X> {

    private boolean heldCr;

    AsciiReader(Flow<X> stored) {
        super(stored);
    }

    @Override
    void octet(byte octet) throws X, Refusal {
        if (heldCr && octet != '\n') put('\r');
        heldCr = octet == '\r';
        if (!heldCr) put(octet);
    }

    @Override
    void settle() throws X, Refusal {
        if (heldCr) put('\r');
        heldCr = false;
    }
}
