package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Command;
import org.postroom.imap.Reply;
import org.postroom.server.Slices;
import org.postroom.server.imap.Condition.Verdict;
import org.postroom.store.EmailId;
import org.postroom.store.Message;
import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// SEARCH and UID SEARCH (RFC 3501 §6.4.4). The view answers first; only messages about which it
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
    private final Command.Search search;
    private final BitSet found = new BitSet();
    private final List<Sought> texts = new ArrayList<>();
    private final List<Integer> doubtful = new ArrayList<>();
    private final Deque<Doubt> doubts = new ArrayDeque<>();
    private long octets; // of the doubtful
    private int next = 1;
    private @Nullable Opened opened;

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
        var condition = share.run(_ -> Condition.of(search.key(), selected, texts));
        try {
            for (int slices = 1; share.run(turn -> judge(condition, turn)); slices++)
                if (slices % SILENT == 0) {
                    wire.say(Reply.STILL_HERE.untagged());
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
