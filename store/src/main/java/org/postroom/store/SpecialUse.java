package org.postroom.store;

/// What a mailbox is for (RFC 6154 §2), at most one mailbox of an account each. INBOX needs none.
public enum SpecialUse {
    ARCHIVE("\\Archive"),
    DRAFTS("\\Drafts"),
    JUNK("\\Junk"),
    SENT("\\Sent"),
    TRASH("\\Trash");

    /// As IMAP writes it.
    public final String attribute;

    SpecialUse(String attribute) {
        this.attribute = attribute;
    }
}
