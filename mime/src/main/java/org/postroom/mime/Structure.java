package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How a message is taken apart: the bounds, and the one pass that does it ([Parser]).
///
/// What is decided here once, for everybody:
///
/// - Lines end with LF; a CR before it belongs to the line end. A bare CR is an octet like others.
/// - A header section ends with an empty line, with a delimiter of an enclosing multipart, or before
///   a line that can be neither a field nor a continuation (RFC 7103 §7.2's second way: its search
///   forward would let a body's first paragraph be header, as in a letter typed by hand without the
///   empty line). A line of blanks continues a field (RFC 7103 §7.3).
/// - A From_ line is passed over at the very top, and counts as header.
/// - A delimiter is a whole line: two hyphens, a boundary, perhaps two hyphens more, perhaps blanks.
///   So a boundary may begin with another one. Of several open multiparts the innermost that fits is
///   meant (RFC 2046 §5.1.2); one that has had its close-delimiter is not open.
/// - MIME-Version is not asked for (RFC 7103 §8.1).
public final class Structure {

    /// How deep parts may lie; the message itself is 1 (TRAPS T34).
    public static final int MAX_DEPTH = 100;

    /// How many parts, the message itself and messages within it included (TRAPS T34).
    public static final int MAX_PARTS = 10_000;

    /// The longest boundary, in octets (TRAPS T34).
    public static final int MAX_BOUNDARY = 2048;

    /// How many octets of a header section are read for fields; its end is found wherever it is
    /// (TRAPS T35).
    public static final int MAX_HEADER = 1 << 20;

    /// Of how many fields of the message's header section the places are kept.
    public static final int MAX_FIELDS = 10_000;

    /// How many parameters of a field (TRAPS T35).
    public static final int MAX_PARAMETERS = 100;

    /// How many addresses in all fields of one name (TRAPS T35).
    public static final int MAX_ADDRESSES = 10_000;

    /// How deep comments nest; deeper brackets are text (TRAPS T35).
    public static final int MAX_COMMENT_DEPTH = 50;

    /// The longest value kept of a field that is no address list, in octets.
    public static final int MAX_VALUE = 16 << 10;

    /// What a summary keeps of all fields together, in octets.
    public static final int MAX_KEPT = 2 << 20;

    private Structure() {}

    /// The summary of a message at hand.
    public static Summary of(byte[] message) {
        var parser = new Parser();
        parser.write(message, 0, message.length);
        return parser.finish();
    }

    /// Takes a message apart while it passes by: any number of [#write]s in whatever chunks, then one
    /// [#finish]. Time is linear in the octets. Memory is bounded by the constants above, however
    /// long the message: of bodies only the beginning of the first text is kept, for the preview.
    /// Nothing is thrown whatever the octets.
    public static final class Parser {

        /// As much of a line as it takes to know what the line is.
        private static final int HEAD = MAX_BOUNDARY + 256;

        /// What a line is, once its head is known.
        private enum Line {
            UNKNOWN,
            /// Of a header section: a field, or what goes on with one.
            HEADER,
            /// Of a body, a preamble, an epilogue.
            TEXT,
            /// A delimiter, or the empty line after a header section: nothing more to do.
            DONE
        }

        private final Oddities oddities = new Oddities();
        private final Kept kept = new Kept(oddities);
        private final Preview preview = new Preview();
        private final List<Entity> open =
                new ArrayList<>(); // from the message down to what is read
        private final List<FieldPlace> places = new ArrayList<>();
        private Envelope envelope = Envelope.NONE;
        private @Nullable Part root;
        private int parts;

        private final byte[] head = new byte[HEAD];
        private int headLength;
        private Line line = Line.UNKNOWN;

        private long at; // octets read
        private long lineStart;
        private long lines; // line ends read
        private int lastBreak; // octets of the line end before this line
        private byte last; // the octet before

        public Parser() {
            open(MediaType.DEFAULT, 0);
        }

