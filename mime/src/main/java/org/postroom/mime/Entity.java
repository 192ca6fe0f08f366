package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A part while it is being read: header section, then body, then a [Part].
final class Entity {

    private static final int MAX_NAME = 127; // of types and subtypes, as the registry has it

    private final MediaType otherwise; // what it is without a Content-Type
    private final long offset;
    private @Nullable ByteArrayOutputStream section = new ByteArrayOutputStream();
    private boolean field;

    // From the end of the header section on.
    private long body;
    private long lines; // line ends before the body
    private MediaType type = MediaType.DEFAULT;
    private @Nullable String id;
    private @Nullable String description;
    private @Nullable String encoding;
    private @Nullable String md5;
    private @Nullable Disposition disposition;
    private List<String> languages = List.of();
    private @Nullable String location;
    private @Nullable String boundary; // of a multipart that is looked into
    private boolean terminated;
    private boolean message;
    private @Nullable Envelope envelope;
    private Preview.@Nullable Sample sample;
    private final List<Part> children = new ArrayList<>();

    Entity(MediaType otherwise, long offset) {
        this.otherwise = otherwise;
        this.offset = offset;
    }

    long offset() {
        return offset;
    }

    boolean inHeader() {
        return section != null;
    }

    boolean hasField() {
        return field;
    }

    void fieldMet() {
        field = true;
    }

    /// Octets of the header section; false once it is longer than [Structure#MAX_HEADER].
    boolean keep(byte[] b, int from, int to) {
        if (section == null) return true;
        int room = Structure.MAX_HEADER - section.size();
        section.write(b, from, Math.min(to - from, room));
        return to - from <= room;
    }

    /// Reads what the header section says of the part.
    ///
    /// @param hindrance why this part may not have parts of its own, or null
    Fields endHeader(
            long body, long lines, Kept kept, Oddities oddities, Oddity.@Nullable Kind hindrance) {
        var fields = Fields.of(section == null ? new byte[0] : section.toByteArray());
        section = null;
        this.body = body;
        this.lines = lines;
        var reader = new Reader(fields, kept, oddities, offset);
        type = reader.type(otherwise);
        id = reader.text("Content-ID");
        description = reader.text("Content-Description");
        encoding = reader.token("Content-Transfer-Encoding");
        md5 = reader.text("Content-MD5");
        disposition = reader.disposition();
        languages = reader.languages();
        location = reader.text("Content-Location");
        if (type.type().equals("multipart")) multipart(oddities, hindrance);
        if (type.is("message", "rfc822") || type.is("message", "global"))
            message(oddities, hindrance);
        type = new MediaType(type.type(), type.subtype(), kept.keep(type.parameters(), offset));
        return fields;
    }

    private void multipart(Oddities oddities, Oddity.@Nullable Kind hindrance) {
        String found = type.parameter("boundary").orElse("").stripTrailing(); // RFC 2046 §5.1.1
        if (found.isEmpty()) leaf(MediaType.DEFAULT, Oddity.Kind.NO_BOUNDARY, oddities);
        else if (found.length() > Structure.MAX_BOUNDARY)
            leaf(MediaType.OPAQUE, Oddity.Kind.BOUNDARY_TOO_LONG, oddities);
        else if (hindrance != null) leaf(MediaType.OPAQUE, hindrance, oddities);
        else boundary = found;
    }

    // RFC 2046 §5.2.1: no encoding other than 7bit, 8bit or binary is permitted
    private void message(Oddities oddities, Oddity.@Nullable Kind hindrance) {
        if (encoding != null && Decoding.decodes(encoding))
            leaf(MediaType.OPAQUE, Oddity.Kind.ENCODED_MESSAGE, oddities);
        else if (hindrance != null) leaf(MediaType.OPAQUE, hindrance, oddities);
        else message = true;
    }

    private void leaf(MediaType type, Oddity.Kind why, Oddities oddities) {
        this.type = type;
        oddities.note(why, offset);
    }

