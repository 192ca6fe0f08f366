package org.postroom.store;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All emails of an account as one version has them, the way JMAP sees them: each once, in all its
/// mailboxes, with the keywords of all its places together, but `$seen` only if it is seen in each
/// (DECISIONS, Identity). What is flagged `\Deleted` is not there (RFC 8621 §4.1.1). An immutable
/// snapshot made of the account's views, about 60 octets an email.
///
/// Emails are named by number from 0 to [#size]; numbers say nothing.
public final class Catalog {

    /// What a mailbox has (RFC 8621 §2).
    public record Counts(int emails, int unread, int threads, int unreadThreads) {

        public static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    private static final int NONE = -1;

    private final long version;
    private final List<View> views;
    private final Numbers emails;
    private final Numbers threads;
    private final int[] nextInThread;
    private final long[] flags;
    private final int[] octets;
    private final long[] received;
    private final int[] firstPlace; // of an email, in the two below
    private final int[] mailbox;
    private final int[] nextPlace;
    private int places;
    private volatile @Nullable Map<MailboxId, Counts> counts;

    /// Numbers for ids, from 0 on, in the order in which they come.
    private static final class Numbers {

        private final long[] ids;
        private final int[] firstOf; // of a thread: its first email
        private final int[] table;
        private int count;

        Numbers(int most) {
            ids = new long[most];
            firstOf = new int[most];
            table = new int[Integer.highestOneBit(Math.max(1, most)) * 4];
            Arrays.fill(table, NONE);
        }

        private int slot(long id) {
            long mixed = id * 0x9E3779B97F4A7C15L;
            int at = (int) (mixed >>> 32) & (table.length - 1);
            while (table[at] != NONE && ids[table[at]] != id) at = (at + 1) & (table.length - 1);
            return at;
        }

        int find(long id) {
            return table[slot(id)];
        }

        /// The number of an id, a new one if it has none.
        int number(long id) {
            int at = slot(id);
            if (table[at] != NONE) return table[at];
            ids[count] = id;
            firstOf[count] = NONE;
            table[at] = count;
            return count++;
        }
    }

    /// Loops over all messages: not on a virtual thread.
    Catalog(long version, List<View> views) {
        this.version = version;
        this.views = views;
        int most = views.stream().mapToInt(View::size).sum();
        emails = new Numbers(most);
        threads = new Numbers(most);
        nextInThread = new int[most];
        flags = new long[most];
        octets = new int[most];
        received = new long[most];
        firstPlace = new int[most];
        mailbox = new int[most];
        nextPlace = new int[most];
        for (var view : views)
            for (var chunk : view.chunks())
                for (int i = 0; i < chunk.count(); i++)
                    if (!Flag.DELETED.in(chunk.flags[i])) add(view.mailbox(), chunk, i);
    }

    private void add(MailboxId where, Chunk chunk, int at) {
        int before = emails.count;
        int email = emails.number(chunk.email[at]);
        long now = chunk.flags[at];
        if (email == before) {
            flags[email] = now;
            octets[email] = chunk.size[at];
            received[email] = chunk.received[at];
            firstPlace[email] = NONE;
            int thread = threads.number(chunk.thread[at]);
            nextInThread[email] = threads.firstOf[thread];
            threads.firstOf[thread] = email;
        } else {
            long seen = flags[email] & now & Flag.SEEN.bit();
            flags[email] = ((flags[email] | now) & ~Flag.SEEN.bit()) | seen;
        }
        mailbox[places] = where.value();
        nextPlace[places] = firstPlace[email];
        firstPlace[email] = places++;
    }

    /// The same emails at a later version that changed none of them.
    Catalog at(long later) {
        return later == version ? this : new Catalog(this, later);
    }

    private Catalog(Catalog same, long version) {
        this.version = version;
        views = same.views;
        emails = same.emails;
        threads = same.threads;
        nextInThread = same.nextInThread;
        flags = same.flags;
        octets = same.octets;
        received = same.received;
        firstPlace = same.firstPlace;
        mailbox = same.mailbox;
        nextPlace = same.nextPlace;
        places = same.places;
    }

    /// Whether it was made of these very views.
    boolean isOf(List<View> others) {
        if (others.size() != views.size()) return false;
        for (int i = 0; i < views.size(); i++) if (others.get(i) != views.get(i)) return false;
        return true;
    }

