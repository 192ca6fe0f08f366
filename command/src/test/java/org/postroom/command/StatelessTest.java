package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `pgp` as the Stateless OpenPGP Command Line Interface has it, with itself and with `sqop`.
final class StatelessTest {

    private static final byte[] TEXT = "Dear Bob,\n- yours\n".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;
    private Path key = Path.of("");
    private Path cert = Path.of("");

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Ended(int exit, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        byte[] well() {
            assertThat(exit).as(err).isZero();
            return out;
        }
    }

    private static Ended pgp(byte[] input, Object... words) {
        var all = new ArrayList<String>(List.of("pgp"));
        for (var word : words) all.add(word.toString());
        var out = new ByteArrayOutputStream();
        var err = new StringWriter();
        int exit =
                Main.run(
                        new Streams(
                                new ByteArrayInputStream(input),
                                out,
                                new PrintWriter(out, true, StandardCharsets.UTF_8),
                                new PrintWriter(err, true)),
                        all.toArray(String[]::new));
        return new Ended(exit, out.toByteArray(), err.toString());
    }

    private Path file(String name, byte[] octets) throws IOException {
        return Files.write(folder.resolve(name), octets);
    }

    @BeforeEach
    void makeAKey() throws IOException {
        key = file("key", pgp(new byte[0], "generate-key", "Ann <ann@example.org>").well());
        cert = file("cert", pgp(Files.readAllBytes(key), "extract-cert").well());
    }

    @Test
    void whatIsSignedIsVerifiedWithALineForEachSignature() throws IOException {
        var hash = folder.resolve("hash");
        var signature = file("sig", pgp(TEXT, "sign", "--micalg-out=" + hash, key).well());
        assertThat(hash).hasContent("pgp-sha512");
        var verified = pgp(TEXT, "verify", signature, cert);
        assertThat(new String(verified.well(), StandardCharsets.UTF_8))
                .matches("[0-9T:Z-]+ [0-9A-F]{40} [0-9A-F]{40} mode:binary\n");
        var other =
                file("other", pgp(pgp(new byte[0], "generate-key").well(), "extract-cert").well());
        assertThat(pgp(TEXT, "verify", signature, other).exit()).isEqualTo(3);
        assertThat(pgp(TEXT, "verify", "--not-after=2001-01-01", signature, cert).exit())
                .isEqualTo(3);
        assertThat(pgp("x".getBytes(StandardCharsets.UTF_8), "verify", signature, cert).exit())
                .isEqualTo(3);
    }

    @Test
    void whatIsEncryptedIsDecrypted() throws IOException {
        var message = pgp(TEXT, "encrypt", "--sign-with", key, cert).well();
        var told = folder.resolve("told");
        var session = folder.resolve("session");
        var read =
                pgp(
                        message,
                        "decrypt",
                        "--verify-with",
                        cert,
                        "--verifications-out",
                        told,
                        "--session-key-out",
                        session,
                        key);
        assertThat(read.well()).isEqualTo(TEXT);
        assertThat(told).content().contains("mode:binary");
        assertThat(pgp(message, "decrypt", "--with-session-key", session).well()).isEqualTo(TEXT);
        assertThat(pgp(message, "decrypt", "--verify-with", cert, key).exit()).isEqualTo(23);
        assertThat(pgp(TEXT, "decrypt", key).exit()).isEqualTo(41);
        var broken = pgp(TEXT, "encrypt", "--no-armor", cert).well();
        broken[broken.length - 30] ^= 2;
        var failed = pgp(broken, "decrypt", key);
        assertThat(failed.exit()).isEqualTo(29);
        assertThat(failed.out()).isEmpty();
    }

    @Test
    void passwordsComeFromFiles() throws IOException {
        var password = file("password", "sesame\n".getBytes(StandardCharsets.UTF_8));
        var message = pgp(TEXT, "encrypt", "--with-password", password).well();
        assertThat(pgp(message, "decrypt", "--with-password", password).well()).isEqualTo(TEXT);
        var locked =
                file(
                        "locked",
                        pgp(new byte[0], "generate-key", "--with-key-password", password).well());
        assertThat(pgp(TEXT, "sign", locked).exit()).isEqualTo(67);
        assertThat(pgp(TEXT, "sign", "--with-key-password", password, locked).exit()).isZero();
        assertThat(pgp(TEXT, "encrypt", "--with-password", "@ENV:NOBODY_SETS_THIS").exit())
                .isEqualTo(61);
        assertThat(pgp(TEXT, "encrypt", "--with-password", "@WHAT:1").exit()).isEqualTo(71);
    }

    @Test
    void messagesCarryTheirSignaturesAndLoseThem() throws IOException {
        for (var form : List.of("binary", "text", "clearsigned")) {
            var message = pgp(TEXT, "inline-sign", "--as", form, key).well();
            assertThat(pgp(message, "inline-verify", cert).well()).isEqualTo(TEXT);
            var signature = folder.resolve("sig-" + form);
            var text = pgp(message, "inline-detach", "--signatures-out", signature).well();
            assertThat(pgp(text, "verify", signature, cert).exit()).isZero();
            assertThat(pgp(message, "inline-detach", "--signatures-out", signature).exit())
                    .isEqualTo(59);
        }
    }

