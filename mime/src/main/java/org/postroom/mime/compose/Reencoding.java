package org.postroom.mime.compose;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Decoding;
import org.postroom.mime.Fields;
import org.postroom.mime.MediaType;
import org.postroom.mime.Part;
import org.postroom.mime.Source;
import org.postroom.mime.Span;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.mime.TransferEncoding;
import org.postroom.mime.compose.CannotCross.Obstacle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A message that is there, for a hop that can't take it as it is: the bodies of its parts are
/// encoded anew, and the fields that say how. All else stays octet for octet, and all of it does if
/// the hop can take it.
///
/// What stands before, between and after the parts of a multipart is nobody's text; where it can't go
/// as it is, it goes with question marks.
///
/// What is signed is not touched, nor what must not be encoded by its type, nor a header section;
/// [#left] says where that leaves something in the way. A DKIM signature over the body is broken by
/// this as by any re-encoding.
///
/// The message is read two to four times, from the beginning to the end; memory holds its
/// structure.
// RFC 6152 §3: a relay converts, or bounces
public final class Reencoding {

    /// Something that stayed as it was though the hop can't take it.
    ///
    /// @param offset where in the message the part, or its header section, begins
    public record Left(Obstacle obstacle, long offset) {}

    /// A part whose header says another encoding than before, and whose body is in it.
    ///
    /// @param body null if it stays as it is
    private record Edit(
            Span header,
            boolean isMessage,
            Encoding encoding,
            @Nullable Span body,
            @Nullable String was) {}

    private final Source message;
    private final List<Edit> edits = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();
    private NextHop needs;
    private boolean masks; // octets above 127 are left between the parts only

    private Reencoding(Source message, NextHop needs) {
        this.message = message;
        this.needs = needs;
    }

    /// How the message goes to this hop.
    public static Reencoding of(Source message, NextHop hop) throws IOException {
        var survey = Survey.of(message);
        if (!survey.eightBit() && survey.isLines())
            return new Reencoding(message, NextHop.SEVEN_BIT);
        var reencoding = new Reencoding(message, NextHop.SEVEN_BIT);
        var parser = new Structure.Parser();
        try (var in = message.open()) {
            in.transferTo(sink(parser));
        }
        Summary summary = parser.finish();
        try (var in = new Walk(message.open(), hop, reencoding)) {
            reencoding.needs = in.part(summary.root(), true, false);
        }
        boolean sevenBits = reencoding.needs.equals(NextHop.SEVEN_BIT) && !hop.eightBit();
        reencoding.masks = sevenBits && reencoding.left.isEmpty() && survey.eightBit();
        return reencoding;
    }

