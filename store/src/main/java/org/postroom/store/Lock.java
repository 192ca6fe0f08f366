package org.postroom.store;

import java.time.Duration;
import java.time.Instant;

/// A write lock of a file or directory (RFC 4918 §6, RFC 4918 §7): what it covers changes for nobody who
/// does not name its token ([FileTree#holding]). It is of the place, not of what is there: it does not go
/// along when that is moved, and is no more when that is removed.
///
/// @param token a URI, `urn:uuid:…`, never given twice (RFC 4918 §6.5)
/// @param root where it was taken
public record Lock(String token, FilePath root, Terms terms, Instant ends) {

    /// How a lock is wanted.
    ///
    /// @param exclusive whether there may be no other beside it
    /// @param deep whether it covers all that is below, too; else, of a directory, its names alone
    ///     (RFC 4918 §7.4)
    /// @param owner what the taker says of himself; at most 4 KiB of UTF-8
    public record Terms(boolean exclusive, boolean deep, String owner) {}

    /// What LOCK did.
    ///
    /// @param made whether there was no file, and there is an empty one now (RFC 4918 §7.3)
    public record Taken(Lock lock, boolean made) {}

    public boolean covers(FilePath path) {
        return terms.deep ? path.isWithin(root) : path.equals(root);
    }

    /// How long it lasts from a moment on.
    public Duration left(Instant now) {
        return now.isBefore(ends) ? Duration.between(now, ends) : Duration.ZERO;
    }
}
