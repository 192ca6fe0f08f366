package org.postroom.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Octets that can be read more than once, from the beginning: a file, a blob, a few bytes at hand.
/// Who composes or renders looks at them more than once, so what they are must not change meanwhile.
@FunctionalInterface
public interface Source {

    InputStream open() throws IOException;

    static Source of(byte[] octets) {
        return () -> new ByteArrayInputStream(octets);
    }

    /// A part of this: `length` octets from `offset` on.
    default Source slice(long offset, long length) {
        return () -> {
            var in = open();
            in.skipNBytes(offset);
            return new Stretch(in, length);
        };
    }

    /// The octets of a span.
    default Source slice(Span span) {
        return slice(span.offset(), span.length());
    }

    /// The next `length` octets of a stream, as a stream that ends there.
    static InputStream next(InputStream in, long length) {
        return new Stretch(in, length);
    }

    default void writeTo(OutputStream out) throws IOException {
        try (var in = open()) {
            in.transferTo(out);
        }
    }
}
