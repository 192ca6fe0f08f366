package org.postroom.store;

import java.time.Instant;
import java.util.Optional;

/// An address by which somebody without an account comes to a file or directory, or puts files into one.
///
/// @param path where it leads now; nothing when that is gone
/// @param expires from when on it leads nowhere
/// @param locked whether it asks for a password
/// @param most how often what it leads to may be fetched; 0 for any number
/// @param used how often it was
public record FileLink(
        long id,
        AccountId account,
        Purpose purpose,
        Optional<FilePath> path,
        Instant created,
        Optional<Instant> expires,
        boolean locked,
        int most,
        int used) {

    /// What it is for.
    public enum Purpose {
        /// To look and to fetch.
        READ(1),
        /// To put files into a directory, and nothing else: what is there is not shown.
        ADD(2);

        /// What says so in a row.
        final int code;

        Purpose(int code) {
            this.code = code;
        }
    }
}
