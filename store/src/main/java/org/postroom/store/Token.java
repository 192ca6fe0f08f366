package org.postroom.store;

import org.postroom.wire.Secret;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// What a cookie or a link bears: whose row it speaks of, which, and 128 random bits that prove it.
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by hand
record Token(long account, long id, byte[] proof) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PROOF_OCTETS = 16;
    private static final int OCTETS = 16 + PROOF_OCTETS;

    /// A new one.
    static Token of(AccountId account) {
        byte[] proof = new byte[PROOF_OCTETS];
        RANDOM.nextBytes(proof);
        return new Token(account.value(), Math.max(1, RANDOM.nextLong() & Long.MAX_VALUE), proof);
    }

    /// One that somebody says; nothing where it can be none.
    static Optional<Token> read(Secret said) {
        byte[] octets;
        try {
            octets = Base64.getUrlDecoder().decode(said.reveal());
        } catch (IllegalArgumentException noToken) {
            return Optional.empty();
        }
        if (octets.length != OCTETS) return Optional.empty();
        var in = ByteBuffer.wrap(octets);
        byte[] proof = new byte[PROOF_OCTETS];
        var token = new Token(in.getLong(), in.getLong(), proof);
        in.get(proof);
        return token.account >= Store.FIRST_ACCOUNT && token.id > 0
                ? Optional.of(token)
                : Optional.empty();
    }

    /// As it is said: 43 letters, digits, dashes and underscores.
    Secret said() {
        byte[] octets = ByteBuffer.allocate(OCTETS).putLong(account).putLong(id).put(proof).array();
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }
}
