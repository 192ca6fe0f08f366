package org.postroom.server.imap;

import org.postroom.imap.Command;
import org.postroom.imap.Reply;
import org.postroom.server.Slices;
import org.postroom.store.EmailId;
import org.postroom.store.View;
import org.postroom.store.search.Candidates;
import org.postroom.store.search.Scan;
import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.util.BitSet;

/// SEARCH and UID SEARCH (RFC 3501 §6.4.4): a scan of the view, a slice at a time.
final class Search {

    /// After so many slices the client hears that we are still at it; if it left, that is noticed.
    private static final int SILENT = 100;

    private final Wire wire;
    private final Selected selected;
    private final Command.Search search;
    private final BitSet found = new BitSet(); // by sequence number

    Search(Wire wire, Selected selected, Command.Search search) {
        this.wire = wire;
        this.selected = selected;
        this.search = search;
    }

    Reply run() throws Departure {
        find();
        wire.say(saying -> saying.octets("* SEARCH")); // even when nothing was found (TRAPS T28)
        var numbers = selected.share().run(_ -> found.stream().toArray());
        var view = selected.view();
        selected.share()
                .say(
                        wire,
                        numbers.length,
                        (i, saying) ->
                                saying.octets(" ")
                                        .number(search.uid() ? view.uid(numbers[i]) : numbers[i]));
        wire.say(Line.of(""));
        return Reply.DONE;
    }

    private void find() throws Departure {
        var share = selected.share();
        var scan = share.run(_ -> scan());
        try {
            for (int slices = 1; share.run(turn -> goOn(scan, turn)); slices++)
                if (slices % SILENT == 0) {
                    wire.say(Reply.STILL_HERE.untagged());
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
                Criteria.of(search.key(), selected),
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
