package org.postroom.imap;

/// The states in which a verb is allowed (RFC 3501 §3). Nothing is said in the logout state.
public enum When {
    ANY,
    NOT_AUTHENTICATED,
    /// In the selected state, too.
    AUTHENTICATED,
    SELECTED
}
