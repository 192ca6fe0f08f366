package org.postroom.store;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Some UIDs of one mailbox, ascending, each once. It names messages; they need not exist.
public final class Uids {

    public static final Uids NONE = new Uids(new int[0]);

    private final int[] values;

    private Uids(int[] values) {
        this.values = values;
    }

    /// In any order, doubles allowed.
    public static Uids of(int... values) {
        return new Uids(Arrays.stream(values).sorted().distinct().toArray());
    }

    /// Takes over what is known to be ascending without doubles.
    static Uids ascending(int[] values) {
        return values.length == 0 ? NONE : new Uids(values);
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    /// The one at a place from 0.
    public int get(int index) {
        return values[index];
    }

    public boolean contains(int uid) {
        return Arrays.binarySearch(values, uid) >= 0;
    }

    public IntStream stream() {
        return Arrays.stream(values);
    }

    public int[] toArray() {
        return values.clone();
    }

    Uids from(int start, int end) {
        return ascending(Arrays.copyOfRange(values, start, end));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Uids uids && Arrays.equals(values, uids.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