        /// The next octets of the message.
        public void write(byte[] b, int off, int len) {
            Objects.checkFromIndexSize(off, len, b.length);
            int end = off + len;
            int from = off;
            while (from < end) {
                int to = lineEnd(b, from, end);
                boolean ends = b[to - 1] == '\n';
                boolean crlf = ends && (to - 2 >= from ? b[to - 2] : last) == '\r';
                piece(b, from, to, ends);
                last = b[to - 1];
                at += to - from;
                if (ends) endLine(crlf ? 2 : 1);
                from = to;
            }
        }

        /// The end of the message. Nothing may be written after it.
        public Summary finish() {
            if (last == '\r') oddities.note(Oddity.Kind.BARE_CR, at - 1);
            if (line == Line.UNKNOWN && headLength > 0) meet(true);
            closeTo(0, at, at, lines);
            return new Summary(
                    at,
                    envelope,
                    Objects.requireNonNull(root),
                    preview.text(),
                    places,
                    oddities.list());
        }

        /// The index after the next LF, or the end. Odd octets are noted on the way.
        private int lineEnd(byte[] b, int from, int end) {
            byte before = last;
            for (int i = from; i < end; i++) {
                byte c = b[i];
                if (before == '\r' && c != '\n')
                    oddities.note(Oddity.Kind.BARE_CR, at + i - from - 1);
                if (c == '\n') {
                    if (before != '\r') oddities.note(Oddity.Kind.BARE_LF, at + i - from);
                    return i + 1;
                }
                if (c == 0) oddities.note(Oddity.Kind.NUL, at + i - from);
                before = c;
            }
            return end;
        }

        /// A piece of one line.
        private void piece(byte[] b, int from, int to, boolean ends) {
            if (line == Line.UNKNOWN) {
                if (headLength == 0 && b[from] != '-' && !inHeader()) line = Line.TEXT;
                else {
                    int length = Math.min(to - from, HEAD - headLength);
                    System.arraycopy(b, from, head, headLength, length);
                    headLength += length;
                    from += length;
                    if (ends && from == to) meet(true);
                    else if (headLength == HEAD) meet(false);
                    else return;
                }
            }
            take(b, from, to);
        }

        private void endLine(int length) {
            lastBreak = length;
            lines++;
            lineStart = at;
            headLength = 0;
            line = Line.UNKNOWN;
        }

        private boolean inHeader() {
            return open.getLast().inHeader();
        }

        /// Finds out what the line is whose head is at hand. Where it ends a header section without
        /// belonging to it, it is asked once more, as a line of what comes next.
        private void meet(boolean whole) {
            do line = whole && delimiter() ? Line.DONE : inHeader() ? header(whole) : Line.TEXT;
            while (line == Line.UNKNOWN);
            take(head, 0, headLength);
        }

        private void take(byte[] b, int from, int to) {
            switch (line) {
                case HEADER -> {
                    if (!open.getLast().keep(b, from, to))
                        oddities.note(
                                Oddity.Kind.HEADER_TOO_LARGE, open.getLast().offset() + MAX_HEADER);
                }
                case TEXT -> open.getLast().sample(b, from, to);
                case DONE, UNKNOWN -> {}
            }
        }

        /// A line of a header section, or UNKNOWN if the section ended before it.
        private Line header(boolean whole) {
            var entity = open.getLast();
            if (whole && Fields.isBlank(head, 0, headLength)) {
                endHeader(lineStart + headLength, lines + 1);
                return Line.DONE;
            }
            boolean goesOn = entity.hasField() && (head[0] == ' ' || head[0] == '\t');
            if (goesOn) return Line.HEADER;
            if (Fields.colon(head, 0, headLength) >= 0) {
                entity.fieldMet();
                return Line.HEADER;
            }
            if (lineStart == 0 && isFromLine()) {
                oddities.note(Oddity.Kind.FROM_LINE, 0);
                return Line.HEADER;
            }
            oddities.note(Oddity.Kind.NO_BLANK_LINE, lineStart); // RFC 7103 §7.2
            endHeader(lineStart, lines);
            return Line.UNKNOWN;
        }

