package org.postroom.store.engine;

import java.nio.channels.FileChannel;

/// Takes octets from a file that they lie in, rather than from memory: a socket.
@FunctionalInterface
public interface FileTaker<X extends Exception> {

    /// @param file to be read and nothing else, and not to be kept
    /// @return how many octets were taken, from the first on
    long take(FileChannel file, long from, long length) throws X;
}
