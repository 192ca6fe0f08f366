package org.postroom.sasl;

import java.util.List;

/// What a SCRAM server keeps of one name (RFC 5802 §3): one salt and iteration count, and a pair of
/// keys for each password. A proof is tried against each pair.
///
/// @param <I> who signed in
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record ScramKeys<I>(byte[] salt, int iterations, List<Pair<I>> pairs) {

    /// The keys of one password.
    ///
    /// @param who who signs in by it
    @SuppressWarnings("ArrayRecordComponent") // read, compared in constant time only
    public record Pair<I>(byte[] storedKey, byte[] serverKey, I who) {}

    public ScramKeys {
        pairs = List.copyOf(pairs);
    }
}
