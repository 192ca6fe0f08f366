package org.postroom.ftp;

/// Records where the file is to have none (RFC 959 §3.1.2.1): in a text each becomes a line, elsewhere
/// they run into one another.
final class Unrecorded<X extends Exception> implements Flow<X> {

    private static final byte[] LINE_END = {'\n'};

    private final boolean text;
    private final Flow<X> next;

    Unrecorded(boolean text, Flow<X> next) {
        this.text = text;
        this.next = next;
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws X, Refusal {
        next.octets(octets, offset, length);
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        if (text) next.octets(LINE_END, 0, 1);
    }

    @Override
    public void page(Page page) throws X, Refusal {
        next.page(page);
    }

    @Override
    public void marker(String marker) throws X, Refusal {
        next.marker(marker);
    }

    @Override
    public void end() throws X, Refusal {
        next.end();
    }
}
