package org.postroom.store;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The functions by which secrets become what is stored.
final class Hashing {

    /// OWASP's parameters for Argon2id, which DECISIONS, Secrets, settles: KiB, passes, lanes.
    static final int MEMORY = 19 << 10;

    static final int PASSES = 2;
    static final int LANES = 1;
    static final int HASH_OCTETS = 32;

    private static final int ARGON2_VERSION = 0x13; // 1.3, the current one

    private Hashing() {}

    /// The OpaqueString of PRECIS: other spaces become the ASCII one, then NFC.
    static byte[] prepared(Secret secret) {
        var mapped = new StringBuilder();
        secret.reveal()
                .codePoints()
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .forEach(mapped::appendCodePoint);
        return Normalizer.normalize(mapped, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }

    /// The OpaqueString of PRECIS: not of length zero, no controls.
    static boolean isAcceptable(Secret secret) {
        return !secret.isEmpty()
                && secret.reveal()
                        .codePoints()
                        .noneMatch(c ->
                                Character.getType(c) == Character.CONTROL
                                        || Character.getType(c) == Character.SURROGATE);
    }

    static byte[] argon2id(byte[] password, byte[] salt, int memory, int passes, int lanes) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(ARGON2_VERSION)
                        .withMemoryAsKB(memory)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[HASH_OCTETS];
        generator.generateBytes(password, hash);
        return hash;
    }

    static byte[] sha256(byte[] octets) {
        return digest("SHA-256", octets);
    }

    private static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (GeneralSecurityException e) {
            throw new Fault(algorithm, e);
        }
    }

    static byte[] hmac(String algorithm, byte[] key, byte[] octets) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(octets);
        } catch (GeneralSecurityException e) {
            throw new Fault(algorithm, e);
        }
    }

    // RFC 5802 §3: StoredKey := H(HMAC(SaltedPassword, "Client Key"))
    static ScramKeys.Pair scram(ScramKeys.Hash hash, Secret secret, byte[] salt, int iterations) {
        String hmac = "Hmac" + hash.algorithm.replace("-", "");
        byte[] salted = salted(hash, hmac, secret, salt, iterations);
        byte[] clientKey = hmac(hmac, salted, octets("Client Key"));
        return new ScramKeys.Pair(
                digest(hash.algorithm, clientKey), hmac(hmac, salted, octets("Server Key")));
    }

    // RFC 5802 §2.2: Hi() is PBKDF2 with HMAC()
    private static byte[] salted(
            ScramKeys.Hash hash, String hmac, Secret secret, byte[] salt, int iterations) {
        try {
            int bits = 8 * MessageDigest.getInstance(hash.algorithm).getDigestLength();
            var spec = new PBEKeySpec(secret.reveal().toCharArray(), salt, iterations, bits);
            return SecretKeyFactory.getInstance("PBKDF2With" + hmac)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new Fault("PBKDF2", e);
        }
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
