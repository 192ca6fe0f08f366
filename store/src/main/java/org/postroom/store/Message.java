package org.postroom.store;

/// A stored message: the account's trace prefix and the letter, read as one. It never changes; flags
/// are in the [View].
public final class Message implements Content {

    Message() {}

    public EmailId id() {
        return Unwritten.yet();
    }

    /// RFC822.SIZE.
    @Override
    public long size() {
        return Unwritten.yet();
    }

    /// How many octets of it are this account's own trace.
    public int prefixLength() {
        return Unwritten.yet();
    }

    @Override
    public java.io.InputStream read(long offset, long length) {
        return Unwritten.yet();
    }
}
