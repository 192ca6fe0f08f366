package org.postroom.ftp;

/// When a verb is allowed.
public enum When {
    /// Before sign-in, too.
    ANY_TIME,
    SIGNED_IN,
    /// Not in this release: answered 502, and named by neither HELP nor FEAT.
    NOT_YET
}
