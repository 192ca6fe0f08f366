package org.postroom.store;

import java.util.Optional;

/// A thread within its account (RFC 8621 §3): the id of the email that began it here.
public record ThreadId(long value) implements Comparable<ThreadId> {

    /// As clients know it: THREADID of RFC 8474 §5.2 and the id of RFC 8621 §3.
    public String text() {
        return "T" + value;
    }

    /// What [#text] says, or nothing.
    public static Optional<ThreadId> parse(String text) {
        return Ids.number('T', text).map(ThreadId::new);
    }

    @Override
    public int compareTo(ThreadId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value);
    }
}
