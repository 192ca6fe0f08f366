package org.postroom.mime.compose;

import org.postroom.mime.Field;
import org.postroom.mime.Fields;
import org.postroom.mime.MediaType;
import org.postroom.mime.Parameter;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.compose.CannotCross.Obstacle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A message in pieces (message/partial, RFC 2046 §5.2.2), for a path that takes none so large: each
/// piece is a message of its own, and whoever has them all has the message.
public final class Partial {

    /// Of how many pieces a message may be made.
    public static final int MOST = 10_000;

    private static final Set<String> INNER =
            Set.of("subject", "message-id", "encrypted", "mime-version");

    private Partial() {}

    /// One piece of a message that is to be sent.
    public record Piece(List<Header> header, MediaType type, Source octets) {
        public Piece {
            header = List.copyOf(header);
        }

        public void writeTo(OutputStream out) throws IOException, CannotCross {
            new Message(header, new Entity.Leaf(type, Labels.NONE, octets))
                    .writeTo(out, NextHop.SEVEN_BIT);
        }
    }

    /// Divides a message at line ends, so that no piece has more than `most` octets of it, unless a
    /// single line has.
    ///
    /// @param message written for [NextHop#SEVEN_BIT]: a piece can't be encoded (RFC 2046 §5.2.2)
    /// @throws CannotCross if it is not of seven bits, or would make more than [#MOST] pieces
    // RFC 2046 §5.2.2.1 (1): at line boundaries only
    public static List<Piece> split(Composer composer, Source message, long most)
            throws IOException, CannotCross {
        var cuts = cuts(message, most);
        String id = composer.id();
        int total = cuts.size() - 1;
        var header = header(message);
        var pieces = new ArrayList<Piece>();
        for (int i = 0; i < total; i++)
            pieces.add(
                    new Piece(
                            enclosing(header, composer, i + 1, total),
                            type(id, i + 1, total),
                            message.slice(cuts.get(i), cuts.get(i + 1) - cuts.get(i))));
        return pieces;
    }

