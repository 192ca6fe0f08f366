package org.postroom.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An envelope in the queue, as an administrator sees it.
///
/// @param journey what its sender was told that it was accepted as
/// @param from `<>` or an address
/// @param size in octets, as it goes elsewhere
/// @param state what is going on with it
public record QueueEntry(
        QueueId id,
        String journey,
        String from,
        long size,
        Instant arrival,
        Instant expiry,
        State state,
        List<Waiting> recipients) {

    public QueueEntry {
        recipients = List.copyOf(recipients);
    }

    /// What is going on with a letter.
    public enum State {
        /// It is tried when it is due.
        WAITING,
        /// It is being tried, or its turn comes.
        ACTIVE,
        /// An administrator holds it.
        HELD,
        /// Trying it broke something too often; it waits for an administrator.
        PARKED
    }

    /// A recipient that has not got it yet.
    ///
    /// @param attempts how often it was tried
    /// @param due when it is tried again
    /// @param said who said what last, with its reply code
    public record Waiting(String to, int attempts, Instant due, String said) {}

    static QueueEntry of(Opened opened, boolean active) {
        var envelope = opened.envelope();
        boolean parked = opened.errands().values().stream().anyMatch(Errand::parked);
        return new QueueEntry(
                opened.id(),
                envelope.journey(),
                envelope.mail().from().toString(),
                envelope.octets(),
                Instant.ofEpochMilli(envelope.arrival()),
                Instant.ofEpochMilli(envelope.expiry()),
                envelope.held()
                        ? State.HELD
                        : active ? State.ACTIVE : parked ? State.PARKED : State.WAITING,
                opened.errands().values().stream().map(QueueEntry::waiting).toList());
    }

    private static Waiting waiting(Errand errand) {
        return new Waiting(
                errand.recipient().rcpt().to().toString(),
                errand.attempts(),
                Instant.ofEpochMilli(errand.due()),
                errand.attempts() == 0 && errand.said().equals(Said.NOTHING)
                        ? ""
                        : errand.said().toString());
    }

    /// Of all recipients together.
    public int attempts() {
        return recipients.stream().mapToInt(Waiting::attempts).sum();
    }

    /// When one of them is tried next.
    public Optional<Instant> due() {
        return recipients.stream().map(Waiting::due).min(Comparator.naturalOrder());
    }
}
