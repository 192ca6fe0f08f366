package org.postroom.bench;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Password hashes for peers that cost as many milliseconds as ours does.
final class Hashes {

    private static final int MEMORY = 19 << 10; // KiB, as our store's
    private static final int PASSES = 2;
    private static final byte[] SALT = "salt for a bench".getBytes(StandardCharsets.US_ASCII);

    private Hashes() {}

    static String argon2id(String password) {
        return argon2id(password, PASSES);
    }

    /// As libsodium writes it.
    static String argon2id(String password, int passes) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m="
                + MEMORY
                + ",t="
                + passes
                + ",p=1$"
                + base64.encodeToString(SALT)
                + "$"
                + base64.encodeToString(hash(password, passes));
    }

    private static byte[] hash(String password, int passes) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(MEMORY)
                        .withIterations(passes)
                        .withParallelism(1)
                        .withSalt(SALT)
                        .build());
        byte[] hash = new byte[32];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
