package org.postroom.store;

/// An account's dictionary of keywords as it was at some commit: which bit of a message's 64 flags
/// stands for which keyword.
public final class Keywords {

    /// As many as the bits beside the system flags hold.
    public static final int LIMIT = 58;

    Keywords() {}

    /// What the bits of a [View] mean.
    public Flags flags(long bits) {
        return Unwritten.yet();
    }

    /// The bit of a keyword, or 0 when no message ever had it.
    public long bit(String keyword) {
        return Unwritten.yet();
    }

    /// All that the account ever used, in the order of their bits.
    public java.util.List<String> names() {
        return Unwritten.yet();
    }
}
