package org.postroom.server.imap;

import org.postroom.imap.Command;
import org.postroom.imap.Reply;
import org.postroom.server.imap.Condition.Verdict;
import org.postroom.store.EmailId;
import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// SEARCH and UID SEARCH (RFC 3501 §6.4.4). The view answers first; only messages about which it
/// leaves a doubt are opened. All of it runs in slices of time on platform threads.
final class Search {

    /// Messages that are opened in one read of the engine.
    private static final int BATCH = 20;

    private final Wire wire;
    private final Selected selected;
    private final Command.Search search;
    private final BitSet found = new BitSet();

    Search(Wire wire, Selected selected, Command.Search search) {
        this.wire = wire;
        this.selected = selected;
        this.search = search;
    }

    Reply run() throws Departure {
        var condition = Slices.run(() -> Condition.of(search.key(), selected));
        for (int next = 1; next <= selected.view().size(); ) {
            int from = next;
            next = Slices.run(() -> slice(condition, from));
        }
        wire.say(saying -> saying.octets("* SEARCH")); // even when nothing was found (TRAPS T28)
        var numbers = Slices.run(() -> found.stream().toArray());
        var view = selected.view();
        Slices.say(
                wire,
                numbers.length,
                (i, saying) ->
                        saying.octets(" ")
                                .number(search.uid() ? view.uid(numbers[i]) : numbers[i]));
        wire.say(Line.of(""));
        return Reply.DONE;
    }

    /// Judges messages for a while.
    ///
    /// @return where to go on
    private int slice(Condition condition, int from) {
        long begun = System.nanoTime();
        var doubtful = new ArrayList<Integer>();
        int sequence = from;
        while (sequence <= selected.view().size() && System.nanoTime() - begun < Slices.NANOS) {
            switch (condition.judge(sequence, null)) {
                case YES -> found.set(sequence);
                case NO -> {}
                case NOT_KNOWN -> doubtful.add(sequence);
            }
            sequence++;
            if (doubtful.size() == BATCH) open(condition, doubtful);
        }
        open(condition, doubtful);
        return sequence;
    }

    private void open(Condition condition, List<Integer> doubtful) {
        if (doubtful.isEmpty()) return;
        var emails = new ArrayList<EmailId>();
        for (int sequence : doubtful) emails.add(selected.view().email(sequence));
        var messages = selected.account().messages(emails);
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            if (message != null
                    && condition.judge(doubtful.get(i), new Opened(message)) == Verdict.YES)
                found.set(doubtful.get(i));
        }
        doubtful.clear();
    }
}
