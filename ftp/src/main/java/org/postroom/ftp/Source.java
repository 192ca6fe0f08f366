package org.postroom.ftp;

/// Octets that are read as they come, wherever they come from: a data connection, a stored file.
///
/// @param <X> what goes wrong there
@FunctionalInterface
public interface Source<X extends Exception> {

    /// Reads at least one octet and at most `length`; -1 at the end.
    int read(byte[] into, int offset, int length) throws X;
}
