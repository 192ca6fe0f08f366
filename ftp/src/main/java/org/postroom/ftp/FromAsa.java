package org.postroom.ftp;

/// A text with ASA carriage control (RFC 959 §3.1.1.5) for those who want none, or Telnet's: the first
/// character of a line goes, and what it says about the paper is said as a new line, a form feed or a
/// carriage return. The end of a line waits for the next line's.
final class FromAsa<X extends Exception> extends Stage<X> {

    private final boolean telnet;
    private boolean atStart = true;
    private boolean heldLineEnd;

    /// @param telnet whether format effectors may be said; otherwise lines are all there is
    FromAsa(boolean telnet, Flow<X> next) {
        super(next);
        this.telnet = telnet;
    }

    @Override
    void octet(byte octet) throws X, Refusal {
        if (atStart) control(octet);
        else if (octet == '\n') heldLineEnd = true;
        else put(octet);
        atStart = octet == '\n';
    }

    private void control(byte control) throws X, Refusal {
        if (control == '+' && telnet && heldLineEnd) {
            heldLineEnd = false;
            put('\r');
        }
        settle();
        if (control == '0' || control == '\n') put('\n');
        if (control == '1' && telnet) put('\f');
    }

    @Override
    void settle() throws X, Refusal {
        if (heldLineEnd) put('\n');
        heldLineEnd = false;
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        super.endOfRecord();
        atStart = true;
    }
}
