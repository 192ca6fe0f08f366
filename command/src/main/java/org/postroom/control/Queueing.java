package org.postroom.control;

import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Queued;
import org.postroom.control.Answer.QueuedLetter;
import org.postroom.control.Answer.QueuedRecipient;
import org.postroom.queue.Desk;
import org.postroom.queue.Queue;
import org.postroom.queue.QueueEntry;
import org.postroom.queue.QueueId;
import org.postroom.store.Store;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Orders about the queue, of a server that runs or of a home where none does.
final class Queueing {

    private static final int MOST = 1_000;

    private final Optional<Queue> queue;
    private final Desk desk;

    Queueing(Store store, Optional<Queue> queue) {
        this.queue = queue;
        this.desk = queue.map(Queue::desk).orElseGet(() -> Desk.of(store));
    }

    Answer list() {
        var entries = desk.list(Optional.empty(), MOST);
        return new Queued(desk.size(), entries.stream().map(Queueing::letter).toList());
    }

    Answer show(String id) {
        var entry = QueueId.parse(id).flatMap(desk::show);
        if (entry.isEmpty()) return none(id);
        return new Queued(desk.size(), List.of(letter(entry.get())));
    }

    private static QueuedLetter letter(QueueEntry entry) {
        return new QueuedLetter(
                entry.id().toString(),
                entry.journey(),
                entry.from(),
                entry.size(),
                entry.arrival(),
                entry.expiry(),
                entry.state().name(),
                entry.recipients().stream()
                        .map(it -> new QueuedRecipient(it.to(), it.attempts(), it.due(), it.said()))
                        .toList());
    }

    /// @param what a letter, a domain or all of them
    Answer retry(String what) {
        if (what.equals("all")) {
            int count = queue.map(Queue::hurry).orElseGet(() -> desk.hurry(Optional.empty()));
            return new Done(count + " recipients are tried " + when() + ".");
        }
        if (what.indexOf('.') >= 0) {
            queue.ifPresentOrElse(it -> it.hurry(what), () -> desk.hurry(Optional.of(what)));
            return new Done("What waits for " + what + " is tried " + when() + ".");
        }
        return did(what, desk::retry, "is tried " + when() + ".");
    }

    private String when() {
        return queue.isPresent() ? "now" : "when the server runs";
    }

    Answer hold(String id) {
        return did(id, desk::hold, "is held until `queue release`.");
    }

    Answer release(String id) {
        return did(id, desk::release, "is tried " + when() + ".");
    }

    Answer remove(String id) {
        return did(id, desk::remove, "is removed; nobody is told.");
    }

    private static Answer did(String id, Predicate<QueueId> change, String done) {
        boolean there = QueueId.parse(id).filter(change).isPresent();
        return there ? new Done("Letter " + id + " " + done) : none(id);
    }

    private static Answer none(String id) {
        return new Failed(Exit.DATA, "No letter " + id + " waits here; `queue list` shows them.");
    }
}
