package org.postroom.store;

/// A mod-sequence (RFC 7162 §3.1): the version of the account's commit that last changed something.
public record ModSeq(long value) implements Comparable<ModSeq> {

    @Override
    public int compareTo(ModSeq other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
