package org.postroom.store;

/// A mailbox within its account: it keeps its id under every name (RFC 8474 §4), and no other
/// mailbox of the account ever gets it.
public record MailboxId(int value) implements Comparable<MailboxId> {

    public MailboxId {
        if (value <= 0) throw new IllegalArgumentException("a mailbox id is positive: " + value);
    }

    @Override
    public int compareTo(MailboxId other) {
        return Integer.compare(value, other.value);
    }
}
