package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.Command;
import org.postroom.imap.FetchItem;
import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.FetchItem.Binary;
import org.postroom.imap.FetchItem.BinarySize;
import org.postroom.imap.FetchItem.Body;
import org.postroom.imap.FetchItem.Rfc822;
import org.postroom.imap.FetchResponse;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.imap.SequenceSet;
import org.postroom.server.imap.Selected.Span;
import org.postroom.store.Ahead;
import org.postroom.store.EmailId;
import org.postroom.store.Flag;
import org.postroom.store.FlagChange;
import org.postroom.store.Flags;
import org.postroom.store.Message;
import org.postroom.store.ModSeq;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Saying;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// FETCH and UID FETCH (RFC 3501 §6.4.5). What the view knows is printed in slices and touches no
/// disk; what the summaries know comes by the batch; bodies stream.
final class Fetch {

    /// Messages that are asked for at once, and what of them may be held at once. Most summaries are a
    /// few hundred octets, a hostile one is megabytes.
    private static final int BATCH = 500;

    private static final long HELD = 256 << 10;

    private final Wire wire;
    private final Updates updates;
    private final Selected selected;
    private final boolean uid;
    private final List<FetchItem> items;
    private final List<FetchItem> itemsAndFlags;
    private final FlagNames.Memo flagNames;
    private final long changedSince; // -1 when all are wanted
    private final boolean vanished;
    private boolean unknownEncoding;
    private BitSet marked = new BitSet(); // by sequence number: were not seen before

    Fetch(Wire wire, Updates updates, Selected selected, Command.Fetch fetch) {
        this.wire = wire;
        this.updates = updates;
        this.selected = selected;
        this.uid = fetch.uid();
        var asked = new LinkedHashSet<FetchItem>(); // what is asked for twice is told once
        if (uid) asked.add(Attribute.UID); // RFC 3501 §6.4.8: whether asked for or not
        asked.addAll(fetch.items());
        if (fetch.modifiers().changedSince().isPresent())
            asked.add(Attribute.MODSEQ); // RFC 7162 §3.1.4.1
        if (asked.contains(Attribute.MODSEQ)) updates.enabled().speaksOfModSeqs();
        this.changedSince = fetch.modifiers().changedSince().orElse(-1L);
        this.vanished = fetch.modifiers().vanished();
        this.items = List.copyOf(asked);
        asked.add(Attribute.FLAGS);
        if (updates.enabled().hasModSeqs()) asked.add(Attribute.MODSEQ);
        if (updates.enabled().hasVanished()) asked.add(Attribute.UID);
        this.itemsAndFlags = List.copyOf(asked);
        this.flagNames = new FlagNames.Memo(selected.account().keywords());
    }

    /// @param uids what the client named, for those that have gone
    Reply run(List<Span> named, SequenceSet uids) throws Departure, Refusal, Refused {
        if (vanished) tellVanished(uids);
        var spans = changedSince < 0 ? named : changed(named);
        if (!selected.isReadOnly() && items.stream().anyMatch(FetchItem::sees)) see(spans);
        boolean fromView = items.stream().allMatch(Fetch::isInView);
        boolean whole = true;
        for (var span : spans)
            if (fromView) plain(span);
            else whole &= opened(span);
        if (unknownEncoding) return Reply.UNKNOWN_ENCODING;
        return whole ? Reply.DONE : Reply.SOME_GONE;
    }

    // RFC 7162 §3.2.6
    private void tellVanished(SequenceSet uids) throws Departure, Refusal {
        if (!updates.enabled().resyncs()) throw new Refusal(Reply.BAD_SYNTAX);
        Resync.tellVanished(wire, selected, new ModSeq(changedSince), Optional.of(uids));
    }

    // RFC 7162 §3.1.4.1
    private List<Span> changed(List<Span> named) {
        var view = selected.view();
        return selected.share()
                .run(_ -> {
                    var changed = new BitSet();
                    for (var span : named)
                        for (int i = span.first(); i <= span.last(); i++)
                            if (view.modSeq(i) > changedSince) changed.set(i);
                    return spans(changed);
                });
    }

