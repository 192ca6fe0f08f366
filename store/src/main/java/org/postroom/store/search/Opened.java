package org.postroom.store.search;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Dates;
import org.postroom.mime.Decoding;
import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.mime.Part;
import org.postroom.mime.Text;
import org.postroom.store.Message;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A message while a search looks into it. It is read once for all that is sought, a piece at a time,
/// and no further than it takes to know: first its summary, then the header, then part after part.
public final class Opened implements AutoCloseable {

    /// How much of a header section is read for its fields, in octets.
    private static final int MOST = 1 << 20;

    private final Message message;
    private final List<Sought> all;
    private final Deque<Part> parts = new ArrayDeque<>(); // not yet looked at
    private Iterator<Field> fields = Collections.emptyIterator();
    private boolean begun;
    private boolean headerRead;

    // the text at hand, and who looks into it; those who want a field's value alone skip its name
    private @Nullable Reader text;
    private List<Sought> looking = List.of();
    private int name;
    private final char[] piece = new char[8192];

    Opened(Message message, List<Sought> all) {
        this.message = message;
        this.all = all;
        if (!all.isEmpty()) for (var sought : all) sought.begin(message.envelope());
    }

    public Message message() {
        return message;
    }

    // RFC 3501 §6.4.4: SENTBEFORE, SENTON, SENTSINCE disregard time and zone
    public Optional<LocalDate> sent() {
        String date = message.envelope().date();
        return date == null ? Optional.empty() : Dates.parse(date).map(OffsetDateTime::toLocalDate);
    }

    /// What is known so far.
    Verdict verdict(Sought sought) {
        boolean allRead =
                begun && headerRead && parts.isEmpty() && !fields.hasNext() && text == null;
        return sought.verdict(headerRead, allRead);
    }

    /// Reads a piece more.
    void read() {
        if (!begun) open();
        else if (text != null) piece(text);
        else if (fields.hasNext()) field(fields.next());
        else if (!headerRead) headerRead = true;
        else part(parts.pop());
    }

    private void open() {
        begun = true;
        var root = message.summary().root();
        fields = header(root).iterator();
        parts.push(root);
    }

    /// The fields of an entity's header section, as far as a message is read for fields.
    private Fields header(Part entity) {
        var header = entity.header();
        try (var in = message.read(header.offset(), Math.min(header.length(), MOST))) {
            return Fields.of(in.readAllBytes());
        } catch (IOException e) {
            throw new Fault("reading a header", e);
        }
    }

    private void piece(Reader from) {
        int n = next(from, piece);
        if (n < 0) {
            close();
            return;
        }
        Finder.fold(piece, n);
        for (var sought : looking) sought.read(piece, sought.isInNames() ? 0 : name, n);
        name = 0; // it lies within the first piece
    }

    private static int next(Reader from, char[] piece) {
        try {
            return from.read(piece);
        } catch (IOException e) {
            throw new Fault("searching a message", e);
        }
    }

    private void field(Field field) {
        var interested =
                all.stream()
                        .filter(sought -> headerRead ? sought.isInBody() : sought.isIn(field))
                        .filter(sought -> !sought.isFound())
                        .toList();
        if (interested.isEmpty()) return;
        String before = field.name() + ": ";
        begin(new StringReader(before + field.text()), before.length(), interested);
    }

    /// The text of a part, decoded; the header of a message within the message counts, too.
    private void part(Part part) {
        for (var child : part.children().reversed()) parts.push(child);
        var interested =
                all.stream().filter(sought -> sought.isInBody() && !sought.isFound()).toList();
        if (interested.isEmpty()) return;
        if (part.isMessage()) fields = header(part.children().getFirst()).iterator();
        else if (part.children().isEmpty() && part.type().type().equals("text"))
            begin(reader(part), 0, interested);
    }

    private Reader reader(Part part) {
        var body = message.read(part.body().offset(), part.body().length());
        String charset = part.type().parameter("charset").orElse(null);
        try {
            return Text.reader(Decoding.of(body, part.encoding()), charset);
        } catch (IOException e) {
            throw new Fault("searching a message", e);
        }
    }

    private void begin(Reader from, int nameLength, List<Sought> interested) {
        text = from;
        name = nameLength;
        looking = interested;
        for (var sought : interested) sought.begin();
    }

    /// Lets go of the text at hand.
    @Override
    public void close() {
        var open = text;
        text = null;
        try {
            if (open != null) open.close();
        } catch (IOException e) {
            throw new Fault("searching a message", e);
        }
    }
}