    public long version() {
        return version;
    }

    public int size() {
        return emails.count;
    }

    /// The number of an email, or -1.
    public int find(EmailId email) {
        return emails.find(email.value());
    }

    public EmailId email(int number) {
        return new EmailId(emails.ids[number]);
    }

    /// Its keywords as bits, by the account's [Keywords].
    public long flags(int number) {
        return flags[number];
    }

    public int octets(int number) {
        return octets[number];
    }

    /// In milliseconds since 1970.
    public long received(int number) {
        return received[number];
    }

    public boolean isIn(int number, MailboxId box) {
        for (int place = firstPlace[number]; place != NONE; place = nextPlace[place])
            if (mailbox[place] == box.value()) return true;
        return false;
    }

    /// In which mailboxes it is; a few of them.
    public int[] mailboxes(int number) {
        int count = 0;
        for (int place = firstPlace[number]; place != NONE; place = nextPlace[place]) count++;
        int[] all = new int[count];
        for (int place = firstPlace[number]; place != NONE; place = nextPlace[place])
            all[--count] = mailbox[place];
        return Arrays.stream(all).distinct().toArray();
    }

    /// What marks the thread of an email among those of this catalog: a number from 0 on.
    public int[] threadNumbers() {
        int[] of = new int[emails.count];
        for (int thread = 0; thread < threads.count; thread++)
            for (int email = threads.firstOf[thread]; email != NONE; email = nextInThread[email])
                of[email] = thread;
        return of;
    }

    public int threads() {
        return threads.count;
    }

    /// The emails of a thread, by its number.
    public int[] members(int thread) {
        int count = 0;
        for (int email = threads.firstOf[thread]; email != NONE; email = nextInThread[email])
            count++;
        int[] all = new int[count];
        for (int email = threads.firstOf[thread]; email != NONE; email = nextInThread[email])
            all[--count] = email;
        return all;
    }

    /// The number of a thread, or -1.
    public int find(ThreadId thread) {
        return threads.find(thread.value());
    }

    public ThreadId thread(int thread) {
        return new ThreadId(threads.ids[thread]);
    }

    /// Neither seen nor a draft (RFC 8621 §2).
    public boolean isUnread(int number) {
        return (flags[number] & (Flag.SEEN.bit() | Flag.DRAFT.bit())) == 0;
    }

    /// What each mailbox has; one that has nothing may be missing. Loops over all: not on a virtual thread.
    ///
    /// @param trash the mailbox of this use: what is in it alone counts for no other, what is not in it
    ///     not for it (RFC 8621 §2)
    Map<MailboxId, Counts> counts(int trash) {
        var known = counts;
        if (known == null) counts = known = count(trash);
        return known;
    }

    private Map<MailboxId, Counts> count(int trash) {
        var tally = new TreeMap<Integer, int[]>();
        for (int email = 0; email < emails.count; email++)
            for (int box : mailboxes(email)) {
                int[] count = tally.computeIfAbsent(box, _ -> new int[4]);
                count[0]++;
                if (isUnread(email)) count[1]++;
            }
        for (int thread = 0; thread < threads.count; thread++) {
            boolean unread = false;
            boolean unreadInTrash = false;
            int[] members = members(thread);
            for (int email : members) {
                if (!isUnread(email)) continue;
                int[] boxes = mailboxes(email);
                boolean inTrash = Arrays.stream(boxes).anyMatch(box -> box == trash);
                unreadInTrash |= inTrash;
                unread |= !inTrash || boxes.length > 1;
            }
            var in = Arrays.stream(members).flatMap(email -> Arrays.stream(mailboxes(email)));
            boolean other = unread;
            boolean own = unreadInTrash;
            in.distinct()
                    .forEach(box -> {
                        int[] count = tally.computeIfAbsent(box, _ -> new int[4]);
                        count[2]++;
                        if (box == trash ? own : other) count[3]++;
                    });
        }
        var counts = new TreeMap<MailboxId, Counts>();
        tally.forEach((box, count) ->
                counts.put(new MailboxId(box), new Counts(count[0], count[1], count[2], count[3])));
        return counts;
    }
}
