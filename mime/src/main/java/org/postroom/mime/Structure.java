package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
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
/// - A From_ line is passed over where a header section begins, and so is a line there that begins
///   with a blank; they count as header.
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
    public static final int MAX_HEADER = 50 << 20;

    /// How many octets of one field are read, if it is an address list; less of others (TRAPS T35).
    public static final int MAX_FIELD = 10 << 20;

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

        private static final int MAX_LINE = 998; // RFC 5322 §2.1.1

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
        private final Places places = new Places(kept, oddities);
        private final HeaderSection.Buffer buffer = new HeaderSection.Buffer();
        private final Preview preview = new Preview();
        private final List<Entity> open =
                new ArrayList<>(); // from the message down to what is read
        private Envelope envelope = Envelope.NONE;
        private List<String> references = List.of();
        private @Nullable Part root;
        private int parts;

        private byte[] head = {}; // of a line that came in pieces
        private int headLength;
        private Line line = Line.UNKNOWN;

        private long at; // octets read
        private long lineStart;
        private long lines; // line ends read
        private int lastBreak; // octets of the line end before this line
        private byte last; // the octet before
        private boolean within; // a message within the message is being read

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
            if (line == Line.UNKNOWN && headLength > 0) meetHead(true);
            if (at - lineStart > MAX_LINE) oddities.note(Oddity.Kind.LONG_LINE, lineStart);
            closeTo(0, at, at, lines);
            return Summary.of(
                    at,
                    envelope,
                    references,
                    Objects.requireNonNull(root),
                    preview.text(),
                    places.list(),
                    oddities.list());
        }

        /// The index after the next LF, or the end. Odd octets are noted on the way.
        private int lineEnd(byte[] b, int from, int end) {
            if (last == '\r' && b[from] != '\n') oddities.note(Oddity.Kind.BARE_CR, at - 1);
            for (int i = from; i < end; i++) {
                byte c = b[i];
                if (c > '\r' || c < 0) continue;
                if (c == '\n') {
                    if ((i > from ? b[i - 1] : last) != '\r')
                        oddities.note(Oddity.Kind.BARE_LF, at + i - from);
                    return i + 1;
                }
                if (c == '\r') {
                    if (i + 1 < end && b[i + 1] != '\n')
                        oddities.note(Oddity.Kind.BARE_CR, at + i - from);
                } else if (c == 0) oddities.note(Oddity.Kind.NUL, at + i - from);
            }
            return end;
        }

        /// A piece of one line.
        private void piece(byte[] b, int from, int to, boolean ends) {
            if (line != Line.UNKNOWN) take(b, from, to);
            else if (headLength == 0 && b[from] != '-' && section() == null) {
                line = Line.TEXT;
                take(b, from, to);
            } else if (headLength == 0 && (ends || to - from >= HEAD)) {
                meet(b, from, Math.min(to, from + HEAD), ends && to - from <= HEAD);
                take(b, from, to);
            } else {
                int length = Math.min(to - from, HEAD - headLength);
                keepHead(b, from, length);
                if (ends && length == to - from) meetHead(true);
                else if (headLength == HEAD) meetHead(false);
                else return;
                take(b, from + length, to);
            }
        }

        private void keepHead(byte[] b, int from, int length) {
            if (headLength + length > head.length) head = Arrays.copyOf(head, HEAD);
            System.arraycopy(b, from, head, headLength, length);
            headLength += length;
        }

        private void meetHead(boolean whole) {
            meet(head, 0, headLength, whole);
            take(head, 0, headLength);
        }

        private void endLine(int length) {
            if (at - lineStart - length > MAX_LINE) oddities.note(Oddity.Kind.LONG_LINE, lineStart);
            lastBreak = length;
            lines++;
            lineStart = at;
            headLength = 0;
            line = Line.UNKNOWN;
        }

        /// The header section that is being read, or null in a body.
        private @Nullable HeaderSection section() {
            return open.getLast().section();
        }

        /// Finds out what the line is whose head is at hand. Where it ends a header section without
        /// belonging to it, it is asked once more, as a line of what comes next.
        ///
        /// @param whole whether the head is all of it
        private void meet(byte[] b, int from, int to, boolean whole) {
            do {
                var section = section();
                if (whole && delimiter(b, from, to)) line = Line.DONE;
                else line = section == null ? Line.TEXT : header(section, b, from, to, whole);
            } while (line == Line.UNKNOWN);
        }

        private void take(byte[] b, int from, int to) {
            switch (line) {
                case HEADER -> Objects.requireNonNull(section()).add(b, from, to);
                case TEXT -> open.getLast().sample(b, from, to);
                case DONE, UNKNOWN -> {}
            }
        }

        /// A line of a header section, or UNKNOWN if the section ended before it.
        private Line header(HeaderSection section, byte[] b, int from, int to, boolean whole) {
            if (whole && Fields.isBlank(b, from, to)) {
                endHeader(section, lineStart, lineStart + to - from, lines + 1);
                return Line.DONE;
            }
            if (b[from] == ' ' || b[from] == '\t') {
                if (!section.hasField()) oddities.note(Oddity.Kind.FOLDED_FIRST_LINE, lineStart);
                else if (whole && isAllBlank(b, from, to))
                    oddities.note(Oddity.Kind.BLANK_LINE_IN_FIELD, lineStart);
                return Line.HEADER;
            }
            int colon = Fields.colon(b, from, to);
            if (colon >= 0) {
                section.field(b, from, colon, lineStart);
                return Line.HEADER;
            }
            if (lineStart == section.offset() && isFromLine(b, from, to)) {
                oddities.note(Oddity.Kind.FROM_LINE, lineStart);
                return Line.HEADER;
            }
            oddities.note(Oddity.Kind.NO_BLANK_LINE, lineStart); // RFC 7103 §7.2
            endHeader(section, lineStart, lineStart, lines);
            return Line.UNKNOWN;
        }

        private static boolean isAllBlank(byte[] b, int from, int to) {
            for (int i = from; i < to; i++) if (!Ascii.blank((char) b[i])) return false;
            return true;
        }

        // RFC 4155 §A, and as some programs quote it
        private static boolean isFromLine(byte[] b, int from, int to) {
            return startsWith(b, from, to, "From ") || startsWith(b, from, to, ">From ");
        }

        private static boolean startsWith(byte[] b, int from, int to, String text) {
            if (to - from < text.length()) return false;
            for (int i = 0; i < text.length(); i++) if (b[from + i] != text.charAt(i)) return false;
            return true;
        }

        // RFC 2046 §5.1.1: delimiter := CRLF "--" boundary, close-delimiter := delimiter "--",
        //                  each with transport-padding := *LWSP-char
        private boolean delimiter(byte[] b, int from, int to) {
            if (to - from < 3 || b[from] != '-' || b[from + 1] != '-') return false;
            int begin = from + 2;
            int end = to;
            while (end > begin && b[end - 1] <= ' ' && b[end - 1] >= 0) end--;
            int opener = opener(b, begin, end);
            if (opener >= 0) return nextPart(opener, lineStart + to - from);
            if (end - begin > 2 && b[end - 1] == '-' && b[end - 2] == '-')
                opener = opener(b, begin, end - 2);
            if (opener < 0) return false;
            closeToDelimiter(opener);
            open.getLast().terminate();
            return true;
        }

        /// The innermost open multipart with this boundary, or -1.
        // RFC 2046 §5.1.2: outer boundaries count at any level of inner nesting
        private int opener(byte[] b, int from, int to) {
            for (int i = open.size() - 1; i >= 0; i--)
                if (open.get(i).isDelimitedBy(b, from, to)) return i;
            return -1;
        }

        private boolean nextPart(int opener, long offset) {
            if (parts >= MAX_PARTS) {
                oddities.note(Oddity.Kind.TOO_MANY_PARTS, lineStart);
                return false;
            }
            closeToDelimiter(opener);
            open(open.getLast().childType(), offset);
            return true;
        }

        private void open(MediaType otherwise, long offset) {
            parts++;
            boolean first = open.isEmpty();
            boolean ofMessage = first || open.getLast().isMessage();
            var section =
                    new HeaderSection(offset, ofMessage, first ? places : null, oddities, buffer);
            open.add(new Entity(otherwise, section));
        }

        /// The header section of what is being read ended, the last field at `fields`: its body begins
        /// at `offset`.
        private void endHeader(HeaderSection section, long fields, long offset, long lines) {
            var entity = open.getLast();
            section.endField(fields);
            entity.endHeader(section, offset, lines, kept, oddities, room());
            if (open.size() == 1) message(section);
            else {
                var parent = open.get(open.size() - 2);
                if (parent.isMessage()) parent.envelope(envelope(section));
            }
            if (entity.isMessage()) {
                within = true;
                open(MediaType.DEFAULT, offset);
            } else if (!within || open.stream().noneMatch(Entity::isMessage))
                entity.sampleFor(preview);
        }

        /// What is kept of the message's own header section only.
        private void message(HeaderSection section) {
            envelope = envelope(section);
            String date = section.value(Known.DATE);
            if (date != null && Dates.parse(date).isEmpty())
                oddities.note(Oddity.Kind.BAD_DATE, section.offset(Known.DATE));
            String id = section.value(Known.MESSAGE_ID);
            if (id != null && !MessageIds.isOne(id))
                oddities.note(Oddity.Kind.BAD_MESSAGE_ID, section.offset(Known.MESSAGE_ID));
            String above = section.value(Known.REFERENCES);
            if (above != null)
                references = kept.ids(MessageIds.parse(above), section.offset(Known.REFERENCES));
            if (section.value(Known.CONTENT_TYPE) != null
                    && section.value(Known.MIME_VERSION) == null)
                oddities.note(Oddity.Kind.NO_MIME_VERSION, section.offset(Known.CONTENT_TYPE));
        }

        /// What keeps a part from having parts of its own, or null.
        private Oddity.@Nullable Kind room() {
            if (open.size() >= MAX_DEPTH) return Oddity.Kind.TOO_DEEP;
            return parts >= MAX_PARTS ? Oddity.Kind.TOO_MANY_PARTS : null;
        }

        private Envelope envelope(HeaderSection section) {
            return kept.keep(section.envelope(), section.offset());
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
                var section = entity.section();
                if (section != null) {
                    endHeader(section, headerEnd, headerEnd, lines); // may open the message within
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
