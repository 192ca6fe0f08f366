package org.postroom.server.ftp;

/// What part of a file is asked for: REST says where it starts, RANG where it ends, too.
///
/// @param start the first octet
/// @param length how many at most
record Span(long start, long length) {

    static final Span WHOLE = new Span(0, Long.MAX_VALUE);

    static Span from(long start) {
        return new Span(start, Long.MAX_VALUE);
    }
}
