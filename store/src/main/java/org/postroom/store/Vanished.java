package org.postroom.store;

import org.postroom.store.engine.Rows;

import java.util.stream.IntStream;

/// Which messages have gone from a mailbox since a mod-sequence (RFC 7162 §3.2.6): those that the
/// change log names, or, where it was trimmed since, every UID that is not there.
final class Vanished {

    private static final int PAGE = 500;

    private Vanished() {}

    /// @param now the mailbox, which is looked at where the log does not say
    static Uids since(Rows rows, View now, long modSeq) {
        if (modSeq >= now.highestModSeq().value()) return Uids.NONE;
        var first = rows.scan(ChangeRow.ALL.from(), ChangeRow.ALL.to(), 1).rows();
        boolean known = !first.isEmpty() && Key.longAt(first.getFirst().key(), 1) <= modSeq + 1;
        return known ? logged(rows, now, modSeq) : missing(now);
    }

    private static Uids logged(Rows rows, View now, long modSeq) {
        int mailbox = now.mailbox().value();
        var gone = IntStream.builder();
        byte[] from = ChangeRow.key(modSeq + 1);
        byte[] to = ChangeRow.key(now.version() + 1);
        while (true) {
            var page = rows.scan(from, to, PAGE);
            for (var row : page.rows())
                for (var entry : ChangeRow.read(row.value()).entries())
                    if (entry instanceof ChangeRow.Expunged(int box, int uid, _, _)
                            && box == mailbox) gone.add(uid);
            if (!page.more()) return Uids.of(gone.build().toArray());
            from = KeyRange.after(page.rows().getLast().key());
        }
    }

    private static Uids missing(View now) {
        var gone = IntStream.builder();
        int next = 1;
        for (int sequence = 1; sequence <= now.size(); sequence++) {
            int uid = now.uid(sequence);
            for (; next < uid; next++) gone.add(next);
            next = uid + 1;
        }
        for (; next < now.uidNext(); next++) gone.add(next);
        return Uids.ascending(gone.build().toArray());
    }
}
