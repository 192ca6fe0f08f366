package org.postroom.ftp;

/// A flow that changes octets one by one. What it makes of them is gathered and told to the next when
/// there is enough of it, or when something else has to be told.
abstract class Stage<X extends Exception> implements Flow<X> {

    private static final int ENOUGH = 16 * 1024;

    final Flow<X> next;
    private final byte[] gathered = new byte[ENOUGH];
    private int length;

    Stage(Flow<X> next) {
        this.next = next;
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws X, Refusal {
        for (int i = offset; i < offset + length; i++) octet(octets[i]);
    }

    abstract void octet(byte octet) throws X, Refusal;

    /// Lets go of what was held back until the next octet was known.
    void settle() throws X, Refusal {}

    final void put(int octet) throws X, Refusal {
        if (length == ENOUGH) flush();
        gathered[length++] = (byte) octet;
    }

    final void flush() throws X, Refusal {
        int n = length;
        length = 0;
        if (n > 0) next.octets(gathered, 0, n);
    }

    private void pass() throws X, Refusal {
        settle();
        flush();
    }

    @Override
    public void endOfRecord() throws X, Refusal {
        pass();
        next.endOfRecord();
    }

    @Override
    public void page(Page page) throws X, Refusal {
        pass();
        next.page(page);
    }

    @Override
    public void marker(String marker) throws X, Refusal {
        pass();
        next.marker(marker);
    }

    @Override
    public void end() throws X, Refusal {
        pass();
        next.end();
    }
}
