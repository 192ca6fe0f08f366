package org.postroom.ftp;

/// The stage at the data connection, where there are octets and nothing else, and in which the file's
/// own end is told among them: without it the file was cut (TRAPS F12), and nothing may follow it.
abstract class Decoder<X extends Exception> implements Flow<X> {

    final Flow<X> next;
    boolean complete;

    Decoder(Flow<X> next) {
        this.next = next;
    }

    @Override
    public void octets(byte[] octets, int offset, int length) throws X, Refusal {
        for (int at = offset, stop = offset + length; at < stop; ) {
            if (complete) throw new Refusal(Reply.GARBLED);
            at += take(octets, at, stop - at);
        }
    }

    /// Takes some of the octets, at least one.
    ///
    /// @return how many
    abstract int take(byte[] octets, int offset, int length) throws X, Refusal;

    /// The connection's end: too early, unless the file's came before.
    @Override
    public void end() throws X, Refusal {
        if (!complete) throw new Refusal(Reply.CUT);
    }

    @Override
    public final void endOfRecord() {
        throw new IllegalStateException("a data connection has octets only");
    }

    @Override
    public final void page(Page page) {
        throw new IllegalStateException("a data connection has octets only");
    }

    @Override
    public final void marker(String marker) {
        throw new IllegalStateException("a data connection has octets only");
    }
}