    boolean isMessage() {
        return message;
    }

    void envelope(Envelope envelope) {
        this.envelope = envelope;
    }

    boolean isDelimitedBy(String boundary) {
        return !terminated && boundary.equals(this.boundary);
    }

    void terminate() {
        terminated = true;
    }

    /// What a part within this multipart is if it does not say so.
    MediaType childType() { // RFC 2046 §5.1.5
        return type.subtype().equals("digest") ? MediaType.MESSAGE : MediaType.DEFAULT;
    }

    void sampleFor(Preview preview) {
        if (boundary == null) sample = preview.sample(type, encoding, disposition);
    }

    void sample(byte[] b, int from, int to) {
        if (sample != null) sample.take(b, from, to);
    }

    void add(Part child) {
        children.add(child);
    }

    /// @param end where the body ends, if it begins before that
    Part close(long end, long endLines, Oddities oddities) {
        if (boundary != null && children.isEmpty())
            leaf(MediaType.DEFAULT, Oddity.Kind.NO_BOUNDARY, oddities);
        else if (boundary != null && !terminated)
            oddities.note(Oddity.Kind.UNTERMINATED_MULTIPART, end);
        boolean empty = end <= body;
        return new Part(
                new Span(offset, body - offset),
                new Span(body, empty ? 0 : end - body),
                empty ? 0 : endLines - lines,
                type,
                id,
                description,
                encoding,
                md5,
                disposition,
                languages,
                location,
                message && envelope == null ? Envelope.NONE : envelope,
                children);
    }

    /// Reads the Content- fields of one header section.
    private record Reader(Fields fields, Kept kept, Oddities oddities, long base) {

        MediaType type(MediaType otherwise) {
            var field = fields.first("Content-Type");
            if (field.isEmpty()) return otherwise;
            long place = base + field.get().offset();
            var in = new ValueScanner(field.get().value());
            var type = MediaType.parse(in).filter(Reader::named);
            tellIfCut(in, place);
            if (type.isPresent()) return type.get();
            oddities.note(Oddity.Kind.BAD_CONTENT_TYPE, place);
            return MediaType.DEFAULT; // RFC 2045 §5.2
        }

        private static boolean named(MediaType type) {
            return type.type().length() <= MAX_NAME && type.subtype().length() <= MAX_NAME;
        }

        @Nullable Disposition disposition() {
            var field = fields.first("Content-Disposition");
            if (field.isEmpty()) return null;
            long place = base + field.get().offset();
            var in = new ValueScanner(field.get().value());
            var found = Disposition.parse(in).filter(it -> it.type().length() <= MAX_NAME);
            tellIfCut(in, place);
            return found.map(it -> new Disposition(it.type(), kept.keep(it.parameters(), place)))
                    .orElse(null);
        }

        private void tellIfCut(ValueScanner in, long place) {
            if (in.cut()) oddities.note(Oddity.Kind.TOO_MANY_PARAMETERS, place);
        }

        @Nullable String text(String name) {
            var field = fields.first(name);
            return field.isEmpty()
                    ? null
                    : kept.keep(Kept.cut(field.get(), oddities, base), base + field.get().offset());
        }

        @Nullable String token(String name) {
            Optional<Field> field = fields.first(name);
            if (field.isEmpty()) return null;
            String token = new ValueScanner(Kept.cut(field.get(), oddities, base)).token();
            return token.isEmpty() ? null : kept.keep(token, base + field.get().offset());
        }

        // Content-Language: 1#language-tag
        List<String> languages() {
            var all = new ArrayList<String>();
            String value = text("Content-Language");
            if (value != null) {
                var in = new ValueScanner(value);
                do {
                    String language = in.token();
                    if (!language.isEmpty()) all.add(language);
                } while (in.accept(',') && all.size() < Structure.MAX_PARAMETERS);
            }
            return all;
        }
    }
}
