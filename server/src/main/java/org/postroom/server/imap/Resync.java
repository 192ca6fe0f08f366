package org.postroom.server.imap;

import org.postroom.imap.Opening;
import org.postroom.imap.Response;
import org.postroom.imap.SequenceSet;
import org.postroom.store.ModSeq;
import org.postroom.store.Uids;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Brings a client that knows a mailbox of old up to date (RFC 7162 §3.2.5): first what has gone, then
/// what has changed.
final class Resync {

    private Resync() {}

    static void run(Wire wire, Updates updates, Selected selected, Opening.Resync resync)
            throws Departure {
        if (resync.uidValidity() != selected.view().uidValidity().value()) return;
        var since = new ModSeq(resync.modSeq());
        tellVanished(wire, selected, since, resync.known());
        tellChanged(wire, updates, selected, since.value(), resync.known());
    }

    /// @param known the UIDs that the client speaks of; nothing for all
    static void tellVanished(
            Wire wire, Selected selected, ModSeq since, Optional<SequenceSet> known)
            throws Departure {
        var gone = selected.account().vanished(selected.view(), since);
        if (gone.isEmpty()) return;
        var told = selected.share().run(_ -> among(gone, known, selected.view().uidNext()));
        if (!told.isEmpty())
            wire.say(new Response.Vanished(true, Ranges.of(told, selected.share())));
    }

    private static Uids among(Uids gone, Optional<SequenceSet> known, int uidNext) {
        if (known.isEmpty()) return gone;
        var ranges = known.get().resolve(Math.max(1, uidNext - 1));
        long[] firsts = ranges.stream().mapToLong(SequenceSet.Range::first).toArray();
        return Uids.of(
                gone.stream()
                        .filter(uid -> {
                            int at = Arrays.binarySearch(firsts, uid);
                            int before = at < 0 ? -at - 2 : at;
                            return before >= 0 && uid <= ranges.get(before).last();
                        })
                        .toArray());
    }

    private static void tellChanged(
            Wire wire, Updates updates, Selected selected, long since, Optional<SequenceSet> known)
            throws Departure {
        var view = selected.view();
        var spans =
                known.isPresent() ? selected.spans(true, known.get()) : selected.spans(false, ALL);
        int[] changed =
                selected.share()
                        .run(_ ->
                                spans.stream()
                                        .flatMapToInt(span ->
                                                IntStream.rangeClosed(span.first(), span.last()))
                                        .filter(i -> view.modSeq(i) > since)
                                        .toArray());
        var names = new FlagNames.Memo(selected.account().keywords());
        selected.share()
                .say(
                        wire,
                        changed.length,
                        (i, saying) -> {
                            int uid = view.uid(changed[i]);
                            boolean recent = updates.isRecent(selected, uid);
                            updates.about(selected, saying, changed[i])
                                    .uid(uid)
                                    .flags(names.of(view.flags(changed[i]), recent))
                                    .modSeq(view.modSeq(changed[i]))
                                    .end();
                        });
    }

    private static final SequenceSet ALL =
            new SequenceSet(java.util.List.of(new SequenceSet.Range(1, SequenceSet.STAR)));
}
