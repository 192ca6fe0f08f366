package org.postroom.queue;

import java.util.Locale;
import java.util.Optional;

/// Names an envelope in the queue: the commit that brought it, its place in that commit, and its
/// shard. Never given twice. Printed in base 32, short enough to be read out.
public record QueueId(long number) implements Comparable<QueueId> {

    static final int SHARDS = 16;

    /// Envelopes that one commit may bring.
    static final int MOST_AT_ONCE = 256;

    private static final int RADIX = 32;

    /// @param version of the shard's partition
    static QueueId of(int shard, long version, int index) {
        return new QueueId((version * MOST_AT_ONCE + index) * SHARDS + shard);
    }

    int shard() {
        return (int) (number % SHARDS);
    }

    /// Nothing, when it is none.
    public static Optional<QueueId> parse(String text) {
        if (text.isEmpty() || text.length() > 12) return Optional.empty();
        try {
            long number = Long.parseLong(text.toLowerCase(Locale.ROOT), RADIX);
            return number > 0 ? Optional.of(new QueueId(number)) : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(QueueId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number, RADIX);
    }
}
