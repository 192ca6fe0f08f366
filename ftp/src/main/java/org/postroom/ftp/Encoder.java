package org.postroom.ftp;

/// The stage before the data connection, where all that is told becomes octets.
abstract class Encoder<X extends Exception> implements Flow<X> {

    final Flow<X> channel;

    Encoder(Flow<X> channel) {
        this.channel = channel;
    }

    /// Pages have become octets before they come here ([PageWriter]).
    @Override
    public final void page(Page page) {
        throw new IllegalStateException("a page has its header still");
    }
}
