package org.postroom.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;

/// Where letters go, and those that wait to go there: the urgent before the others (RFC 6710 §4.1),
/// and among equals each sender in turn. How many conversations it gets grows with success and shrinks
/// with failure; while it does not answer at all it gets none.
///
/// The [Dispatcher] guards it by its lock.
final class Destination {

    private static final int FIRST = 2; // conversations with a destination that is not known yet
    private static final int MOST = 32;
    private static final int MOST_HERE = 16;
    private static final int MOST_WAITING = 2_000; // recipients; the others wait on disk

    /// Recipients of a letter that wait together.
    private record Job(QueueId id, ArrayDeque<Integer> numbers) {}

    final String name;
    final Condition changed;
    private final Map<Integer, SequencedMap<Integer, ArrayDeque<Job>>> waiting =
            new TreeMap<>(Comparator.reverseOrder());
    private int size;
    private int limit;
    private int couriers;
    private int resting;
    private int talking;
    private int failures;
    private long closedUntil;
    private Said why = Said.NOTHING;
    boolean inLine;
    boolean borrowed;

    Destination(String name, Condition changed) {
        this.name = name;
        this.changed = changed;
        this.limit = isHere() ? MOST_HERE : FIRST;
    }

    boolean isHere() {
        return name.equals(Errand.HERE);
    }

    // ---- what waits

    boolean hasRoom() {
        return size < MOST_WAITING;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isIdle() {
        return size == 0 && couriers == 0 && closedUntil == 0 && !borrowed;
    }

    void add(QueueId id, int priority, int sender, int number) {
        var jobs =
                waiting.computeIfAbsent(priority, _ -> new LinkedHashMap<>())
                        .computeIfAbsent(sender, _ -> new ArrayDeque<>());
        var last = jobs.peekLast();
        if (last == null || !last.id.equals(id)) {
            last = new Job(id, new ArrayDeque<>());
            jobs.add(last);
        }
        last.numbers.add(number);
        size++;
    }

    /// The next transaction, and the sender's next turn is behind all others'.
    Optional<Batch> take() {
        if (size == 0) return Optional.empty();
        var urgent = waiting.entrySet().iterator().next();
        var senders = urgent.getValue();
        var turn = senders.pollFirstEntry();
        var jobs = turn.getValue();
        var job = jobs.getFirst();
        var numbers = new ArrayList<Integer>();
        while (numbers.size() < Batch.MOST && !job.numbers.isEmpty())
            numbers.add(job.numbers.poll());
        size -= numbers.size();
        if (job.numbers.isEmpty()) jobs.poll();
        if (!jobs.isEmpty()) senders.putLast(turn.getKey(), jobs);
        if (senders.isEmpty()) waiting.remove(urgent.getKey());
        return Optional.of(new Batch(job.id, urgent.getKey(), turn.getKey(), numbers));
    }

    // ---- who works for it

    boolean wantsCourier() {
        return size > 0 && !borrowed && resting == 0 && couriers < limit;
    }

    void came() {
        couriers++;
    }

    void left() {
        couriers--;
    }

    void rests() {
        resting++;
    }

    void stirs() {
        resting--;
    }

    boolean hasResting() {
        return resting > 0;
    }

    void connected() {
        talking++;
    }

    void hungUp() {
        talking--;
    }

    // ---- how it goes

    void succeeded() {
        failures = 0;
        closedUntil = 0;
        if (!isHere()) limit = Math.min(MOST, limit + 1);
    }

    /// It could not be reached, or did not keep up a conversation.
    ///
    /// @return until when it is left alone; nothing where others talk with it all the same
    Optional<Long> failed(Said said, long now) {
        limit = Math.max(1, limit / 2);
        if (talking > 0) return Optional.empty();
        closedUntil = now + Pace.pause(++failures);
        why = said;
        return Optional.of(closedUntil);
    }

    void reopen() {
        closedUntil = 0;
    }

    /// Until when it is left alone, and why; nothing when it is not.
    Optional<Outcome.Deferred> closed(long now) {
        return closedUntil > now
                ? Optional.of(new Outcome.Deferred(why, closedUntil, false))
                : Optional.empty();
    }
}