    private static OutputStream sink(Structure.Parser parser) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                parser.write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] b, int off, int len) {
                parser.write(b, off, len);
            }
        };
    }

    /// What a hop must take for what [#writeTo] writes.
    public NextHop needs() {
        return needs;
    }

    /// What is still in the way; nothing, if the hop can take what is written.
    public List<Left> left() {
        return List.copyOf(left);
    }

    /// Whether anything is not as it was.
    public boolean changes() {
        return !edits.isEmpty() || masks;
    }

    void demandWhole() throws CannotCross {
        if (!left.isEmpty())
            throw new CannotCross(left.getFirst().obstacle(), "octet " + left.getFirst().offset());
    }

    /// Writes the message, what is left in it included.
    public void writeTo(OutputStream into) throws IOException {
        var out = masks ? new Mask(into) : into;
        try (var in = message.open()) {
            long at = 0;
            for (var edit : edits) {
                copy(in, edit.header().offset() - at, out);
                byte[] header = in.readNBytes(Math.toIntExact(edit.header().length()));
                out.write(rewritten(header, edit));
                at = edit.header().end();
                if (edit.body() == null) continue;
                copy(in, edit.body().offset() - at, out);
                try (var encoded = edit.encoding().into(new Unclosed(out))) {
                    var body = Source.next(in, edit.body().length());
                    Decoding.of(body, edit.was()).transferTo(encoded);
                    body.transferTo(OutputStream.nullOutputStream());
                }
                at = edit.body().end();
            }
            boolean ends = in.transferTo(out) > 0;
            if (!ends && endsInBase64()) Lines.end(out);
        }
    }

    /// Whose last line has no end of its own.
    private boolean endsInBase64() {
        var last = edits.isEmpty() ? null : edits.getLast();
        return last != null && last.body() != null && last.encoding() == Encoding.BASE64;
    }

    private static final class Mask extends OutputStream {

        private final OutputStream out;

        Mask(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            byte[] masked = Arrays.copyOfRange(b, off, off + len);
            for (int i = 0; i < len; i++) if (masked[i] <= 0) masked[i] = '?';
            out.write(masked);
        }
    }

    private static void copy(InputStream in, long length, OutputStream out) throws IOException {
        Source.next(in, length).transferTo(out);
    }

    /// The header section with another Content-Transfer-Encoding, in the place of the old.
    private static byte[] rewritten(byte[] header, Edit edit) throws IOException {
        var fields = Fields.of(header);
        byte[] said =
                ("Content-Transfer-Encoding: " + edit.encoding().token + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        var out = new ByteArrayOutputStream(header.length + 64);
        boolean told = false;
        int at = 0;
        int end = 0;
        for (var field : fields) {
            end = field.offset() + field.length();
            if (!field.name().equalsIgnoreCase("Content-Transfer-Encoding")) continue;
            out.write(header, at, field.offset() - at);
            if (!told) out.writeBytes(said);
            told = true;
            at = end;
        }
        out.write(header, at, end - at);
        if (end > 0 && header[end - 1] != '\n') Lines.end(out);
        if (edit.isMessage() && fields.first("MIME-Version").isEmpty()) // RFC 2045 §4
        out.writeBytes("MIME-Version: 1.0\r\n".getBytes(StandardCharsets.US_ASCII));
        if (!told) out.writeBytes(said);
        if (end < header.length) out.write(header, end, header.length - end);
        else Lines.end(out); // the body began without a blank line
        return out.toByteArray();
    }

    /// Goes through the parts in their order, looks at the octets of each, and decides.
    private static final class Walk implements AutoCloseable {

        private final InputStream in;
        private final NextHop hop;
        private final Reencoding result;
        private long at;

        Walk(InputStream in, NextHop hop, Reencoding result) {
            this.in = in;
            this.hop = hop;
            this.result = result;
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// @return what it needs once it is edited
        NextHop part(Part part, boolean isMessage, boolean signed) throws IOException {
            byte[] header = octets(part.header());
            var needs = NextHop.SEVEN_BIT;
            if (Survey.of(Source.of(header).open()).eightBit()) {
                needs = NextHop.UTF8;
                if (!hop.utf8()) leave(Obstacle.HEADER, part.header());
            }
            if (part.children().isEmpty())
                return needs.or(leaf(part, Fields.of(header), isMessage, signed));
            return needs.or(container(part, isMessage, signed));
        }

        private NextHop container(Part part, boolean isMessage, boolean signed) throws IOException {
            int place = result.edits.size();
            boolean signs = signed || part.type().is("multipart", "signed");
            var inside = NextHop.SEVEN_BIT;
            for (var child : part.children()) // Structure bounds the depth
            inside = inside.or(part(child, part.isMessage(), signs));
            label(part, place, isMessage, inside, signed);
            return inside;
        }

        private NextHop leaf(Part part, Fields fields, boolean isMessage, boolean signed)
                throws IOException {
            var survey = Survey.of(stretch(part.body()));
            var needs = survey.needs();
            if (hop.takes(needs)) {
                label(part, result.edits.size(), isMessage, needs, signed);
                return needs;
            }
            if (signed) leave(Obstacle.SIGNED, part.header());
            else if (part.transferEncoding() == TransferEncoding.UNKNOWN
                    || !mayBeEncoded(fields)
                    || part.header().length() > Structure.MAX_HEADER)
                leave(Obstacle.ENCODING, part.header());
            else {
                result.edits.add(
                        new Edit(
                                part.header(),
                                isMessage,
                                encoding(part, survey),
                                part.body(),
                                part.encoding()));
                return NextHop.SEVEN_BIT;
            }
            return needs;
        }

        private static Encoding encoding(Part part, Survey survey) {
            boolean text = part.type().type().equals("text");
            return switch (part.transferEncoding()) {
                // damaged: octets that are none of it
                case BASE64, UUENCODE -> Encoding.BASE64;
                case QUOTED_PRINTABLE -> Encoding.QUOTED_PRINTABLE;
                case IDENTITY, UNKNOWN ->
                        text && survey.quotedPrintable() <= survey.base64()
                                ? Encoding.QUOTED_PRINTABLE
                                : Encoding.BASE64;
            };
        }

        // RFC 2045 §6.4: of multipart and message only 7bit, 8bit and binary
        private static boolean mayBeEncoded(Fields fields) {
            var type =
                    fields.first("Content-Type").flatMap(field -> MediaType.parse(field.value()));
            if (type.isEmpty()) return true;
            boolean composite =
                    type.get().type().equals("multipart") || type.get().type().equals("message");
            return !composite || type.get().is("message", "global"); // RFC 6532 §3.7
        }

        /// A part that says 8bit or binary where the hop takes none, and has none.
        private void label(
                Part part, int place, boolean isMessage, NextHop inside, boolean signed) {
            var says = token(part);
            boolean fine =
                    says.equals("8bit") ? hop.eightBit() : !says.equals("binary") || hop.binary();
            if (fine
                    || signed
                    || !hop.takes(inside)
                    || part.header().length() > Structure.MAX_HEADER) return;
            result.edits.add(
                    place, new Edit(part.header(), isMessage, Encoding.asItIs(inside), null, says));
        }

        private static String token(Part part) {
            return Optional.ofNullable(part.encoding())
                    .orElse("7bit")
                    .strip()
                    .toLowerCase(Locale.ROOT);
        }

        private void leave(Obstacle obstacle, Span where) {
            result.left.add(new Left(obstacle, where.offset()));
        }

        private byte[] octets(Span span) throws IOException {
            var section = stretch(span);
            byte[] octets = section.readNBytes(Structure.MAX_HEADER);
            section.transferTo(OutputStream.nullOutputStream());
            return octets;
        }

        private InputStream stretch(Span span) throws IOException {
            in.skipNBytes(span.offset() - at);
            at = span.end();
            return Source.next(in, span.length());
        }
    }
}
