package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Summary;
import org.postroom.store.engine.Change;
import org.postroom.wire.Fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Set;

/// Which emails make a thread: two belong together when they name the same message in Message-ID,
/// In-Reply-To or References, and their subjects are the same but for what replies put around them
/// (RFC 8621 §3). An email never changes its thread.
///
/// A *mark* is a hash of such a name and the base subject. Row `H` mark8: thread8 count4, how many emails
/// bear the mark. Row `Y` thread8 email8: the email's marks, 8 octets each. Both are of layout 1.
final class Threading {

    private static final int LAYOUT = 1;

    /// Ancestors that count, the nearest of them: a thread is no longer than its members let it be.
    private static final int MOST = 20;

    private Threading() {}

    /// What an email's thread is found by, its own name first.
    static long[] marks(Summary summary) {
        var names = new LinkedHashSet<String>();
        var ids = summary.identification();
        String own = ids.messageId();
        if (own != null) names.add(own);
        for (var id : ids.inReplyTo()) add(names, id);
        for (var id : ids.references().reversed()) add(names, id);
        String subject = summary.baseSubject().text();
        return names.stream().mapToLong(name -> mark(name, subject)).toArray();
    }

    private static void add(Set<String> names, String id) {
        if (names.size() < MOST) names.add(id);
    }

    private static long mark(String name, String subject) {
        try {
            byte[] text = (name + '\n' + subject).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new Fault("hashing", e);
        }
    }

    private static byte[] key(long mark) {
        return Key.of('H', mark);
    }

    /// The row that says that an email is of a thread.
    static byte[] member(long thread, long email) {
        return Key.of('Y', thread, email);
    }

    /// A thread's emails, those that lie nowhere any more, too.
    static KeyRange members(long thread) {
        return KeyRange.of(Key.of('Y', thread));
    }

    static long emailOf(byte[] member) {
        return Key.longAt(member, 9);
    }

    private record Borne(long thread, int count) {

        static @Nullable Borne read(byte @Nullable [] row) {
            if (row == null) return null;
            var in = new RowIn("thread", row, LAYOUT);
            return new Borne(in.long8(), in.int4());
        }

        byte[] row() {
            return new RowOut(LAYOUT).long8(thread).int4(count).row();
        }
    }

    /// Finds a new email's thread, or begins one.
    static long join(Edit edit, long email, long[] marks) {
        long thread = email;
        @Nullable Borne[] borne = new @Nullable Borne[marks.length];
        for (int i = marks.length; i-- > 0; ) {
            var found = Borne.read(edit.change().get(key(marks[i])));
            borne[i] = found;
            if (found != null) thread = found.thread; // the first mark that is known decides
        }
        var row = new RowOut(LAYOUT);
        for (int i = 0; i < marks.length; i++) {
            var found = borne[i];
            var now =
                    found == null ? new Borne(thread, 1) : new Borne(found.thread, found.count + 1);
            edit.put(key(marks[i]), now.row());
            row.long8(marks[i]);
        }
        edit.put(member(thread, email), row.row());
        return thread;
    }

    /// Nothing is left of an email.
    static void leave(Change change, long thread, long email) {
        byte[] member = member(thread, email);
        byte[] row = change.get(member);
        if (row == null) return;
        var in = new RowIn("thread", row, LAYOUT);
        while (in.hasMore()) {
            byte[] key = key(in.long8());
            var borne = Borne.read(change.get(key));
            if (borne == null) continue;
            if (borne.count > 1) change.put(key, new Borne(borne.thread, borne.count - 1).row());
            else change.delete(key);
        }
        change.delete(member);
    }
}
