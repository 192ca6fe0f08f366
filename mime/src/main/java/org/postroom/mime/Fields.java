package org.postroom.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A header section, split into its fields. Reading ends at the blank line or with the bytes; a line
/// that can be neither a field nor the continuation of one (a From_ line, rubbish) is passed over
/// with its continuations.
public final class Fields implements Iterable<Field> {

    /// The colon is looked for within so many octets: RFC 5322 §2.1.1's longest line.
    static final int MAX_NAME = 998;

    private final List<Field> fields;

    private Fields(List<Field> fields) {
        this.fields = fields;
    }

    public static Fields of(byte[] section) {
        return of(section, 0, section.length);
    }

    /// Splits `length` octets from `offset` on; the fields' offsets count from there.
    public static Fields of(byte[] bytes, int offset, int length) {
        var fields = new ArrayList<Field>();
        int end = offset + length;
        int start = -1; // of the field being read, or -1
        int colon = -1;
        int at = offset;
        while (at < end) {
            int next = lineEnd(bytes, at, end);
            boolean goesOn = bytes[at] == ' ' || bytes[at] == '\t';
            if (!goesOn) {
                if (start >= 0) fields.add(field(bytes, offset, start, colon, at));
                if (isBlank(bytes, at, next)) return new Fields(List.copyOf(fields));
                colon = colon(bytes, at, next);
                start = colon < 0 ? -1 : at;
            }
            at = next;
        }
        if (start >= 0) fields.add(field(bytes, offset, start, colon, end));
        return new Fields(List.copyOf(fields));
    }

    private static Field field(byte[] bytes, int base, int start, int colon, int end) {
        int nameEnd = colon;
        while (bytes[nameEnd - 1] == ' ' || bytes[nameEnd - 1] == '\t') nameEnd--; // RFC 7103 §7.4
        int valueEnd = end;
        if (bytes[valueEnd - 1] == '\n') valueEnd--;
        if (bytes[valueEnd - 1] == '\r') valueEnd--;
        return new Field(
                latin1(bytes, start, nameEnd),
                latin1(bytes, colon + 1, Math.max(colon + 1, valueEnd)),
                start - base,
                end - start);
    }

    /// The fields in their order.
    public List<Field> list() {
        return fields;
    }

    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    /// The first field of this name, in whatever case.
    public Optional<Field> first(String name) {
        for (var field : fields) if (field.name().equalsIgnoreCase(name)) return Optional.of(field);
        return Optional.empty();
    }

    /// All fields of this name, in whatever case, in their order.
    public List<Field> all(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).toList();
    }

    /// The first index after the line that begins at `from`, its LF included.
    static int lineEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) if (bytes[at++] == '\n') return at;
        return end;
    }

    static boolean isBlank(byte[] bytes, int from, int end) {
        int length = end - from;
        return length == 1
                ? bytes[from] == '\n'
                : length == 2 && bytes[from] == '\r' && bytes[from + 1] == '\n';
    }

    /// Where the colon stands if this line begins a field, or -1.
    // RFC 5322 §3.6.8: field-name = 1*ftext, ftext = %d33-57 / %d59-126
    // RFC 5322 §4.5: blanks may stand before the colon
    static int colon(byte[] bytes, int from, int end) {
        int limit = Math.min(end, from + MAX_NAME);
        int at = from;
        while (at < limit && bytes[at] > ' ' && bytes[at] != 127 && bytes[at] != ':') at++;
        if (at == from) return -1;
        while (at < limit && (bytes[at] == ' ' || bytes[at] == '\t')) at++;
        return at < limit && bytes[at] == ':' ? at : -1;
    }

    private static String latin1(byte[] bytes, int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
