package org.postroom.queue;

import org.postroom.smtp.Address;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Reply;
import org.postroom.store.DeliveryId;
import org.postroom.store.KeyRange;
import org.postroom.store.Letter;
import org.postroom.store.engine.Change;
import org.postroom.store.engine.Commits;
import org.postroom.store.engine.Page;
import org.postroom.store.engine.Rows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// The queue's rows, in sixteen partitions, so that acceptance is not bound to one of them: a letter
/// goes into each by turns. All that belongs to a letter is in one partition and changes by one
/// commit.
///
/// | on disk | after a crash |
/// |---|---|
/// | nothing | the sender was not told 250 and sends again |
/// | `m`, `r`, `d`, `X` rows and the blob | each recipient is tried when it is due |
/// | the same, and a next hop has said 250 | it gets a copy more (RFC 1047); an account here does not: it knows the delivery id |
/// | some recipients' `r` and `d` gone | the others are tried; of those gone nothing is left to do |
/// | a recipient's rows gone, a notice's rows there | both came by one commit: no failure without its notice, no notice twice |
/// | no row left | nothing to do; the blob is swept |
///
/// `m` is an [Envelope], `r` an [Errand], `d` a [Due]; `X` holds the blob.
final class Ledger {

    static final long FIRST_PARTITION = 64;
    private static final byte[] PRESENT = {1};

    /// A letter of ours that is accepted together with what it is about.
    record Post(Letter letter, Consignment consignment) {}

    private final Commits commits;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong waiting = new AtomicLong();

    private final Predicate<String> waits;

    Ledger(Commits commits) {
        this(commits, _ -> false);
    }

    /// @param waits whether letters for a domain wait until they are called for
    Ledger(Commits commits, Predicate<String> waits) {
        this.commits = commits;
        this.waits = waits;
        for (int shard = 0; shard < QueueId.SHARDS; shard++) waiting.addAndGet(count(shard));
    }

    static long partition(int shard) {
        return FIRST_PARTITION + shard;
    }

    /// Each envelope holds its blob by one row, which is shorter than itself.
    private long count(int shard) {
        return commits.<Long, RuntimeException>read(
                partition(shard),
                rows -> {
                    var count = new AtomicLong();
                    Envelope.BLOBS.each(rows, _ -> count.incrementAndGet());
                    return count.get();
                });
    }

    /// How many envelopes there are.
    long waiting() {
        return waiting.get();
    }

    /// The commit that answers 250.
    ///
    /// @param keepFor how long to try, in milliseconds
    List<Due> accept(Letter letter, List<Consignment> consignments, long now, long keepFor) {
        if (consignments.size() > QueueId.MOST_AT_ONCE)
            throw new IllegalArgumentException("so many consignments of a letter");
        int shard = turn.getAndIncrement() & (QueueId.SHARDS - 1);
        var delivery = DeliveryId.random();
        var due =
                commits.<List<Due>, RuntimeException>commit(
                        partition(shard),
                        change -> {
                            var all = new ArrayList<Due>();
                            int index = 0;
                            for (var consignment : consignments) {
                                var id = QueueId.of(shard, change.version(), index++);
                                all.addAll(
                                        put(
                                                change,
                                                id,
                                                new Post(letter, consignment),
                                                delivery,
                                                now,
                                                keepFor));
                            }
                            return all;
                        });
        waiting.addAndGet(consignments.size());
        return due;
    }

    private List<Due> put(
            Change change, QueueId id, Post post, DeliveryId delivery, long now, long keepFor) {
        var letter = post.letter();
        var consignment = post.consignment();
        var sealed = letter.blob();
        if (sealed != null) change.keep(sealed);
        long begin = Timing.begin(consignment.mail().parameters(), now);
        var envelope =
                new Envelope(
                        delivery,
                        now,
                        Timing.expiry(consignment.mail().parameters(), now, begin, keepFor),
                        consignment.submitter().map(account -> account.value()).orElse(0L),
                        false,
                        letter.id(),
                        letter.size(),
                        letter.summary().encode(),
                        consignment.mail(),
                        consignment.trace(),
                        consignment.id().isEmpty() ? id.toString() : consignment.id());
        change.put(envelope.reference(id), PRESENT);
        change.put(Envelope.key(id), envelope.row());
        var all = new ArrayList<Due>();
        int number = 0;
        for (var recipient : consignment.recipients()) {
            var errand = Errand.begun(recipient, begin);
            if (begin <= now && waits.test(errand.domain()))
                errand = errand.putOff(envelope.expiry(), Said.ours(Reply.TO_BE_CALLED_FOR));
            change.put(Errand.key(id, number), errand.row());
            var due = due(envelope, errand, id, number++, begin > now);
            change.put(due.key(), due.row());
            all.add(due);
        }
        return all;
    }

