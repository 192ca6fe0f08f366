package org.postroom.imap;

/// What STATUS can be asked for. RFC 3501 §9: status-att
public enum StatusItem {
    MESSAGES("MESSAGES"),
    RECENT("RECENT"),
    UIDNEXT("UIDNEXT"),
    UIDVALIDITY("UIDVALIDITY"),
    UNSEEN("UNSEEN"),
    /// RFC 7162 §3.1.7
    HIGHESTMODSEQ("HIGHESTMODSEQ"),
    /// RFC 9051 §6.3.11, RFC 9208 §4.1.4
    DELETED("DELETED"),
    /// RFC 8438 §2
    SIZE("SIZE"),
    /// RFC 9208 §4.1.4
    DELETED_STORAGE("DELETED-STORAGE"),
    /// RFC 7889 §3.1
    APPENDLIMIT("APPENDLIMIT"),
    /// RFC 8474 §4.3: the number behind its letter
    MAILBOXID("MAILBOXID");

    public final String atom;

    StatusItem(String atom) {
        this.atom = atom;
    }
}
