package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.imap.FetchItem;
import org.postroom.imap.FetchItem.Attribute;
import org.postroom.imap.FetchItem.Binary;
import org.postroom.imap.FetchItem.BinarySize;
import org.postroom.imap.FetchItem.Body;
import org.postroom.imap.FetchItem.Rfc822;
import org.postroom.imap.FetchResponse;
import org.postroom.imap.Section;
import org.postroom.mime.Part;
import org.postroom.server.Slices;
import org.postroom.store.Message;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;
import org.postroom.wire.Saying;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// What FETCH tells of some messages that were read together. It is printed item by item and sent
/// slice by slice, wherever a slice ends, so that never more than an item too much is in memory.
final class Telling {

    private static final System.Logger LOG = System.getLogger(Telling.class.getName());

    private static final int ABOUT = 128; // what is said about a letter, in octets

    /// Begins to tell of a message.
    @FunctionalInterface
    interface Beginning {
        FetchResponse of(Saying saying, int sequence);
    }

    /// What the view knows of a message.
    @FunctionalInterface
    interface Known {
        void print(FetchResponse response, Attribute attribute, int sequence);
    }

    /// Where the octets of a section go.
    private record Gap(int at, Sendable section) {}

    private final Beginning beginning;
    private final Known known;
    private final IntFunction<List<FetchItem>> items;
    private final int first;
    private final List<@Nullable Message> messages;
    private final Saying saying;
    private final List<Gap> gaps = new ArrayList<>();
    private int at; // of the messages
    private int item;
    private @Nullable FetchResponse begun;
    private boolean unknownEncoding;
    private boolean midway; // a part of a response is sent already

    /// @param items what is told of a sequence number
    /// @param first the sequence number of the first message
    /// @param messages null where one is gone; each is dropped when it was told
    Telling(
            Beginning beginning,
            Known known,
            IntFunction<List<FetchItem>> items,
            int first,
            List<@Nullable Message> messages) {
        this.beginning = beginning;
        this.known = known;
        this.items = items;
        this.first = first;
        this.messages = new ArrayList<>(messages);
        this.saying = new Saying(room(messages));
    }

    /// What letters at hand will take, so that room need not grow under them.
    private static int room(List<@Nullable Message> messages) {
        long octets = 0;
        for (var message : messages)
            if (message != null && message.isAtHand()) octets += message.size() + ABOUT;
        return (int) Math.min(octets, Slices.OCTETS + Slices.OCTETS / 4);
    }

    /// Says all of it. What breaks within a response ends the connection: the client would take what
    /// follows for the rest of it.
    void say(Wire wire, Slices.Share share) throws Departure {
        try {
            while (at < messages.size()) {
                share.run(this::print);
                send(wire);
            }
        } catch (Fault fault) {
            if (!midway) throw fault;
            LOG.log(System.Logger.Level.ERROR, "a FETCH broke", fault);
            throw new Departure(Departure.Kind.GONE, "a message could not be read");
        }
    }

    private boolean print(Slices.Turn turn) {
        do step();
        while (at < messages.size() && saying.length() < Slices.OCTETS && !turn.isOver());
        return true;
    }

    private void step() {
        var message = messages.get(at);
        if (message == null) {
            at++;
            return;
        }
        var response = begun == null ? beginning.of(saying, first + at) : begun;
        begun = response;
        var asked = items.apply(first + at);
        print(response, asked.get(item++), message);
        if (item < asked.size()) return;
        response.end();
        begun = null;
        item = 0;
        messages.set(at++, null);
    }

    private void print(FetchResponse response, FetchItem item, Message message) {
        switch (item) {
            case Attribute attribute -> {
                switch (attribute) {
                    case ENVELOPE -> response.envelope(message.envelope());
                    case BODY -> response.structure(message.summary().root(), false);
                    case BODYSTRUCTURE -> response.structure(message.summary().root(), true);
                    case PREVIEW -> response.preview(message.summary().preview());
                    case FLAGS,
                            INTERNALDATE,
                            RFC822_SIZE,
                            UID,
                            MODSEQ,
                            EMAILID,
                            THREADID,
                            SAVEDATE ->
                            known.print(response, attribute, first + at);
                }
            }
            case Rfc822 form -> section(response, form, Octets.of(message, form.section()));
            case Body body -> section(response, body, Octets.of(message, body.section()));
            case Binary binary ->
                    part(message, binary.part())
                            .ifPresentOrElse(
                                    part -> binary(response, binary, message, part),
                                    () -> response.nil(binary));
            case BinarySize size ->
                    part(message, size.part())
                            .ifPresentOrElse(
                                    part -> binarySize(response, size, message, part),
                                    () -> response.binarySize(size, 0));
        }
    }

    private static Optional<Part> part(Message message, List<Integer> numbers) {
        int[] section = numbers.stream().mapToInt(Integer::intValue).toArray();
        return message.summary().root().section(section);
    }

    // RFC 3516 §4.3; the whole message has no encoding
    private void binary(FetchResponse response, Binary item, Message message, Part part) {
        if (item.part().isEmpty()) {
            section(response, item, Octets.of(message, Section.MESSAGE));
            return;
        }
        if (!Decoded.isKnown(part)) {
            unknownEncoding = true;
            response.nil(item);
            return;
        }
        var decoded = Decoded.of(message, part, item.partial());
        var origin = item.partial().map(FetchItem.Partial::offset);
        if (decoded.binary()) response.literal8(item, origin, decoded.length());
        else response.literal(item, origin, decoded.length());
        gaps.add(new Gap(saying.length(), decoded));
    }

    private void binarySize(FetchResponse response, BinarySize item, Message message, Part part) {
        if (item.part().isEmpty()) response.binarySize(item, message.size());
        else if (Decoded.isKnown(part))
            response.binarySize(item, Decoded.of(message, part, Optional.empty()).length());
        else {
            unknownEncoding = true;
            response.nil(item);
        }
    }

    /// Whether a part was wanted decoded whose encoding is not known (RFC 3516 §4.3).
    boolean metUnknownEncoding() {
        return unknownEncoding;
    }

    /// Announces a section's octets, as far as they are asked for.
    private void section(FetchResponse response, FetchItem item, Optional<Octets> found) {
        if (found.isEmpty()) {
            response.nil(item);
            return;
        }
        var partial =
                switch (item) {
                    case Body body -> body.partial();
                    case Binary binary -> binary.partial();
                    default -> Optional.<FetchItem.Partial>empty();
                };
        var octets = partial.map(found.get()::window).orElse(found.get());
        response.literal(item, partial.map(FetchItem.Partial::offset), octets.length());
        // what is in memory goes with the rest, what is not leaves a gap
        if (octets.message().isAtHand()) octets.print(saying);
        else gaps.add(new Gap(saying.length(), octets));
    }

    private void send(Wire wire) throws Departure {
        midway = true;
        if (gaps.isEmpty()) wire.write(saying);
        else sendWithGaps(wire);
        midway = begun != null;
    }

    private void sendWithGaps(Wire wire) throws Departure {
        var octets = saying.toOctets();
        int sent = 0;
        for (var gap : gaps) {
            wire.write(octets, sent, gap.at - sent);
            sent = gap.at;
            wire.counted(gap.section.open(), gap.section.length());
        }
        wire.write(octets, sent, octets.length - sent);
        gaps.clear();
        saying.clear();
    }
}
