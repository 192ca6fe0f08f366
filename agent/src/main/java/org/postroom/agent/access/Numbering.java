package org.postroom.agent.access;

import org.jspecify.annotations.Nullable;
import org.postroom.agent.account.Hindrance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The numbers of an open mailbox: the server's, which move when a letter is removed, and the person's,
/// which stay. Both ascend together.
final class Numbering {

    /// More would not fit beside the rest in 64 MiB.
    private static final int MOST = 1_000_000;

    /// A letter that is there.
    static final class Entry {
        final int number;
        @Nullable Row row; // once it was fetched

        private Entry(int number) {
            this.number = number;
        }
    }

    private final List<Entry> order = new ArrayList<>(); // as the server counts
    private int last;

    void clear() {
        order.clear();
        last = 0;
    }

    /// The server says how many there are: at the end are new ones.
    void exists(long count) throws Hindrance {
        if (count > MOST)
            throw Hindrance.notSo("The mailbox has more letters than can be shown: " + count);
        while (order.size() < count) order.add(new Entry(++last));
    }

    void expunge(long sequence) {
        if (sequence >= 1 && sequence <= order.size()) order.remove((int) sequence - 1);
    }

    int last() {
        return last;
    }

    int size() {
        return order.size();
    }

    Optional<Entry> sequence(long sequence) {
        return sequence >= 1 && sequence <= order.size()
                ? Optional.of(order.get((int) sequence - 1))
                : Optional.empty();
    }

    /// The server's number of the first letter whose number is at least this.
    int from(int number) {
        int low = 0;
        int high = order.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.get(middle).number < number) low = middle + 1;
            else high = middle;
        }
        return low + 1;
    }

    /// The letters between two numbers.
    List<Entry> between(int from, int to) {
        int first = from(from) - 1;
        int end = Math.max(first, from(to + 1) - 1);
        return order.subList(first, end);
    }
}
