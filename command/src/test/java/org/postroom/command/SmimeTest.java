package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Exit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// From an authority that is founded to a certificate that is taken back.
final class SmimeTest {

    private static final byte[] TEXT = "Dear Bob,\n".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Ended(int exit, byte[] out, String err) {
        byte[] well() {
            assertThat(exit).as(err).isZero();
            return out;
        }
    }

    private static Ended smime(byte[] input, Object... words) {
        var all = new ArrayList<String>(List.of("smime"));
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

    @Test
    void anAuthorityVouchesForAKeyUntilItTakesThatBack() throws IOException {
        var ca = folder.resolve("ca");
        var password = file("password", "sesame\n".getBytes(StandardCharsets.UTF_8));
        smime(new byte[0], "ca", "found", "--with-key-password", password, ca, "House").well();
        assertThat(smime(new byte[0], "ca", "found", ca, "House").exit()).isEqualTo(Exit.DATA);

        var key = file("key", smime(new byte[0], "make-key").well());
        var request = file("request", smime(new byte[0], "request", key, "ann@example.org").well());
        var certificate =
                smime(
                                new byte[0],
                                "ca",
                                "issue",
                                "--with-key-password",
                                password,
                                "--name",
                                "Ann",
                                ca,
                                request,
                                "ann@example.org")
                        .well();
        var ann = file("ann.crt", certificate);
        var both = new ByteArrayOutputStream();
        both.write(Files.readAllBytes(key));
        both.write(certificate);
        var identity = file("ann.pem", both.toByteArray());
        assertThat(new String(smime(new byte[0], "show", ann).well(), StandardCharsets.UTF_8))
                .contains("Owner      Ann\n", "Addresses  ann@example.org\n");

        var signature = file("sig", smime(TEXT, "sign", identity).well());
        var trust = ca.resolve("authority.crt");
        var verified = smime(TEXT, "verify", "--signature", signature, "--trust", trust);
        verified.well();
        assertThat(verified.err()).startsWith("Good signature: Ann, ann@example.org, ");
        assertThat(smime(TEXT, "verify", "--signature", signature).exit()).isEqualTo(Exit.DATA);
        assertThat(
                        smime(
                                        TEXT,
                                        "verify",
                                        "--signature",
                                        signature,
                                        "--trust",
                                        trust,
                                        "--from",
                                        "boss@example.org")
                                .exit())
                .isEqualTo(Exit.DATA);
        var opaque = smime(TEXT, "sign", "--opaque", identity).well();
        assertThat(smime(opaque, "verify", "--trust", trust).well()).isEqualTo(TEXT);

        for (var how : List.of("--cbc", "--no-armor")) {
            var message = smime(TEXT, "encrypt", how, ann).well();
            assertThat(smime(message, "decrypt", identity).well()).isEqualTo(TEXT);
        }

        var listed =
                new String(smime(new byte[0], "ca", "list", ca).well(), StandardCharsets.UTF_8);
        smime(new byte[0], "ca", "revoke", ca, listed.split("\t", -1)[0]).well();
        var list =
                file(
                        "crl",
                        smime(new byte[0], "ca", "revocations", "--with-key-password", password, ca)
                                .well());
        var taken =
                smime(
                        TEXT,
                        "verify",
                        "--signature",
                        signature,
                        "--trust",
                        trust,
                        "--revocations",
                        list);
        assertThat(taken.exit()).isEqualTo(Exit.DATA);
        assertThat(taken.err()).contains("revoked");
    }
}
