package org.postroom.server.imap;

import org.postroom.imap.FetchItem.Partial;
import org.postroom.imap.Section;
import org.postroom.imap.Section.Fields;
import org.postroom.imap.Section.Whole;
import org.postroom.mime.Part;
import org.postroom.mime.Span;
import org.postroom.store.Message;
import org.postroom.wire.Fault;
import org.postroom.wire.Saying;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The octets that a section names: stretches of the message, and after chosen header fields the
/// empty line that ends them (RFC 3501 §6.4.5). They are read while they are sent.
record Octets(Message message, List<Span> stretches, Span ending) implements Sendable {

    private static final Span NO_ENDING = new Span(0, 0);
    private static final Span EMPTY_LINE = new Span(0, 2);
    private static final byte[] CRLF = {'\r', '\n'};

    /// RFC 3501 §9: CHAR8 is any octet but NUL, so NUL becomes 0x80, as others have it.
    private static final int FOR_NUL = 0x80;

    /// How much of a header section is read for its fields, in octets.
    private static final int MOST = 1 << 20;

    /// What the section names, or nothing if the message has no such part.
    static Optional<Octets> of(Message message, Section section) {
        var root = message.summary().root();
        int[] numbers = section.part().stream().mapToInt(Integer::intValue).toArray();
        return root.section(numbers)
                .flatMap(part -> of(message, root, part, numbers.length == 0, section.text()));
    }

    private static Optional<Octets> of(
            Message message, Part root, Part part, boolean whole, Section.Text text) {
        if (text == Whole.ALL)
            return Optional.of(stretch(message, whole ? new Span(0, message.size()) : part.body()));
        if (text == Whole.MIME) return Optional.of(stretch(message, part.header()));
        // the rest is of the message itself, or of one within it
        if (!whole && !part.isMessage()) return Optional.empty();
        var entity = whole ? root : part.children().getFirst();
        return Optional.of(
                switch (text) {
                    case Whole.TEXT -> stretch(message, entity.body());
                    case Whole _ -> stretch(message, entity.header());
                    case Fields fields -> fields(message, entity, fields);
                });
    }

    private static Octets stretch(Message message, Span span) {
        return new Octets(message, List.of(span), NO_ENDING);
    }

    private static Octets fields(Message message, Part entity, Fields chosen) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(chosen.names());
        var stretches = new ArrayList<Span>();
        for (var field : header(message, entity)) {
            if (names.contains(field.name()) == chosen.not()) continue;
            var span = new Span(entity.header().offset() + field.offset(), field.length());
            var last = stretches.isEmpty() ? NO_ENDING : stretches.getLast();
            if (!stretches.isEmpty() && last.end() == span.offset())
                stretches.set(
                        stretches.size() - 1,
                        new Span(last.offset(), last.length() + span.length()));
            else stretches.add(span);
        }
        return new Octets(message, stretches, EMPTY_LINE);
    }

    /// The fields of an entity's header section, as far as a message is read for fields.
    static org.postroom.mime.Fields header(Message message, Part entity) {
        var header = entity.header();
        long length = Math.min(header.length(), MOST);
        try (var in = message.read(header.offset(), length)) {
            return org.postroom.mime.Fields.of(in.readAllBytes());
        } catch (IOException e) {
            throw new Fault("reading a header", e);
        }
    }

    @Override
    public long length() {
        return stretches.stream().mapToLong(Span::length).sum() + ending.length();
    }

    /// RFC 3501 §6.4.5: a window; what lies past the end is left out.
    Octets window(Partial partial) {
        var inside = new ArrayList<Span>();
        long before = 0;
        for (var stretch : stretches) {
            inside.add(within(stretch, before, partial));
            before += stretch.length();
        }
        return new Octets(message, inside, within(ending, before, partial));
    }

    /// What of a span that begins at `before` lies within the window.
    private static Span within(Span span, long before, Partial partial) {
        long from = Math.max(0, Math.min(span.length(), partial.offset() - before));
        long to =
                Math.max(
                        from,
                        Math.min(span.length(), partial.offset() + partial.length() - before));
        return new Span(span.offset() + from, to - from);
    }

    /// Prints all of them, of a message that is at hand.
    void print(Saying saying) {
        int from = saying.length();
        for (var stretch : stretches)
            message.pass(stretch.offset(), stretch.length(), saying::octets);
        saying.octets(CRLF, (int) ending.offset(), (int) ending.length());
        saying.withoutNul(from, FOR_NUL);
    }

    @Override
    public InputStream open() {
        var streams = new ArrayList<InputStream>();
        for (var stretch : stretches)
            if (stretch.length() > 0) streams.add(message.read(stretch.offset(), stretch.length()));
        streams.add(new ByteArrayInputStream(CRLF, (int) ending.offset(), (int) ending.length()));
        var all = new SequenceInputStream(Collections.enumeration(streams));
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int octet = all.read();
                return octet == 0 ? FOR_NUL : octet;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int n = all.read(into, offset, length);
                for (int i = offset; i < offset + n; i++)
                    if (into[i] == 0) into[i] = (byte) FOR_NUL;
                return n;
            }
        };
    }
}