    private static Due due(
            Envelope envelope, Errand errand, QueueId id, int number, boolean asked) {
        return new Due(
                errand.due(),
                id,
                number,
                Timing.priority(envelope.mail().parameters()),
                sender(envelope),
                asked,
                errand.domain());
    }

    private static int sender(Envelope envelope) {
        if (envelope.submitter() != 0) return Long.hashCode(envelope.submitter());
        return switch (envelope.mail().from()) {
            case NullPath() -> 0;
            case Address address -> address.domain().hashCode();
        };
    }

    /// What is due from a time on up to another, in its order, no more than so many.
    Page due(int shard, KeyRange range, int most) {
        return commits.<Page, RuntimeException>read(
                partition(shard), rows -> rows.scan(range.from(), range.to(), most));
    }

    /// An envelope with those of these errands that are still to be done at this time.
    Optional<Opened> open(QueueId id, List<Integer> numbers, long now) {
        return commits.<Optional<Opened>, RuntimeException>read(
                partition(id.shard()),
                rows -> {
                    byte[] row = rows.get(Envelope.key(id));
                    if (row == null) return Optional.empty();
                    var envelope = Envelope.read(row);
                    if (envelope.held()) return Optional.empty();
                    var errands = new LinkedHashMap<Integer, Errand>();
                    for (int number : numbers) {
                        byte[] each = rows.get(Errand.key(id, number));
                        if (each == null) continue;
                        var errand = Errand.read(each);
                        boolean waits = errand.due() > now && errand.due() <= now + Pace.LONGEST;
                        if (!errand.parked() && !waits) errands.put(number, errand);
                    }
                    return errands.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Opened(id, envelope, errands));
                });
    }

    /// An envelope with all its errands.
    Optional<Opened> look(QueueId id) {
        return commits.<Optional<Opened>, RuntimeException>read(
                partition(id.shard()),
                rows ->
                        Optional.ofNullable(rows.get(Envelope.key(id)))
                                .map(row -> new Opened(id, Envelope.read(row), errands(rows, id))));
    }

    private static SequencedMap<Integer, Errand> errands(Rows rows, QueueId id) {
        var errands = new LinkedHashMap<Integer, Errand>();
        Errand.of(id)
                .each(rows, row -> errands.put(Errand.number(row.key()), Errand.read(row.value())));
        return errands;
    }

    /// The envelopes of a shard behind an id, in the order of their arrival, no more than so many.
    List<Opened> list(int shard, Optional<QueueId> after, int most) {
        return commits.<List<Opened>, RuntimeException>read(
                partition(shard),
                rows -> {
                    var range =
                            after.map(id -> Envelope.ALL.startingAfter(Envelope.key(id)))
                                    .orElse(Envelope.ALL);
                    var all = new ArrayList<Opened>();
                    for (var row : rows.scan(range.from(), range.to(), most).rows()) {
                        var id = Envelope.id(row.key());
                        all.add(new Opened(id, Envelope.read(row.value()), errands(rows, id)));
                    }
                    return all;
                });
    }

    /// Writes down what came of some errands: a next state, or nothing when they are done. What was
    /// removed meanwhile stays so. Letters about it are accepted by the same commit.
    ///
    /// @return what is to be tried, now or later
    List<Due> settle(
            QueueId id,
            Map<Integer, Optional<Errand>> fates,
            List<Post> posts,
            long now,
            long keepFor) {
        record Done(List<Due> due, boolean gone) {}
        var delivery = DeliveryId.random();
        var done =
                commits.<Done, RuntimeException>commit(
                        partition(id.shard()),
                        change -> {
                            var due = new ArrayList<Due>();
                            byte[] row = change.get(Envelope.key(id));
                            if (row == null) return new Done(due, false);
                            var envelope = Envelope.read(row);
                            fates.forEach((number, next) ->
                                    replace(change, id, envelope, number, next)
                                            .ifPresent(due::add));
                            boolean gone = Errand.of(id).isEmpty(change);
                            if (gone) forget(change, id, envelope);
                            int index = 0;
                            for (var post : posts)
                                due.addAll(
                                        put(
                                                change,
                                                QueueId.of(id.shard(), change.version(), index++),
                                                post,
                                                delivery,
                                                now,
                                                keepFor));
                            return new Done(due, gone);
                        });
        waiting.addAndGet(posts.size() - (done.gone ? 1 : 0));
        return done.due;
    }

    private static Optional<Due> replace(
            Change change, QueueId id, Envelope envelope, int number, Optional<Errand> next) {
        byte[] key = Errand.key(id, number);
        byte[] row = change.get(key);
        if (row == null) return Optional.empty();
        change.delete(Due.key(Errand.read(row).due(), id, number));
        if (next.isEmpty()) {
            change.delete(key);
            return Optional.empty();
        }
        change.put(key, next.get().row());
        if (envelope.held() || next.get().parked()) return Optional.empty();
        var due = due(envelope, next.get(), id, number, false);
        change.put(due.key(), due.row());
        return Optional.of(due);
    }

    private static void forget(Change change, QueueId id, Envelope envelope) {
        change.delete(envelope.reference(id));
        change.delete(Envelope.key(id));
    }

    /// A line of the index that leads to nothing that can be read is taken out, so that it is not met
    /// again; what it led to stays for whoever looks (TRAPS T17).
    void drop(Due due) {
        commits.<Boolean, RuntimeException>commit(
                partition(due.id().shard()),
                change -> {
                    change.delete(due.key());
                    return true;
                });
    }

    /// Sets all errands of an envelope anew, and the envelope too.
    ///
    /// @return what is to be tried; nothing when there is no such envelope
    Optional<List<Due>> change(QueueId id, boolean held, long now) {
        return commits.<Optional<List<Due>>, RuntimeException>commit(
                partition(id.shard()),
                change -> {
                    byte[] row = change.get(Envelope.key(id));
                    if (row == null) return Optional.empty();
                    var envelope = Envelope.read(row).heldIf(held);
                    change.put(Envelope.key(id), envelope.row());
                    var due = new ArrayList<Due>();
                    errands(change, id)
                            .forEach((number, errand) ->
                                    replace(
                                                    change,
                                                    id,
                                                    envelope,
                                                    number,
                                                    Optional.of(
                                                            held ? errand : errand.unparked(now)))
                                            .ifPresent(due::add));
                    return Optional.of(due);
                });
    }

    /// Removes an envelope with all its errands; nobody hears of it.
    boolean remove(QueueId id) {
        boolean there =
                commits.<Boolean, RuntimeException>commit(
                        partition(id.shard()),
                        change -> {
                            byte[] row = change.get(Envelope.key(id));
                            if (row == null) return false;
                            var envelope = Envelope.read(row);
                            for (int number : errands(change, id).keySet())
                                replace(change, id, envelope, number, Optional.empty());
                            forget(change, id, envelope);
                            return true;
                        });
        if (there) waiting.decrementAndGet();
        return there;
    }

    /// Makes some errands due now.
    List<Due> hasten(int shard, List<Due> some, long now) {
        return commits.<List<Due>, RuntimeException>commit(
                partition(shard),
                change -> {
                    var sooner = new ArrayList<Due>();
                    for (var due : some) {
                        if (change.get(due.key()) == null) continue;
                        byte[] row = change.get(Errand.key(due.id(), due.number()));
                        if (row == null) continue;
                        var errand = Errand.read(row);
                        var hastened = due.at(now);
                        change.put(
                                Errand.key(due.id(), due.number()),
                                errand.putOff(now, errand.said()).row());
                        change.delete(due.key());
                        change.put(hastened.key(), hastened.row());
                        sooner.add(hastened);
                    }
                    return sooner;
                });
    }
}
