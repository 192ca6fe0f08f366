package org.postroom.bench;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// Password hashes for peers. Where sign-ins are measured they take as many milliseconds as ours, so
/// that what is compared is not one hash function beside another; elsewhere as few as can be.
///
/// @param ours what our hash takes, in milliseconds, once the compiler has seen it
/// @param memory over which two passes of libsodium's Argon2id take as long, in KiB
/// @param rounds of the C library's SHA-512 hash that take as long
record Hashes(double ours, int memory, int rounds) {

    private static final int MEMORY = 19 << 10; // KiB, as our store's
    private static final int LEAST = 8; // KiB, what Argon2 needs
    private static final int PASSES = 2;
    private static final int FEW_ROUNDS = 1_000; // the least that there are
    private static final int PROBES = 15;
    private static final byte[] SALT = "salt for a bench".getBytes(StandardCharsets.US_ASCII);

    /// For a run without peers.
    static final Hashes NONE = new Hashes(0, MEMORY, FEW_ROUNDS);

    /// A step that may fail.
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    /// Measures all three.
    static Hashes measure(Packages dovecot, Path etc) throws IOException {
        double ours = millis(() -> hash(MEMORY));
        double theirs =
                millis(() -> sodium(dovecot, etc, MEMORY))
                        - millis(() -> sodium(dovecot, etc, LEAST));
        int more = 100_000;
        double round =
                (millis(() -> perl(FEW_ROUNDS + more)) - millis(() -> perl(FEW_ROUNDS))) / more;
        return new Hashes(
                ours,
                Math.max(LEAST, (int) Math.round(MEMORY * ours / theirs)),
                Math.max(FEW_ROUNDS, (int) Math.round(ours / round)));
    }

    /// The shortest of the later half, when what can be compiled is: the one least disturbed.
    private static double millis(Step step) throws IOException {
        double[] times = new double[PROBES];
        for (int i = 0; i < PROBES; i++) {
            long begun = System.nanoTime();
            step.take();
            times[i] = (System.nanoTime() - begun) / 1e6;
        }
        return Arrays.stream(times, PROBES / 2, PROBES).min().orElseThrow();
    }

    private static void sodium(Packages dovecot, Path etc, int memory) throws IOException {
        dovecot.ask(
                etc, List.of("doveadm", "-O", "pw", "-t", dovecot(memory), "-p", Stage.PASSWORD));
    }

    private static void perl(int rounds) throws IOException {
        crypt(rounds);
    }

    /// What Dovecot's file of passwords holds.
    String dovecot(boolean hashing) {
        return hashing ? dovecot(memory) : "{PLAIN}" + Stage.PASSWORD;
    }

    private static String dovecot(int memory) {
        var base64 = Base64.getEncoder().withoutPadding();
        return String.format(
                Locale.ROOT,
                "{ARGON2ID}$argon2id$v=19$m=%d,t=%d,p=1$%s$%s",
                memory,
                PASSES,
                base64.encodeToString(SALT),
                base64.encodeToString(hash(memory)));
    }

    private static byte[] hash(int memory) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memory)
                        .withIterations(PASSES)
                        .withParallelism(1)
                        .withSalt(SALT)
                        .build());
        byte[] hash = new byte[32];
        generator.generateBytes(Stage.PASSWORD.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    /// What the system's shadow file holds.
    String crypt(boolean hashing) throws IOException {
        return crypt(hashing ? rounds : FEW_ROUNDS);
    }

    private static String crypt(int rounds) throws IOException {
        var program = "print crypt($ARGV[0], '$6$rounds=' . $ARGV[1] . '$benchbench$')";
        return Packages.run(
                Path.of("/"),
                List.of("perl", "-e", program, Stage.PASSWORD, Integer.toString(rounds)));
    }
}