    @Test
    void armourComesOffAndOnAgain() throws IOException {
        var octets = pgp(Files.readAllBytes(cert), "dearmor").well();
        assertThat(octets[0]).isNegative();
        assertThat(pgp(octets, "armor").well()).isEqualTo(Files.readAllBytes(cert));
        assertThat(pgp(Files.readAllBytes(cert), "armor").well())
                .isEqualTo(Files.readAllBytes(cert));
    }

    @Test
    void aRevokedKeyIsRefused() throws IOException {
        var revoked = file("revoked", pgp(Files.readAllBytes(key), "revoke-key").well());
        assertThat(pgp(TEXT, "encrypt", revoked).exit()).isEqualTo(17);
    }

    @Test
    void profilesAndVersionsAreListed() {
        assertThat(pgp(new byte[0], "list-profiles", "generate-key").text())
                .startsWith("rfc4880: ")
                .contains("\nrfc9580: ");
        assertThat(pgp(new byte[0], "version").text()).startsWith("postroom ");
        assertThat(pgp(new byte[0], "version", "--backend").text()).startsWith("Bouncy Castle 1.");
        var modern = pgp(new byte[0], "generate-key", "--profile", "rfc9580");
        assertThat(modern.text()).startsWith("-----BEGIN PGP PRIVATE KEY BLOCK-----");
        assertThat(pgp(new byte[0], "generate-key", "--profile", "old").exit()).isEqualTo(89);
    }

    @Test
    void wrongWordsEndWithTheNumbersOfTheInterface() {
        assertThat(pgp(TEXT, "sing", key).exit()).isEqualTo(69);
        assertThat(pgp(TEXT).exit()).isEqualTo(69);
        assertThat(pgp(TEXT, "sign", "--loud", key).exit()).isEqualTo(37);
        assertThat(pgp(TEXT, "sign").exit()).isEqualTo(19);
        assertThat(pgp(TEXT, "encrypt").exit()).isEqualTo(19);
        assertThat(pgp(TEXT, "sign", folder.resolve("none")).exit()).isEqualTo(61);
        assertThat(pgp(new byte[] {-1, -2}, "sign", "--as=text", key).exit()).isEqualTo(53);
    }

    @Test
    void eachVerbIsCrossedWithSequoias() throws Exception {
        var theirKey = file("zoe", sqop(new byte[0], "generate-key", "Zoe <zoe@example.org>"));
        var theirCert = file("zoe.cert", pgp(Files.readAllBytes(theirKey), "extract-cert").well());
        assertThat(sqop(Files.readAllBytes(key), "extract-cert")).isNotEmpty();
        for (var as : List.of("--as=binary", "--as=text")) {
            var ours = file("ours" + as, pgp(TEXT, "sign", as, key).well());
            sqop(TEXT, "verify", ours, cert);
            var theirs = file("theirs" + as, sqop(TEXT, "sign", as, theirKey));
            pgp(TEXT, "verify", theirs, theirCert).well();
        }
        assertThat(sqop(pgp(TEXT, "encrypt", theirCert).well(), "decrypt", theirKey))
                .isEqualTo(TEXT);
        assertThat(pgp(sqop(TEXT, "encrypt", cert), "decrypt", key).well()).isEqualTo(TEXT);
        for (var as : List.of("--as=binary", "--as=text", "--as=clearsigned")) {
            assertThat(sqop(pgp(TEXT, "inline-sign", as, key).well(), "inline-verify", cert))
                    .isEqualTo(TEXT);
            var theirs = sqop(TEXT, "inline-sign", as, theirKey);
            assertThat(pgp(theirs, "inline-verify", theirCert).well()).isEqualTo(TEXT);
            sqop(theirs, "inline-detach", "--signatures-out=" + folder.resolve("their" + as));
            pgp(theirs, "inline-detach", "--signatures-out=" + folder.resolve("our" + as)).well();
        }
        var octets = sqop(Files.readAllBytes(cert), "dearmor");
        assertThat(pgp(Files.readAllBytes(cert), "dearmor").well()).isEqualTo(octets);
        assertThat(sqop(pgp(octets, "armor").well(), "dearmor")).isEqualTo(octets);
    }

    private byte[] sqop(byte[] input, Object... words) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of("/usr/bin/sqop"));
        if (!there && "required".equals(System.getProperty("peers")))
            throw new AssertionError("sqop is not installed");
        assumeTrue(there, "sqop is not installed");
        var command = new ArrayList<String>(List.of("sqop"));
        Arrays.stream(words).map(Object::toString).forEach(command::add);
        var process =
                new ProcessBuilder(command)
                        .redirectInput(file("stdin", input).toFile())
                        .redirectError(folder.resolve("stderr").toFile())
                        .start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(Files.readString(folder.resolve("stderr"))).isZero();
        return out;
    }
}
