package org.postroom.server.imap;

import org.postroom.mime.Field;
import org.postroom.server.imap.Condition.Verdict;

/// A text that a search looks for in messages, and where. Of one message at a time it knows whether it
/// was found there.
final class Sought {

    private static final char[] NOTHING = {};

    private final String field;
    private final boolean inHeader;
    private final boolean inBody;
    private final Finder finder;
    private boolean found;

    private Sought(String field, boolean inHeader, boolean inBody, String text) {
        this.field = field;
        this.inHeader = inHeader;
        this.inBody = inBody;
        this.finder = new Finder(text);
    }

    /// RFC 3501 §6.4.4: an empty text asks for the field alone.
    static Sought inField(String name, String text) {
        return new Sought(name, false, false, text);
    }

    static Sought inBody(String text) {
        return new Sought("", false, true, text);
    }

    static Sought anywhere(String text) {
        return new Sought("", true, true, text);
    }

    /// Another message.
    void forget() {
        found = false;
    }

    boolean isFound() {
        return found;
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
        return (inBody ? allRead : headerRead) ? Verdict.NO : Verdict.NOT_KNOWN;
    }
}
