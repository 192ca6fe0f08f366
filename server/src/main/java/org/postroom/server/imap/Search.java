package org.postroom.server.imap;

import org.postroom.imap.Code;
import org.postroom.imap.Reply;
import org.postroom.imap.SearchKey;
import org.postroom.server.Slices;
import org.postroom.store.EmailId;
import org.postroom.store.View;
import org.postroom.store.search.Candidates;
import org.postroom.store.search.Scan;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

import java.util.BitSet;

/// Finds what SEARCH, SORT and THREAD look for (RFC 3501 §6.4.4): a scan of the view, a slice at a time.
final class Search {

    /// After so many slices the client hears that we are still at it; if it left, that is noticed.
    private static final int SILENT = 100;

    private final Wire wire;
    private final Selected selected;
    private final SearchKey key;
    private final String tag;
    private final BitSet found = new BitSet(); // by sequence number

    /// @param tag of the command, which is named while it takes long (RFC 9585)
    Search(Wire wire, Selected selected, SearchKey key, String tag) {
        this.wire = wire;
        this.selected = selected;
        this.key = key;
        this.tag = tag;
    }

    /// The sequence numbers of those found, ascending.
    int[] run() throws Departure {
        find();
        return selected.share().run(_ -> found.stream().toArray());
    }

    /// Whether a key asks for mod-sequences, so that they are told (RFC 7162 §3.1.5).
    static boolean asksForModSeqs(SearchKey key) {
        return switch (key) {
            case SearchKey.ModSeq(_) -> true;
            case SearchKey.And(var keys) -> keys.stream().anyMatch(Search::asksForModSeqs);
            case SearchKey.Or(var one, var other) -> asksForModSeqs(one) || asksForModSeqs(other);
            case SearchKey.Not(var inner) -> asksForModSeqs(inner);
            default -> false;
        };
    }

    private void find() throws Departure {
        var share = selected.share();
        var scan = share.run(_ -> scan());
        try {
            for (int slices = 1; share.run(turn -> goOn(scan, turn)); slices++)
                if (slices % SILENT == 0) {
                    var code = new Code.InProgress(tag, scan.progress(), selected.view().size());
                    wire.say(Reply.ok(code, "Still looking").untagged());
                    wire.flush();
                }
        } finally {
            share.run(_ -> closed(scan));
        }
    }

    private Scan scan() {
        return new Scan(
                selected.account(),
                candidates(selected.view()),
                Criteria.of(key, selected),
                candidate -> found.set(candidate + 1));
    }

    private static Candidates candidates(View view) {
        return new Candidates() {
            @Override
            public int count() {
                return view.size();
            }

            @Override
            public EmailId email(int candidate) {
                return view.email(candidate + 1);
            }

            @Override
            public int octets(int candidate) {
                return view.octets(candidate + 1);
            }
        };
    }

    private static boolean goOn(Scan scan, Slices.Turn turn) {
        do if (!scan.step()) return false;
        while (!turn.isOver());
        return true;
    }

    private static boolean closed(Scan scan) {
        scan.close();
        return true;
    }
}