    /// Where the pieces begin, and where the last one ends.
    private static List<Long> cuts(Source message, long most) throws IOException, CannotCross {
        var survey = new Survey();
        var cuts = new Cuts(most);
        try (var in = message.open()) {
            byte[] buffer = new byte[8 << 10];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                survey.write(buffer, 0, count);
                cuts.take(buffer, count);
            }
        }
        if (survey.eightBit() || !survey.isLines())
            throw new CannotCross(Obstacle.ENCODING, "message/partial is of seven bits");
        var found = cuts.end();
        if (found.size() > MOST + 1) throw new CannotCross(Obstacle.ENCODING, "too many pieces");
        return found;
    }

    /// Finds the last line end before each piece would be too long.
    private static final class Cuts {

        private final long most;
        private final List<Long> cuts = new ArrayList<>(List.of(0L));
        private long at;
        private long lineEnd;

        Cuts(long most) {
            this.most = most;
        }

        void take(byte[] octets, int count) {
            for (int i = 0; i < count; i++) {
                at++;
                if (octets[i] == '\n') endLine();
            }
        }

        private void endLine() {
            if (at - cuts.getLast() > most && lineEnd > cuts.getLast() && cuts.size() <= MOST + 1)
                cuts.add(lineEnd);
            lineEnd = at;
        }

        List<Long> end() {
            endLine();
            cuts.add(at);
            return cuts;
        }
    }

    private static Fields header(Source message) throws IOException {
        try (var in = message.open()) {
            return Fields.of(in.readNBytes(Structure.MAX_HEADER));
        }
    }

    /// What the enclosing message says: the first one all that is not the enclosed one's own, so that
    /// it is there again once they are put together; the others what mail needs.
    private static List<Header> enclosing(Fields inner, Composer composer, int number, int total) {
        var header = new ArrayList<Header>();
        for (var field : inner)
            if (!isInner(field)
                    && (number == 1
                            || Set.of("from", "to", "cc", "date", "sender", "reply-to")
                                    .contains(key(field))))
                header.add(new Header.Copied(field.name(), field.raw()));
        String subject = Reply.subjectOf(inner);
        header.add(
                new Header.Unstructured(
                        "Subject", subject + " (part " + number + " of " + total + ")"));
        header.add(new Header.Ids("Message-ID", List.of(composer.id())));
        return header;
    }

    // RFC 2046 §5.2.2.1 (2), (3): what the enclosed message keeps for itself
    private static boolean isInner(Field field) {
        return key(field).startsWith("content-") || INNER.contains(key(field));
    }

    private static String key(Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    private static MediaType type(String id, int number, int total) {
        return new MediaType(
                "message",
                "partial",
                List.of(
                        new Parameter("id", id),
                        new Parameter("number", Integer.toString(number)),
                        new Parameter("total", Integer.toString(total))));
    }

    /// The pieces of one message, as they arrive: in any order, some twice.
    public static final class Assembly {

        private final String id;
        private final List<@org.jspecify.annotations.Nullable Source> pieces = new ArrayList<>();
        private int total; // 0 while nobody has said it

        /// @param id the parameter that all pieces share
        public Assembly(String id) {
            this.id = id;
        }

        /// Adds a piece, whole as it came, if it is one of this message; what is there already, and
        /// what contradicts it, is passed over.
        ///
        /// @return whether it was taken
        public boolean add(Source piece) throws IOException {
            var fields = header(piece);
            var type =
                    fields.first("Content-Type").flatMap(field -> MediaType.parse(field.value()));
            if (type.isEmpty() || !type.get().is("message", "partial")) return false;
            int number = number(type.get(), "number");
            int says = number(type.get(), "total"); // asked for in the last one only
            boolean ours = type.get().parameter("id").orElse("").equals(id);
            if (!ours || number == 0 || (says > 0 && total > 0 && says != total)) return false;
            int last = Math.max(total, says);
            if (last > 0 && (number > last || pieces.size() > last)) return false;
            if (number <= pieces.size() && pieces.get(number - 1) != null) return false;
            total = last;
            while (pieces.size() < number) pieces.add(null);
            pieces.set(number - 1, piece);
            return true;
        }

        private static int number(MediaType type, String name) {
            String text = type.parameter(name).orElse("");
            if (text.isEmpty()
                    || text.length() > 5
                    || !text.chars().allMatch(c -> c >= '0' && c <= '9')) return 0;
            int number = Integer.parseInt(text);
            return number <= MOST ? number : 0;
        }

        public boolean isWhole() {
            return total > 0 && pieces.size() == total && !pieces.contains(null);
        }

        /// Writes the message that they are the pieces of.
        ///
        /// @throws IllegalStateException if one is missing
        // RFC 2046 §5.2.2.1 (2) to (4)
        public void writeTo(OutputStream out) throws IOException {
            if (!isWhole()) throw new IllegalStateException("a piece is missing");
            for (int i = 0; i < total; i++)
                try (var in = java.util.Objects.requireNonNull(pieces.get(i)).open()) {
                    byte[] outer = section(in);
                    if (i == 0) {
                        write(outer, false, out);
                        write(section(in), true, out);
                        Lines.end(out);
                    }
                    in.transferTo(out);
                }
        }

        private static void write(byte[] section, boolean inner, OutputStream out)
                throws IOException {
            for (var field : Fields.of(section))
                if (isInner(field) == inner) out.write(section, field.offset(), field.length());
        }

        /// Reads up to and with the blank line.
        private static byte[] section(InputStream in) throws IOException {
            var section = new java.io.ByteArrayOutputStream();
            int line = 0;
            for (int c; section.size() < Structure.MAX_HEADER && (c = in.read()) >= 0; ) {
                section.write(c);
                if (c == '\n') {
                    if (line == 0) break;
                    line = 0;
                } else if (c != '\r') line++;
            }
            return section.toByteArray();
        }
    }
}
