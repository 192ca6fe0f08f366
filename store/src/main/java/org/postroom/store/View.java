package org.postroom.store;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A mailbox as it was after one commit: an immutable snapshot in packed arrays, shared by all
/// sessions. A session holds the view it has told its client about, and moves on by [#diff].
///
/// Messages are named by sequence number from 1 to [#size], in the order of their UIDs. About 56
/// octets a message; a commit makes a new view that shares all chunks it did not touch.
public final class View {

    /// What a view knows besides its messages.
    ///
    /// @param version the account's, at the last commit that touched the mailbox, or later
    record Head(
            MailboxId mailbox,
            UidValidity uidValidity,
            int uidNext,
            ModSeq highestModSeq,
            long version) {

        static Head of(MailboxRow box, long version) {
            return new Head(
                    new MailboxId(box.id),
                    new UidValidity(box.uidValidity),
                    box.uidNext,
                    new ModSeq(box.modSeq),
                    version);
        }
    }

    private final Head head;
    private final Chunk[] chunks;

    /// The sequence number of each chunk's first message, and behind the last one's.
    private final int[] starts;

    private final int unseen;
    private final long octets;

    View(Head head, Chunk[] chunks) {
        this.head = head;
        this.chunks = chunks;
        starts = new int[chunks.length + 1];
        starts[0] = 1;
        int unread = 0;
        long sum = 0;
        for (int i = 0; i < chunks.length; i++) {
            starts[i + 1] = starts[i] + chunks[i].count();
            unread += chunks[i].unseen;
            sum += chunks[i].octets;
        }
        unseen = unread;
        octets = sum;
    }

    Chunk[] chunks() {
        return chunks;
    }

    public MailboxId mailbox() {
        return head.mailbox;
    }

    public UidValidity uidValidity() {
        return head.uidValidity;
    }

    /// Larger than every UID in here.
    public int uidNext() {
        return head.uidNext;
    }

    public ModSeq highestModSeq() {
        return head.highestModSeq;
    }

    /// The account's version this view shows.
    public long version() {
        return head.version;
    }

    public int size() {
        return starts[chunks.length] - 1;
    }

    public int unseen() {
        return unseen;
    }

    /// All messages' sizes, added.
    public long octets() {
        return octets;
    }

    /// The sequence number of a UID, or 0 when it is not here.
    public int sequenceOf(int uid) {
        int sequence = firstFrom(uid);
        return sequence <= size() && uid(sequence) == uid ? sequence : 0;
    }

    /// The first sequence number whose UID is not less; [#size] + 1 when there is none.
    public int firstFrom(int uid) {
        int low = 0;
        int high = chunks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chunks[middle].lastUid() < uid) low = middle + 1;
            else high = middle;
        }
        if (low == chunks.length) return size() + 1;
        int at = Arrays.binarySearch(chunks[low].uid, uid);
        return starts[low] + (at < 0 ? -at - 1 : at);
    }

    public int uid(int sequence) {
        int chunk = chunkOf(sequence);
        return chunks[chunk].uid[sequence - starts[chunk]];
    }

    public long modSeq(int sequence) {
        int chunk = chunkOf(sequence);
        return chunks[chunk].modSeq[sequence - starts[chunk]];
    }

    /// System flags by [Flag#bit], keywords by [Keywords].
    public long flags(int sequence) {
        int chunk = chunkOf(sequence);
        return chunks[chunk].flags[sequence - starts[chunk]];
    }

    public EmailId email(int sequence) {
        int chunk = chunkOf(sequence);
        return new EmailId(chunks[chunk].email[sequence - starts[chunk]]);
    }

    public ThreadId thread(int sequence) {
        int chunk = chunkOf(sequence);
        return new ThreadId(chunks[chunk].thread[sequence - starts[chunk]]);
    }

    /// In octets: RFC822.SIZE.
    public int octets(int sequence) {
        int chunk = chunkOf(sequence);
        return chunks[chunk].size[sequence - starts[chunk]];
    }

    /// INTERNALDATE, in milliseconds since 1970.
    public long received(int sequence) {
        int chunk = chunkOf(sequence);
        return chunks[chunk].received[sequence - starts[chunk]];
    }

    /// When it came to this mailbox (RFC 8514 §3), in milliseconds since 1970.
    public long saved(int sequence) {
        int chunk = chunkOf(sequence);
        return chunks[chunk].saved[sequence - starts[chunk]];
    }

    private int chunkOf(int sequence) {
        if (sequence < 1 || sequence > size())
            throw new IndexOutOfBoundsException("message " + sequence + " of " + size());
        int at = Arrays.binarySearch(starts, sequence);
        return at < 0 ? -at - 2 : at;
    }

    /// UIDs of all messages whose flags have every bit of `bits`.
    public Uids having(long bits) {
        return Uids.ascending(
                Arrays.stream(chunks)
                        .flatMapToInt(chunk ->
                                IntStream.range(0, chunk.count())
                                        .filter(i -> (chunk.flags[i] & bits) == bits)
                                        .map(i -> chunk.uid[i]))
                        .toArray());
    }

    /// The UIDs of a range of sequence numbers, both ends included.
    public Uids uids(int firstSequence, int lastSequence) {
        return Uids.ascending(
                IntStream.rangeClosed(firstSequence, lastSequence).map(this::uid).toArray());
    }

    /// All of them.
    public Uids uids() {
        return uids(1, size());
    }

    /// This view together with those messages of an older one that it lacks: what a session shows that
    /// may tell of changes but not of expunged messages (RFC 9051 §7.5.1).
    public View keeping(View older) {
        var builder = new ViewBuilder();
        var old = new ViewCursor(older);
        var now = new ViewCursor(this);
        while (old.hasMore() || now.hasMore()) {
            if (old.hasMore() && now.hasMore() && old.meets(now)) {
                builder.add(now.chunk());
                old.skipChunk();
                now.skipChunk();
            } else if (!now.hasMore() || (old.hasMore() && old.uid() < now.uid())) {
                builder.add(old.chunk(), old.at());
                old.step();
            } else {
                if (old.hasMore() && old.uid() == now.uid()) old.step();
                builder.add(now.chunk(), now.at());
                now.step();
            }
        }
        return builder.build(head);
    }

    /// What became of `older` in `newer`, both of one mailbox. Parts that no commit touched are skipped.
    public static Difference diff(View older, View newer) {
        var expunged = IntStream.builder();
        var vanished = IntStream.builder();
        var changed = IntStream.builder();
        var old = new ViewCursor(older);
        var now = new ViewCursor(newer);
        while (old.hasMore()) {
            if (!now.hasMore() || old.uid() < now.uid()) {
                expunged.add(old.sequence());
                vanished.add(old.uid());
                old.step();
            } else if (old.meets(now)) {
                old.skipChunk();
                now.skipChunk();
            } else {
                // nothing is ever inserted before a message that was there, so the UIDs are equal
                if (differs(old, now)) changed.add(now.sequence());
                old.step();
                now.step();
            }
        }
        int arrived = newer.size() + 1 - now.sequence();
        return new Difference(
                expunged.build().toArray(),
                Uids.ascending(vanished.build().toArray()),
                changed.build().toArray(),
                arrived);
    }

    private static boolean differs(ViewCursor old, ViewCursor now) {
        return old.chunk().modSeq[old.at()] != now.chunk().modSeq[now.at()]
                || old.chunk().flags[old.at()] != now.chunk().flags[now.at()];
    }
}