        private boolean isFromLine() { // RFC 4155 §A, and as some programs quote it
            return startsWith("From ") || startsWith(">From ");
        }

        private boolean startsWith(String text) {
            if (headLength < text.length()) return false;
            for (int i = 0; i < text.length(); i++) if (head[i] != text.charAt(i)) return false;
            return true;
        }

        // RFC 2046 §5.1.1: delimiter := CRLF "--" boundary, close-delimiter := delimiter "--",
        //                  each with transport-padding := *LWSP-char
        private boolean delimiter() {
            if (headLength < 3 || head[0] != '-' || head[1] != '-') return false;
            int end = headLength;
            while (end > 2 && head[end - 1] <= ' ' && head[end - 1] >= 0) end--;
            String found = new String(head, 2, end - 2, StandardCharsets.ISO_8859_1);
            int opener = opener(found);
            if (opener >= 0) return nextPart(opener);
            if (found.endsWith("--")) opener = opener(found.substring(0, found.length() - 2));
            if (opener < 0) return false;
            closeToDelimiter(opener);
            open.getLast().terminate();
            return true;
        }

        /// The innermost open multipart with this boundary, or -1.
        // RFC 2046 §5.1.2: outer boundaries count at any level of inner nesting
        private int opener(String boundary) {
            for (int i = open.size() - 1; i >= 0; i--)
                if (open.get(i).isDelimitedBy(boundary)) return i;
            return -1;
        }

        private boolean nextPart(int opener) {
            if (parts >= MAX_PARTS) {
                oddities.note(Oddity.Kind.TOO_MANY_PARTS, lineStart);
                return false;
            }
            closeToDelimiter(opener);
            open(open.getLast().childType(), lineStart + headLength);
            return true;
        }

        private void open(MediaType otherwise, long offset) {
            parts++;
            open.add(new Entity(otherwise, offset));
        }

        /// The header section of what is being read ended: its body begins at `offset`.
        private void endHeader(long offset, long lines) {
            var entity = open.getLast();
            var fields = entity.endHeader(offset, lines, kept, oddities, room());
            if (open.size() == 1) {
                envelope = envelope(fields, entity);
                keepPlaces(fields);
            } else {
                var parent = open.get(open.size() - 2);
                if (parent.isMessage()) parent.envelope(envelope(fields, entity));
            }
            if (entity.isMessage()) open(MediaType.DEFAULT, offset);
            else if (open.stream().noneMatch(Entity::isMessage)) entity.sampleFor(preview);
        }

        /// What keeps a part from having parts of its own, or null.
        private Oddity.@Nullable Kind room() {
            if (open.size() >= MAX_DEPTH) return Oddity.Kind.TOO_DEEP;
            return parts >= MAX_PARTS ? Oddity.Kind.TOO_MANY_PARTS : null;
        }

        private Envelope envelope(Fields fields, Entity entity) {
            return kept.keep(Envelope.of(fields, oddities, entity.offset()), entity.offset());
        }

        private void keepPlaces(Fields fields) {
            for (var field : fields) {
                if (places.size() == MAX_FIELDS) {
                    oddities.note(Oddity.Kind.TOO_MANY_FIELDS, field.offset());
                    return;
                }
                if (!kept.keepPlace(field.name(), field.offset())) return;
                places.add(new FieldPlace(field.name(), field.offset(), field.length()));
            }
        }

        private void closeToDelimiter(int opener) {
            boolean broken = lastBreak > 0;
            closeTo(opener + 1, lineStart, lineStart - lastBreak, broken ? lines - 1 : lines);
        }

        /// Closes all but the outer `size` entities. Bodies end at `end`; a header section that was
        /// still being read ends at `headerEnd`.
        private void closeTo(int size, long headerEnd, long end, long endLines) {
            while (open.size() > size) {
                var entity = open.getLast();
                if (entity.inHeader()) {
                    endHeader(headerEnd, lines); // may open the message within
                    continue;
                }
                open.removeLast();
                var part = entity.close(end, endLines, oddities);
                if (open.isEmpty()) root = part;
                else open.getLast().add(part);
            }
        }
    }
}
