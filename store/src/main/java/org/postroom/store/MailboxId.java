package org.postroom.store;

import java.util.Optional;

/// A mailbox within its account: it keeps its id under every name (RFC 8474 §4), and no other
/// mailbox of the account ever gets it.
public record MailboxId(int value) implements Comparable<MailboxId> {

    public MailboxId {
        if (value <= 0) throw new IllegalArgumentException("a mailbox id is positive: " + value);
    }

    /// As clients know it: MAILBOXID of RFC 8474 §4.1 and the id of RFC 8621 §2.
    public String text() {
        return "F" + value;
    }

    /// What [#text] says, or nothing.
    public static Optional<MailboxId> parse(String text) {
        return Ids.number('F', text)
                .filter(number -> number > 0 && number <= Integer.MAX_VALUE)
                .map(number -> new MailboxId((int) (long) number));
    }

    @Override
    public int compareTo(MailboxId other) {
        return Integer.compare(value, other.value);
    }
}
