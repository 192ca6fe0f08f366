package org.postroom.server.imap;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Dates;
import org.postroom.mime.Decoding;
import org.postroom.mime.Fields;
import org.postroom.mime.Part;
import org.postroom.mime.Text;
import org.postroom.store.Message;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/// A message while a search looks into it: each thing is read when it is asked for, and the header
/// once.
final class Opened {

    private final Message message;
    private @Nullable Fields header;

    Opened(Message message) {
        this.message = message;
    }

    // RFC 3501 §6.4.4: SENTBEFORE, SENTON, SENTSINCE disregard time and zone
    Optional<LocalDate> sent() {
        String date = message.summary().envelope().date();
        return date == null ? Optional.empty() : Dates.parse(date).map(OffsetDateTime::toLocalDate);
    }

    // RFC 3501 §6.4.4: HEADER; an empty text asks for the field alone
    boolean hasField(String name, Finder text) {
        for (var field : header())
            if (field.name().equalsIgnoreCase(name) && text.isIn(field.text())) return true;
        return false;
    }

    boolean hasInHeader(Finder text) {
        return hasInFields(header(), text);
    }

    /// In the text of any part, decoded; the header of a message within the message counts, too.
    boolean hasInBody(Finder text) {
        return hasInBody(message.summary().root(), text);
    }

    /// As deep as `mime` looks into a message, which is bounded.
    private boolean hasInBody(Part part, Finder text) {
        if (part.isMessage()) {
            var within = part.children().getFirst();
            if (hasInFields(Octets.header(message, within), text)) return true;
        }
        for (var child : part.children()) if (hasInBody(child, text)) return true;
        return part.children().isEmpty()
                && part.type().type().equals("text")
                && hasInText(part, text);
    }

    private boolean hasInText(Part part, Finder text) {
        var body = message.read(part.body().offset(), part.body().length());
        String charset = part.type().parameter("charset").orElse(null);
        try (var reader = Text.reader(Decoding.of(body, part.encoding()), charset)) {
            return text.isIn(reader);
        } catch (IOException e) {
            throw new Fault("searching a message", e);
        }
    }

    private static boolean hasInFields(Fields fields, Finder text) {
        for (var field : fields) if (text.isIn(field.name() + ": " + field.text())) return true;
        return false;
    }

    private Fields header() {
        var known = header;
        if (known == null) known = Octets.header(message, message.summary().root());
        header = known;
        return known;
    }
}
