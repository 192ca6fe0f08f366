package org.postroom.imap;

/// What STATUS can be asked for. RFC 3501 §9: status-att
public enum StatusItem {
    MESSAGES,
    RECENT,
    UIDNEXT,
    UIDVALIDITY,
    UNSEEN
}
