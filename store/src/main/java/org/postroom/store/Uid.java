package org.postroom.store;

/// A message's number in its mailbox, strictly ascending, never reused (RFC 9051 §2.3.1.1). Ours end
/// at 2^31 - 1, so that packed arrays hold plain ints.
public record Uid(int value) implements Comparable<Uid> {

    public Uid {
        if (value <= 0) throw new IllegalArgumentException("not a UID: " + value);
    }

    @Override
    public int compareTo(Uid other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
