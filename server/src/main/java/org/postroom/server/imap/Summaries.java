package org.postroom.server.imap;

import org.postroom.mime.Dates;
import org.postroom.mime.Summary;
import org.postroom.server.Slices;
import org.postroom.store.EmailId;
import org.postroom.store.View;

import java.util.ArrayList;
import java.util.Optional;

/// Goes through the summaries of many messages, for what is sorted or threaded by them.
final class Summaries {

    private static final int BATCH = 250;
    private static final long HELD = 512 << 10;

    private Summaries() {}

    /// What is done with each, by its place among those asked for; nothing for one that is gone.
    @FunctionalInterface
    interface Each {
        void summary(int place, Optional<Summary> summary);
    }

    static void each(Selected selected, int[] sequences, Each each) {
        for (int at = 0; at < sequences.length; ) {
            int from = at;
            at = selected.share().run(turn -> some(selected, sequences, from, each, turn));
        }
    }

    private static int some(
            Selected selected, int[] sequences, int from, Each each, Slices.Turn turn) {
        int at = from;
        do {
            var emails = new ArrayList<EmailId>();
            for (int i = at; i < Math.min(sequences.length, at + BATCH); i++)
                emails.add(selected.view().email(sequences[i]));
            for (var message : selected.account().messages(emails, HELD, false))
                each.summary(
                        at++, message == null ? Optional.empty() : Optional.of(message.summary()));
        } while (at < sequences.length && !turn.isOver());
        return at;
    }

    /// When a message was sent, in milliseconds since 1970; when it came, where it does not say.
    // RFC 5256 §2.2
    static long sent(Optional<Summary> summary, View view, int sequence) {
        String date = summary.map(it -> it.envelope().date()).orElse(null);
        return Optional.ofNullable(date)
                .flatMap(Dates::parse)
                .map(it -> it.toInstant().toEpochMilli())
                .orElseGet(() -> view.received(sequence));
    }
}
