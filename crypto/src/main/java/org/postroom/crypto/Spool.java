package org.postroom.crypto;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Room for octets that are too many for memory, for as long as they are needed: a file that is gone
/// afterwards. What is put there is encrypted by a key that never leaves this process.
@FunctionalInterface
public interface Spool {

    /// No room at all: what is longer than memory may hold is refused.
    Spool NONE =
            () -> {
                throw new IOException("there is no room for so much");
            };

    Room take() throws IOException;

    /// One stretch of room, written once and read any number of times.
    interface Room extends Closeable {

        OutputStream writer() throws IOException;

        InputStream reader() throws IOException;
    }
}
