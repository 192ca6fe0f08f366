package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Code;
import org.postroom.imap.Reply;
import org.postroom.imap.SearchKey;
import org.postroom.server.Slices;
import org.postroom.server.imap.Condition.Verdict;
import org.postroom.store.EmailId;
import org.postroom.store.Message;
import org.postroom.wire.Departure;
import org.postroom.wire.Wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// Finds what SEARCH, SORT and THREAD look for (RFC 3501 §6.4.4). The view answers first; only messages about which it
/// leaves a doubt are opened, and read until there is none. A slice ends wherever that has come to.
final class Search {

    /// Messages that are fetched in one read of the engine, unless they are large.
    private static final int BATCH = 20;

    private static final long BATCH_OCTETS = 1 << 20;

    /// After so many slices the client hears that we are still at it; if it left, that is noticed.
    private static final int SILENT = 100;

    private record Doubt(int sequence, Message message) {}

    private final Wire wire;
    private final Selected selected;
    private final SearchKey key;
    private final String tag;
    private final BitSet found = new BitSet();
    private final List<Sought> texts = new ArrayList<>();
    private final List<Integer> doubtful = new ArrayList<>();
    private final Deque<Doubt> doubts = new ArrayDeque<>();
    private long octets; // of the doubtful
    private int next = 1;
    private @Nullable Opened opened;

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
        var condition = share.run(_ -> Condition.of(key, selected, texts));
        try {
            for (int slices = 1; share.run(turn -> judge(condition, turn)); slices++)
                if (slices % SILENT == 0) {
                    var code = new Code.InProgress(tag, next - 1, selected.view().size());
                    wire.say(Reply.ok(code, "Still looking").untagged());
                    wire.flush();
                }
        } finally {
            var left = opened;
            if (left != null) share.run(_ -> closed(left));
        }
    }

    private static boolean closed(Opened opened) {
        opened.close();
        return true;
    }

    /// @return whether there is more to do
    private boolean judge(Condition condition, Slices.Turn turn) {
        do if (!step(condition)) return false;
        while (!turn.isOver());
        return true;
    }

    private boolean step(Condition condition) {
        var doubt = doubts.peek();
        if (doubt != null) look(condition, doubt);
        else if (next <= selected.view().size() && doubtful.size() < BATCH && octets < BATCH_OCTETS)
            glance(condition, next++);
        else if (!doubtful.isEmpty()) fetch();
        else return false;
        return true;
    }

    private void glance(Condition condition, int sequence) {
        switch (condition.judge(sequence, null)) {
            case YES -> found.set(sequence);
            case NO -> {}
            case NOT_KNOWN -> {
                doubtful.add(sequence);
                octets += selected.view().octets(sequence);
            }
        }
    }

    private void fetch() {
        var emails = new ArrayList<EmailId>();
        for (int sequence : doubtful) emails.add(selected.view().email(sequence));
        var messages = selected.account().messages(emails);
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            if (message != null) doubts.add(new Doubt(doubtful.get(i), message));
        }
        doubtful.clear();
        octets = 0;
    }

    private void look(Condition condition, Doubt doubt) {
        var now = opened;
        if (now == null) now = opened = new Opened(doubt.message, texts);
        else now.read();
        var verdict = condition.judge(doubt.sequence, now);
        if (verdict == Verdict.NOT_KNOWN) return;
        if (verdict == Verdict.YES) found.set(doubt.sequence);
        now.close();
        opened = null;
        doubts.remove();
    }
}
