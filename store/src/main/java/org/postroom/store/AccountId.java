package org.postroom.store;

/// An account, by 63 random bits, never reused. It is the number of the account's partition, too.
public record AccountId(long value) implements Comparable<AccountId> {

    public AccountId {
        if (value <= 0) throw new IllegalArgumentException("an account id is positive: " + value);
    }

    @Override
    public int compareTo(AccountId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "%016x".formatted(value);
    }
}
