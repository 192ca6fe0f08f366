package org.postroom.store;

import java.util.List;

/// What a SCRAM server needs (RFC 5802 §3): one salt and iteration count, and a pair of keys for each
/// app password; a proof is tried against each. A name that nobody has gets a salt of its own, always
/// the same, and no keys.
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record ScramKeys(byte[] salt, int iterations, List<Pair> pairs) {

    /// RFC 5802 §3, RFC 7677, and RFC 5802's own SHA-1.
    public enum Hash {
        SHA1("SHA-1"),
        SHA256("SHA-256"),
        SHA512("SHA-512");

        /// As java.security names the digest.
        public final String algorithm;

        Hash(String algorithm) {
            this.algorithm = algorithm;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Pair(byte[] storedKey, byte[] serverKey) {}

    public ScramKeys {
        pairs = List.copyOf(pairs);
    }
}
