package org.postroom.store;

/// A stored message: the account's trace prefix and the letter, read as one. It never changes; flags
/// are in the [View].
public final class Message implements Content {

    Message() {}

    public EmailId id() {
        throw new UnsupportedOperationException();
    }

    /// RFC822.SIZE.
    @Override
    public long size() {
        throw new UnsupportedOperationException();
    }

    /// How many octets of it are this account's own trace.
    public int prefixLength() {
        throw new UnsupportedOperationException();
    }

    @Override
    public java.io.InputStream read(long offset, long length) {
        throw new UnsupportedOperationException();
    }
}
