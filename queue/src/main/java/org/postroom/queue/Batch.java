package org.postroom.queue;

import java.util.List;

/// Recipients of one letter at one destination, whose turn it is: one transaction.
///
/// @param numbers of their errands
record Batch(QueueId id, int priority, int sender, List<Integer> numbers) {

    /// RFC 5321 §4.5.3.1.8: what every server takes.
    static final int MOST = 100;

    Batch {
        numbers = List.copyOf(numbers);
    }
}
