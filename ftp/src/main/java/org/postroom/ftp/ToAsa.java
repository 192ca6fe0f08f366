package org.postroom.ftp;

/// A text for those who want ASA carriage control (RFC 959 §3.1.1.5): a character stands before each line
/// and says how the paper moves. A form feed at a line's start and a carriage return in it are said so.
final class ToAsa<X extends Exception> extends Stage<X> {

    private boolean atStart = true;
    private boolean heldCr;

    ToAsa(Flow<X> next) {
        super(next);
    }

    @Override
    void octet(byte octet) throws X, Refusal {
        if (heldCr && octet != '\n') {
            put('\n');
            put('+');
            atStart = false;
        }
        heldCr = octet == '\r';
        if (heldCr) return;
        if (atStart) put(octet == '\f' ? '1' : ' ');
        if (!atStart || octet != '\f') put(octet);
        atStart = octet == '\n';
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        if (atStart) put(' ');
        super.endOfRecord();
        atStart = true;
    }

    /// A carriage return that nothing follows moves no paper.
    @Override
    void settle() {
        heldCr = false;
    }
}
