package org.postroom.store;

/// The system flags that a store keeps (RFC 9051 §2.3.2), in the order of their bits. `\Recent` is a
/// session's own: see [Account#claimRecent].
public enum Flag {
    SEEN("\\Seen"),
    ANSWERED("\\Answered"),
    FLAGGED("\\Flagged"),
    DELETED("\\Deleted"),
    DRAFT("\\Draft");

    /// As IMAP writes it.
    public final String atom;

    Flag(String atom) {
        this.atom = atom;
    }

    /// Its place in the flags of a [View].
    public long bit() {
        return 1L << ordinal();
    }

    public boolean in(long bits) {
        return (bits & bit()) != 0;
    }
}
