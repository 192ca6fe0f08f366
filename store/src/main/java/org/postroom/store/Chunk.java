package org.postroom.store;

import java.util.Arrays;

/// Up to 512 neighbouring messages of a [View], column by column. It never changes; a commit that
/// touches one of them makes a new chunk, and views share those it did not touch.
final class Chunk {

    static final int LIMIT = 512;

    final int[] uid;
    final long[] modSeq;
    final long[] flags;
    final long[] email;
    final long[] thread;
    final int[] size;
    final long[] received;
    final long[] saved;
    final int unseen;
    final long octets;

    private Chunk(Builder from) {
        int count = from.count;
        uid = Arrays.copyOf(from.uid, count);
        modSeq = Arrays.copyOf(from.modSeq, count);
        flags = Arrays.copyOf(from.flags, count);
        email = Arrays.copyOf(from.email, count);
        thread = Arrays.copyOf(from.thread, count);
        size = Arrays.copyOf(from.size, count);
        received = Arrays.copyOf(from.received, count);
        saved = Arrays.copyOf(from.saved, count);
        int unread = 0;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            if (!Flag.SEEN.in(flags[i])) unread++;
            sum += size[i];
        }
        unseen = unread;
        octets = sum;
    }

    int count() {
        return uid.length;
    }

    int firstUid() {
        return uid[0];
    }

    int lastUid() {
        return uid[uid.length - 1];
    }

    /// Gathers messages one by one for the next chunk.
    static final class Builder {

        private final int[] uid = new int[LIMIT];
        private final long[] modSeq = new long[LIMIT];
        private final long[] flags = new long[LIMIT];
        private final long[] email = new long[LIMIT];
        private final long[] thread = new long[LIMIT];
        private final int[] size = new int[LIMIT];
        private final long[] received = new long[LIMIT];
        private final long[] saved = new long[LIMIT];
        private int count;

        boolean isEmpty() {
            return count == 0;
        }

        boolean isFull() {
            return count == LIMIT;
        }

        void add(UidRow row) {
            uid[count] = row.uid();
            modSeq[count] = row.modSeq();
            flags[count] = row.flags();
            email[count] = row.email();
            thread[count] = row.thread();
            size[count] = row.size();
            received[count] = row.received();
            saved[count] = row.saved();
            count++;
        }

        void add(Chunk from, int at) {
            uid[count] = from.uid[at];
            modSeq[count] = from.modSeq[at];
            flags[count] = from.flags[at];
            email[count] = from.email[at];
            thread[count] = from.thread[at];
            size[count] = from.size[at];
            received[count] = from.received[at];
            saved[count] = from.saved[at];
            count++;
        }

        Chunk build() {
            var chunk = new Chunk(this);
            count = 0;
            return chunk;
        }
    }
}