    private static boolean isInView(FetchItem item) {
        return switch (item) {
            case Attribute attribute ->
                    switch (attribute) {
                        case FLAGS, INTERNALDATE, RFC822_SIZE, UID, MODSEQ -> true;
                        case EMAILID, THREADID, SAVEDATE -> true;
                        case ENVELOPE, BODY, BODYSTRUCTURE, PREVIEW -> false;
                    };
            case Rfc822 _, Body _, Binary _, BinarySize _ -> false;
        };
    }

    private static boolean isOfLetter(FetchItem item) {
        return switch (item) {
            case Attribute _ -> false;
            case Rfc822 _, Body _, Binary _, BinarySize _ -> true;
        };
    }

    /// Sets `\Seen`; the new flags are told with the messages (RFC 3501 §6.4.5).
    private void see(List<Span> spans) throws Departure, Refused {
        var view = selected.view();
        marked =
                selected.share()
                        .run(_ -> {
                            var unseen = new BitSet();
                            for (var span : spans)
                                for (int i = span.first(); i <= span.last(); i++)
                                    if (!Flag.SEEN.in(view.flags(i))) unseen.set(i);
                            return unseen;
                        });
        if (marked.isEmpty()) return;
        var unseen = spans(marked);
        selected.account()
                .setFlags(
                        selected.id(), selected.uids(unseen), FlagChange.add(Flags.of(Flag.SEEN)));
        updates.tell(selected, selected.advanceKeeping(), uid, marked::get);
    }

    private static List<Span> spans(BitSet sequences) {
        var spans = new ArrayList<Span>();
        for (int from = sequences.nextSetBit(0); from >= 0; ) {
            int end = sequences.nextClearBit(from);
            spans.add(new Span(from, end - 1));
            from = sequences.nextSetBit(end);
        }
        return spans;
    }

    private void plain(Span span) throws Departure {
        selected.share()
                .say(
                        wire,
                        span.size(),
                        (i, saying) -> {
                            var response = updates.about(selected, saying, span.first() + i);
                            for (var item : items)
                                if (item instanceof Attribute attribute)
                                    known(response, attribute, span.first() + i);
                            response.end();
                        });
    }

    /// The next are read while some are told.
    ///
    /// @return whether all messages were there
    private boolean opened(Span span) throws Departure {
        boolean whole = true;
        var next = ahead(span.first(), span.last());
        for (int from = span.first(); from <= span.last(); ) {
            var messages = next.await();
            int first = from;
            from += messages.size();
            if (from <= span.last()) next = ahead(from, span.last());
            var telling = new Telling(this::begun, this::known, this::items, first, messages);
            telling.say(wire, selected.share());
            whole &= !messages.contains(null);
            unknownEncoding |= telling.metUnknownEncoding();
        }
        return whole;
    }

    private Ahead<List<@Nullable Message>> ahead(int first, int last) {
        boolean letters = items.stream().anyMatch(Fetch::isOfLetter);
        var emails = emails(first, Math.min(last, first + BATCH - 1));
        return Ahead.begin(() -> selected.account().messages(emails, HELD, letters));
    }

    private FetchResponse begun(Saying saying, int sequence) {
        return updates.about(selected, saying, sequence);
    }

    /// What was not seen before is now, and that is told (RFC 3501 §6.4.5).
    private List<FetchItem> items(int sequence) {
        return marked.get(sequence) ? itemsAndFlags : items;
    }

    private List<EmailId> emails(int first, int last) {
        var emails = new ArrayList<EmailId>();
        for (int i = first; i <= last; i++) emails.add(selected.view().email(i));
        return emails;
    }

    private void known(FetchResponse response, Attribute attribute, int sequence) {
        var view = selected.view();
        int number = view.uid(sequence);
        switch (attribute) {
            case FLAGS ->
                    response.flags(
                            flagNames.of(view.flags(sequence), updates.isRecent(selected, number)));
            case INTERNALDATE -> response.internalDate(view.received(sequence));
            case RFC822_SIZE -> response.size(view.octets(sequence));
            case UID -> response.uid(number);
            case MODSEQ -> response.modSeq(view.modSeq(sequence));
            case EMAILID -> response.emailId(view.email(sequence).value());
            case THREADID -> response.threadId(view.thread(sequence).value());
            case SAVEDATE -> response.saveDate(view.saved(sequence));
            case ENVELOPE, BODY, BODYSTRUCTURE, PREVIEW -> {} // not in the view
        }
    }
}
