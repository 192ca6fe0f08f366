package org.postroom.store;

/// What a password proves.
public enum Proof {
    /// Nothing: it is wrong.
    NONE,
    /// The chosen password of an account that has a second factor: it opens nothing without a code.
    HALF,
    WHOLE
}
