package org.postroom.server.imap;

import org.postroom.imap.Command;
import org.postroom.imap.FetchItem;
import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.FetchItem.Body;
import org.postroom.imap.FetchItem.Rfc822;
import org.postroom.imap.FetchResponse;
import org.postroom.imap.Reply;
import org.postroom.server.imap.Selected.Span;
import org.postroom.store.EmailId;
import org.postroom.store.Flag;
import org.postroom.store.FlagChange;
import org.postroom.store.Flags;
import org.postroom.store.Message;
import org.postroom.store.Refused;
import org.postroom.store.View;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Saying;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// FETCH and UID FETCH (RFC 3501 §6.4.5). What the view knows is printed in slices and touches no
/// disk; what the summaries know comes by the batch; bodies stream.
final class Fetch {

    private static final System.Logger LOG = System.getLogger(Fetch.class.getName());

    /// Messages that are asked for at once, and what of them may be held at once. Most summaries are a
    /// few hundred octets, a hostile one is megabytes.
    private static final int BATCH = 500;

    private static final long HELD = 256 << 10;

    private final Wire wire;
    private final Updates updates;
    private final Selected selected;
    private final boolean uid;
    private final List<FetchItem> items;
    private final FlagNames.Memo flagNames;
    private BitSet marked = new BitSet(); // by sequence number: were not seen before

    Fetch(Wire wire, Updates updates, Selected selected, Command.Fetch fetch) {
        this.wire = wire;
        this.updates = updates;
        this.selected = selected;
        this.uid = fetch.uid();
        this.items = new ArrayList<>(fetch.items());
        // RFC 3501 §6.4.8: the UID is told whether asked for or not
        if (uid && !items.contains(Attribute.UID)) items.add(0, Attribute.UID);
        this.flagNames = new FlagNames.Memo(selected.account().keywords());
    }

    Reply run(List<Span> spans) throws Departure, Refused {
        if (!selected.isReadOnly() && items.stream().anyMatch(FetchItem::sees)) see(spans);
        boolean fromView = items.stream().allMatch(Fetch::isInView);
        boolean whole = true;
        for (var span : spans)
            if (fromView) plain(span);
            else whole &= opened(span);
        return whole ? Reply.DONE : Reply.SOME_GONE;
    }

    private static boolean isInView(FetchItem item) {
        return switch (item) {
            case Attribute attribute ->
                    switch (attribute) {
                        case FLAGS, INTERNALDATE, RFC822_SIZE, UID -> true;
                        case ENVELOPE, BODY, BODYSTRUCTURE -> false;
                    };
            case Rfc822 _, Body _ -> false;
        };
    }

    private static boolean isOfLetter(FetchItem item) {
        return switch (item) {
            case Attribute _ -> false;
            case Rfc822 _, Body _ -> true;
        };
    }

