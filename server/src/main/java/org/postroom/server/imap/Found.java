package org.postroom.server.imap;

import org.postroom.imap.Response;
import org.postroom.imap.Results;
import org.postroom.imap.Results.Kind;
import org.postroom.imap.SequenceSet;
import org.postroom.imap.Window;
import org.postroom.store.Uids;
import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.util.Arrays;
import java.util.Optional;

/// What SEARCH or SORT found, and how it is told: RFC 3501 §7.2.5, RFC 5256 §4, RFC 9051 §7.3.4.
///
/// @param sequences in the order in which they are wanted
/// @param modSeqs whether the highest mod-sequence of them is told, too (RFC 7162 §3.1.5)
@SuppressWarnings("ArrayRecordComponent") // never compared
record Found(Selected selected, boolean uid, int[] sequences, boolean modSeqs) {

    private int number(int index) {
        int sequence = sequences[index];
        return uid ? selected.view().uid(sequence) : sequence;
    }

    private Optional<Long> highest(int from, int to) {
        if (!modSeqs || from >= to) return Optional.empty();
        long highest = 0;
        for (int i = from; i < to; i++)
            highest = Math.max(highest, selected.view().modSeq(sequences[i]));
        return Optional.of(highest);
    }

    /// Every number, on a line of its own: it is said even when nothing was found (TRAPS T28).
    void tellAll(Wire wire, String word) throws Departure {
        wire.say(saying -> saying.octets("* ").octets(word));
        selected.share()
                .say(wire, sequences.length, (i, saying) -> saying.octets(" ").number(number(i)));
        var highest = selected.share().run(_ -> highest(0, sequences.length));
        if (highest.isPresent())
            wire.say(saying -> saying.octets(" (MODSEQ ").number(highest.get()).octets(")"));
        wire.say(Line.of(""));
    }

    /// What is wanted of it.
    void tell(Wire wire, String tag, Results results) throws Departure {
        var response = selected.share().run(_ -> esearch(tag, results));
        if (!results.kinds().equals(java.util.Set.of(Kind.SAVE))) wire.say(response);
        if (results.has(Kind.SAVE)) selected.save(saved(results));
    }

    private Response esearch(String tag, Results results) {
        int count = sequences.length;
        boolean some = count > 0;
        boolean least = results.has(Kind.MIN);
        boolean largest = results.has(Kind.MAX);
        boolean all = results.has(Kind.ALL) || results.has(Kind.COUNT);
        return new Response.Esearch(
                tag,
                uid,
                least && some ? Optional.of((long) number(0)) : Optional.empty(),
                largest && some ? Optional.of((long) number(count - 1)) : Optional.empty(),
                results.has(Kind.COUNT) ? Optional.of((long) count) : Optional.empty(),
                results.has(Kind.ALL) && some
                        ? Optional.of(Ranges.of(count, this::number))
                        : Optional.empty(),
                results.window().map(this::part),
                all || !some ? highest(0, count) : highest(results, least, largest));
    }

    // RFC 7162 §3.1.10: of what is told alone
    private Optional<Long> highest(Results results, boolean least, boolean largest) {
        int count = sequences.length;
        if (results.window().isPresent()) {
            var window = results.window().get();
            return highest(window.from(count), window.to(count));
        }
        var first = least ? highest(0, 1) : Optional.<Long>empty();
        var last = largest ? highest(count - 1, count) : Optional.<Long>empty();
        if (first.isEmpty()) return last;
        return last.isEmpty() || first.get() > last.get() ? first : last;
    }

    private Response.Esearch.Part part(Window window) {
        int from = window.from(sequences.length);
        int to = window.to(sequences.length);
        Optional<SequenceSet> found =
                from < to
                        ? Optional.of(Ranges.of(to - from, i -> number(from + i)))
                        : Optional.empty();
        return new Response.Esearch.Part(window, found);
    }

    // RFC 5182 §2.1: with MIN or MAX alone, those; RFC 9394 §3.2: with PARTIAL, those within
    private Uids saved(Results results) {
        var view = selected.view();
        int[] kept = sequences;
        if (results.window().isPresent()) {
            var window = results.window().get();
            int from = window.from(kept.length);
            kept = Arrays.copyOfRange(kept, from, Math.max(from, window.to(kept.length)));
        } else if (!results.has(Kind.ALL)
                && !results.has(Kind.COUNT)
                && (results.has(Kind.MIN) || results.has(Kind.MAX))
                && kept.length > 0) {
            int last = kept.length - 1;
            kept =
                    !results.has(Kind.MAX)
                            ? new int[] {kept[0]}
                            : results.has(Kind.MIN)
                                    ? new int[] {kept[0], kept[last]}
                                    : new int[] {kept[last]};
        }
        int[] uids = new int[kept.length];
        for (int i = 0; i < uids.length; i++) uids[i] = view.uid(kept[i]);
        return Uids.of(uids);
    }
}
