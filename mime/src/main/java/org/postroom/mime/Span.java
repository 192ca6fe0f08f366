package org.postroom.mime;

/// A stretch of a message, in octets from its first.
public record Span(long offset, long length) {

    public long end() {
        return offset + length;
    }

    Span shifted(long by) {
        return new Span(offset + by, length);
    }
}
