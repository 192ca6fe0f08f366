package org.postroom.imap;

/// Some of a list, counted from 1, or from the end by negative numbers. RFC 9394 §4: partial-range
///
/// @param first the one nearer to zero
/// @param last of the same sign
public record Window(long first, long last) {

    static Window of(long one, long other) {
        return Math.abs(one) <= Math.abs(other) ? new Window(one, other) : new Window(other, one);
    }

    /// The places in a list of so many, from 0: the first that is within.
    public int from(int size) {
        return first > 0 ? (int) Math.min(first - 1, size) : (int) Math.max(size + last, 0);
    }

    /// The first that is behind it.
    public int to(int size) {
        return first > 0 ? (int) Math.min(last, size) : (int) Math.max(size + first + 1, 0);
    }

    @Override
    public String toString() {
        return first + ":" + last;
    }
}
