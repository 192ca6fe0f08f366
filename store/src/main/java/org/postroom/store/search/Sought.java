package org.postroom.store.search;

import org.postroom.mime.Address;
import org.postroom.mime.Envelope;
import org.postroom.mime.Field;
import org.postroom.mime.Words;

import java.util.List;

/// A text that a search looks for in messages, and where. Of one message at a time it knows whether it
/// was found there. It is one search's.
public final class Sought {

    private static final char[] NOTHING = {};

    /// Those parts of an envelope that can be searched without the message.
    public enum Part {
        FROM,
        TO,
        CC,
        BCC,
        SUBJECT
    }

    private final List<Part> summary;
    private final String field;
    private final boolean inHeader;
    private final boolean inBody;
    private final Finder finder;
    private boolean found;

    private Sought(
            List<Part> summary, String field, boolean inHeader, boolean inBody, String text) {
        this.summary = summary;
        this.field = field;
        this.inHeader = inHeader;
        this.inBody = inBody;
        this.finder = new Finder(text);
    }

    /// In the field of this name, decoded; an empty text asks for the field alone (RFC 3501 §6.4.4).
    public static Sought inField(String name, String text) {
        return new Sought(List.of(), name, false, false, text);
    }

    /// In the text of a part, or in the header of a message within.
    public static Sought inBody(String text) {
        return new Sought(List.of(), "", false, true, text);
    }

    /// In the header or the body.
    public static Sought anywhere(String text) {
        return new Sought(List.of(), "", true, true, text);
    }

    /// In a name or address, or the subject, of the envelope, decoded: the message need not be read.
    public static Sought inSummary(Part part, String text) {
        return new Sought(List.of(part), "", false, false, text);
    }

    /// Of all of these, or in the body.
    public static Sought inSummaryOrBody(List<Part> parts, String text) {
        return new Sought(List.copyOf(parts), "", false, true, text);
    }

    /// Another message.
    void begin(Envelope envelope) {
        found = false;
        for (var part : summary)
            switch (part) {
                case FROM -> look(envelope.from());
                case TO -> look(envelope.to());
                case CC -> look(envelope.cc());
                case BCC -> look(envelope.bcc());
                case SUBJECT -> {
                    String subject = envelope.subject();
                    if (subject != null) look(Words.decode(subject));
                }
            }
    }

    private void look(List<Address> addresses) {
        for (var address : addresses) {
            if (found) return;
            String spec = address.addrSpec();
            String name = address.displayName();
            look(name.isEmpty() ? spec : spec.isEmpty() ? name : name + " <" + spec + ">");
        }
    }

    private void look(String text) {
        char[] folded = text.toCharArray();
        Finder.fold(folded, folded.length);
        begin();
        read(folded, 0, folded.length);
    }

    boolean isFound() {
        return found;
    }

    /// Whether the summary tells all of it.
    boolean isInSummary() {
        return !summary.isEmpty() && !inBody;
    }

    /// Whether it looks into the text of parts, and the header of a message within.
    boolean isInBody() {
        return inBody;
    }

    /// Whether it looks into a field of the message.
    boolean isIn(Field other) {
        return inHeader || field.equalsIgnoreCase(other.name());
    }

    /// Whether it looks at a field's name, too.
    boolean isInNames() {
        return field.isEmpty();
    }

    /// A field, or the text of a part, begins.
    void begin() {
        finder.begin();
        read(NOTHING, 0, 0);
    }

    /// Reads on in it.
    void read(char[] folded, int from, int to) {
        if (!found) found = finder.read(folded, from, to);
    }

    /// @param headerRead whether all fields of the message were read
    /// @param allRead whether there is nothing more to read
    Verdict verdict(boolean headerRead, boolean allRead) {
        if (found) return Verdict.YES;
        if (isInSummary()) return Verdict.NO;
        return (inBody ? allRead : headerRead) ? Verdict.NO : Verdict.NOT_KNOWN;
    }
}
