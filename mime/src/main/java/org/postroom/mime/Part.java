package org.postroom.mime;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// One entity of a message: the message itself, a part of a multipart, or the message within a
/// message/rfc822, with where it stands and what its Content- fields say. Text is octets as ISO
/// 8859-1, unfolded; null is a field that is absent.
///
/// The header section and the body follow each other without a gap; the blank line, if there is
/// one, belongs to the header. The line break before a delimiter belongs to the delimiter (RFC 2046
/// §5.1.1). `lines` counts the line ends within the body.
///
/// `type` is what the part was read as: a multipart always has a child, a message/rfc822 has
/// exactly one, with its `envelope`; what could not be read so, or lies beyond the bounds, is a leaf
/// of another type, and an [Oddity] tells why.
public record Part(
        Span header,
        Span body,
        long lines,
        MediaType type,
        @Nullable String id,
        @Nullable String description,
        @Nullable String encoding,
        @Nullable String md5,
        @Nullable Disposition disposition,
        List<String> languages,
        @Nullable String location,
        @Nullable Envelope envelope,
        List<Part> children) {

    public Part {
        languages = List.copyOf(languages);
        children = List.copyOf(children);
    }

    public boolean isMultipart() {
        return !children.isEmpty() && envelope == null;
    }

    /// Whether this is a message/rfc822 (or message/global) that was looked into.
    public boolean isMessage() {
        return envelope != null;
    }

    /// What the part calls its file, if it does: Content-Disposition's filename, else Content-Type's
    /// name. As readable text, path and all: not yet a name to write to.
    public Optional<String> fileName() {
        var inDisposition =
                disposition == null ? Optional.<String>empty() : disposition.text("filename");
        return inDisposition.isPresent() ? inDisposition : type.text("name");
    }

    /// How the body is encoded.
    public TransferEncoding transferEncoding() {
        return TransferEncoding.of(encoding);
    }

    /// The part that IMAP's section numbers name, this being the message itself, or nothing if there
    /// is no such part.
    // RFC 9051 §6.4.5.1: section-part = nz-number *("." nz-number)
    public Optional<Part> section(int... numbers) {
        Part part = this;
        boolean whole = true; // `part` is a message, of which a single part is number 1
        for (int number : numbers) {
            if (!whole && part.isMessage()) {
                part = part.children.getFirst();
                whole = true;
            }
            if (part.isMultipart()) {
                if (number < 1 || number > part.children.size()) return Optional.empty();
                part = part.children.get(number - 1);
            } else if (!whole || number != 1) return Optional.empty();
            whole = false;
        }
        return Optional.of(part);
    }

    Part shifted(long by) {
        return at(header.shifted(by), by);
    }

    /// The message itself, with `by` octets more at the front of its header section.
    Part prefixed(int by) {
        return at(new Span(header.offset(), header.length() + by), by);
    }

    private Part at(Span header, long by) {
        return new Part(
                header,
                body.shifted(by),
                lines,
                type,
                id,
                description,
                encoding,
                md5,
                disposition,
                languages,
                location,
                envelope,
                children.stream().map(child -> child.shifted(by)).toList());
    }
}