    /// Sets `\Seen`; the new flags are told with the messages (RFC 3501 §6.4.5).
    private void see(List<Span> spans) throws Departure, Refused {
        var view = selected.view();
        marked =
                Slices.run(() -> {
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
        var view = selected.view();
        Slices.say(
                wire,
                span.size(),
                (i, saying) -> {
                    var response = new FetchResponse(saying, span.first() + i);
                    for (var item : items)
                        if (item instanceof Attribute attribute)
                            known(response, attribute, view, span.first() + i);
                    response.end();
                });
    }

    /// The next are read and printed while some are sent.
    ///
    /// @return whether all messages were there
    private boolean opened(Span span) throws Departure {
        boolean letters = items.stream().anyMatch(Fetch::isOfLetter);
        boolean whole = true;
        var next = Slices.begin(() -> printed(span, letters));
        while (true) {
            var printed = next.await();
            var rest = new Span(printed.end, span.last());
            if (rest.size() > 0) next = Slices.begin(() -> printed(rest, letters));
            say(printed);
            whole &= printed.whole;
            if (rest.size() == 0) return whole;
        }
    }

    private List<EmailId> emails(int first, int last) {
        var emails = new ArrayList<EmailId>();
        for (int i = first; i <= last; i++) emails.add(selected.view().email(i));
        return emails;
    }

    /// Responses with gaps, into which the octets of sections go.
    ///
    /// @param end the first message that is not among them
    /// @param whole whether all were there
    private record Printed(Saying saying, List<Gap> gaps, int end, boolean whole) {}

    private record Gap(int at, Octets section) {}

    /// As many of these as may be held at once.
    private Printed printed(Span span, boolean letters) {
        int first = span.first();
        var emails = emails(first, Math.min(span.last(), first + BATCH - 1));
        var messages = selected.account().messages(emails, HELD, letters);
        var saying = new Saying();
        var gaps = new ArrayList<Gap>();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            if (message != null) print(first + i, message, saying, gaps);
        }
        return new Printed(saying, gaps, first + messages.size(), !messages.contains(null));
    }

    private void print(int sequence, Message message, Saying saying, List<Gap> gaps) {
        var view = selected.view();
        var response = new FetchResponse(saying, sequence);
        for (var item : items)
            switch (item) {
                case Attribute attribute -> attribute(response, attribute, view, sequence, message);
                case Rfc822 form ->
                        section(response, form, Octets.of(message, form.section()))
                                .ifPresent(octets -> print(octets, saying, gaps));
                case Body body ->
                        section(response, body, Octets.of(message, body.section()))
                                .ifPresent(octets -> print(octets, saying, gaps));
            }
        if (marked.get(sequence) && !items.contains(Attribute.FLAGS))
            known(response, Attribute.FLAGS, view, sequence);
        response.end();
    }

    /// What is in memory goes at once, what is not leaves a gap.
    private static void print(Octets octets, Saying saying, List<Gap> gaps) {
        if (octets.message().isAtHand()) saying.octets(octets.all());
        else gaps.add(new Gap(saying.length(), octets));
    }

    /// Announces a section's octets, as far as they are asked for.
    private static Optional<Octets> section(
            FetchResponse response, FetchItem item, Optional<Octets> found) {
        if (found.isEmpty()) {
            response.nil(item);
            return found;
        }
        var partial =
                item instanceof Body body ? body.partial() : Optional.<FetchItem.Partial>empty();
        var octets = partial.map(found.get()::window).orElse(found.get());
        response.literal(item, partial.map(FetchItem.Partial::offset), octets.length());
        return Optional.of(octets);
    }

    private void attribute(
            FetchResponse response, Attribute attribute, View view, int sequence, Message message) {
        switch (attribute) {
            case ENVELOPE -> response.envelope(message.envelope());
            case BODY -> response.structure(message.summary().root(), false);
            case BODYSTRUCTURE -> response.structure(message.summary().root(), true);
            case FLAGS, INTERNALDATE, RFC822_SIZE, UID ->
                    known(response, attribute, view, sequence);
        }
    }

    private void known(FetchResponse response, Attribute attribute, View view, int sequence) {
        int number = view.uid(sequence);
        switch (attribute) {
            case FLAGS ->
                    response.flags(flagNames.of(view.flags(sequence), selected.isRecent(number)));
            case INTERNALDATE -> response.internalDate(view.received(sequence));
            case RFC822_SIZE -> response.size(view.octets(sequence));
            case UID -> response.uid(number);
            case ENVELOPE, BODY, BODYSTRUCTURE -> {} // not in the view
        }
    }

    /// A body that can't be read to the length that was announced ends the connection: the client
    /// would take what follows for the rest of it.
    private void say(Printed printed) throws Departure {
        var octets = printed.saying.toOctets();
        int at = 0;
        for (var gap : printed.gaps) {
            wire.write(octets, at, gap.at - at);
            at = gap.at;
            try {
                wire.counted(gap.section.open(), gap.section.length());
            } catch (Fault fault) {
                LOG.log(System.Logger.Level.ERROR, wire.id(), fault);
                throw new Departure(Departure.Kind.GONE, "a body could not be read");
            }
        }
        wire.write(octets, at, octets.length - at);
    }
}
