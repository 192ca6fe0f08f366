package org.postroom.store;

/// What makes UIDs of a mailbox mean something (RFC 9051 §2.3.1.1): a mailbox that is deleted and made
/// again under its name gets a larger one.
public record UidValidity(long value) {

    public UidValidity {
        // RFC 9051 §9: nz-number
        if (value <= 0 || value > 0xFFFF_FFFFL)
            throw new IllegalArgumentException("not a UIDVALIDITY: " + value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
