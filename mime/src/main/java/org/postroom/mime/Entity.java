package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A part while it is being read: header section, then body, then a [Part].
final class Entity {

    private static final int MAX_NAME = 127; // of types and subtypes, as the registry has it

    private final MediaType otherwise; // what it is without a Content-Type
    private final long offset;
    private @Nullable HeaderSection section;

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
    private byte @Nullable [] boundary; // of a multipart that is looked into
    private boolean terminated;
    private boolean message;
    private @Nullable Envelope envelope;
    private Preview.@Nullable Sample sample;
    private final List<Part> children = new ArrayList<>(0);

    Entity(MediaType otherwise, HeaderSection section) {
        this.otherwise = otherwise;
        this.offset = section.offset();
        this.section = section;
    }

    long offset() {
        return offset;
    }

    /// The header section, as long as it is being read.
    @Nullable HeaderSection section() {
        return section;
    }

    /// Reads what the header section says of the part.
    ///
    /// @param hindrance why this part may not have parts of its own, or null
    void endHeader(
            HeaderSection fields,
            long body,
            long lines,
            Kept kept,
            Oddities oddities,
            Oddity.@Nullable Kind hindrance) {
        section = null;
        this.body = body;
        this.lines = lines;
        var reader = new Reader(fields, kept, oddities);
        type = reader.type(otherwise);
        id = reader.text(Known.CONTENT_ID);
        description = reader.text(Known.CONTENT_DESCRIPTION);
        encoding = reader.token(Known.CONTENT_TRANSFER_ENCODING);
        md5 = reader.text(Known.CONTENT_MD5);
        disposition = reader.disposition();
        languages = reader.languages();
        location = reader.text(Known.CONTENT_LOCATION);
        var coding = TransferEncoding.of(encoding);
        if (coding == TransferEncoding.UNKNOWN) oddities.note(Oddity.Kind.UNKNOWN_ENCODING, offset);
        if (type.type().equals("multipart")) multipart(coding, oddities, hindrance);
        else if (type.isMessage()) message(coding, oddities, hindrance);
        else if (type.type().equals("text")) charset(oddities);
        type = new MediaType(type.type(), type.subtype(), kept.keep(type.parameters(), offset));
    }

    private void charset(Oddities oddities) {
        var charset = type.parameter("charset");
        if (charset.isPresent() && !Text.isKnown(charset.get()))
            oddities.note(Oddity.Kind.UNKNOWN_CHARSET, offset);
    }

    private void multipart(
            TransferEncoding coding, Oddities oddities, Oddity.@Nullable Kind hindrance) {
        if (coding.changes()) oddities.note(Oddity.Kind.ENCODED_MULTIPART, offset);
        String found =
                type.parameter("boundary")
                        .or(() -> type.text("boundary")) // RFC 2231 §3
                        .orElse("")
                        .stripTrailing(); // RFC 2046 §5.1.1
        if (found.isEmpty()) leaf(MediaType.DEFAULT, Oddity.Kind.NO_BOUNDARY, oddities);
        else if (found.length() > Structure.MAX_BOUNDARY)
            leaf(MediaType.OPAQUE, Oddity.Kind.BOUNDARY_TOO_LONG, oddities);
        else if (hindrance != null) leaf(MediaType.OPAQUE, hindrance, oddities);
        else boundary = found.getBytes(StandardCharsets.ISO_8859_1);
    }

    // RFC 2046 §5.2.1: no encoding other than 7bit, 8bit or binary is permitted
    private void message(
            TransferEncoding coding, Oddities oddities, Oddity.@Nullable Kind hindrance) {
        if (coding.changes()) leaf(MediaType.OPAQUE, Oddity.Kind.ENCODED_MESSAGE, oddities);
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

    /// Whether this is the boundary of a multipart that is still open.
    boolean isDelimitedBy(byte[] b, int from, int to) {
        return !terminated
                && boundary != null
                && Arrays.equals(boundary, 0, boundary.length, b, from, to);
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
    private record Reader(HeaderSection fields, Kept kept, Oddities oddities) {

        MediaType type(MediaType otherwise) {
            String value = fields.value(Known.CONTENT_TYPE);
            if (value == null) return otherwise;
            long place = fields.offset(Known.CONTENT_TYPE);
            var in = new ValueScanner(value);
            var type = MediaType.parse(in).filter(Reader::named);
            tell(in, place);
            if (type.isPresent()) return type.get();
            oddities.note(Oddity.Kind.BAD_CONTENT_TYPE, place);
            return MediaType.DEFAULT; // RFC 2045 §5.2
        }

        private static boolean named(MediaType type) {
            return type.type().length() <= MAX_NAME && type.subtype().length() <= MAX_NAME;
        }

        @Nullable Disposition disposition() {
            String value = fields.value(Known.CONTENT_DISPOSITION);
            if (value == null) return null;
            long place = fields.offset(Known.CONTENT_DISPOSITION);
            var in = new ValueScanner(value);
            var found = Disposition.parse(in).filter(it -> it.type().length() <= MAX_NAME);
            tell(in, place);
            return found.map(it -> new Disposition(it.type(), kept.keep(it.parameters(), place)))
                    .orElse(null);
        }

        private void tell(ValueScanner in, long place) {
            if (in.cut()) oddities.note(Oddity.Kind.TOO_MANY_PARAMETERS, place);
            if (in.repeated()) oddities.note(Oddity.Kind.REPEATED_PARAMETER, place);
        }

        @Nullable String text(Known name) {
            return kept.keep(fields.value(name), fields.offset(name));
        }

        @Nullable String token(Known name) {
            String value = fields.value(name);
            if (value == null) return null;
            String token = new ValueScanner(value).token();
            return token.isEmpty() ? null : kept.keep(token, fields.offset(name));
        }

        // Content-Language: 1#language-tag
        List<String> languages() {
            String value = text(Known.CONTENT_LANGUAGE);
            if (value == null) return List.of();
            var all = new ArrayList<String>();
            var in = new ValueScanner(value);
            do {
                String language = in.token();
                if (!language.isEmpty()) all.add(language);
            } while (in.accept(',') && all.size() < Structure.MAX_PARAMETERS);
            return all;
        }
    }
}
