package org.postroom.store;

import java.io.InputStream;

/// Bytes that do not change: a stored message, or a file as it was when it was opened. They are
/// fetched in slices by platform threads while the reading virtual thread waits, so memory does not
/// grow with their length.
public interface Content {

    /// In octets.
    long size();

    /// From an offset, at most so many octets; what lies past the end is left out. Close the stream; it
    /// is of one thread. A disk that fails is a [org.postroom.wire.Fault], not an IOException.
    InputStream read(long offset, long length);

    /// All of it.
    default InputStream read() {
        return read(0, size());
    }
}
