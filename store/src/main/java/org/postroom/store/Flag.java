package org.postroom.store;

/// The system flags that a store keeps (RFC 9051 §2.3.2), each with the place of its bit on disk. `\Recent` is a
/// session's own: see [Account#claimRecent].
public enum Flag {
    SEEN(0, "\\Seen"),
    ANSWERED(1, "\\Answered"),
    FLAGGED(2, "\\Flagged"),
    DELETED(3, "\\Deleted"),
    DRAFT(4, "\\Draft");

    /// As IMAP writes it.
    public final String atom;

    private final int place;

    Flag(int place, String atom) {
        this.place = place;
        this.atom = atom;
    }

    /// Its place in the flags of a [View].
    public long bit() {
        return 1L << place;
    }

    public boolean in(long bits) {
        return (bits & bit()) != 0;
    }
}
