package org.postroom.crypto;

/// What was asked for can't be done with what was given; no plaintext came out. It carries no stack: the
/// fault is not ours.
public final class Unusable extends Exception {

    private static final long serialVersionUID = 1;

    /// Why.
    public enum Why {
        /// It is not what it should be, or its form is broken.
        BAD_DATA,
        /// What was encrypted was altered on its way, or is not whole.
        ALTERED,
        /// It is encrypted in a way that does not show whether it was altered.
        UNPROTECTED,
        /// None of the keys and passwords opens it.
        CANNOT_DECRYPT,
        /// The secret key is locked, and none of the passphrases unlocks it.
        LOCKED,
        /// This certificate is no use for encryption: expired, revoked, or not meant for it.
        CANNOT_ENCRYPT,
        /// This key is no use for signing: expired, revoked, or not meant for it.
        CANNOT_SIGN,
        /// It should be text, and is not.
        NOT_TEXT,
        /// It has more packets, layers or text than anything reasonable.
        TOO_MUCH
    }

    private final Why why;

    public Unusable(Why why, String text) {
        super(text, null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    /// What is wrong, for a person.
    public String text() {
        return String.valueOf(getMessage());
    }
}
