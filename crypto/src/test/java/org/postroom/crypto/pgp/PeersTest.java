package org.postroom.crypto.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.crypto.pgp.Pgp.TEXT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.crypto.Peer;
import org.postroom.crypto.Verdict;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Both ways with GnuPG, and with `sqop` and `gosop`: Sequoia and GopenPGP behind the Stateless OpenPGP
/// interface.
final class PeersTest {

    @TempDir Path folder;

    private final Key ann = Pgp.key(Profile.RFC4880, "Ann <ann@example.org>");

    private Path file(String name, byte[] octets) throws Exception {
        return Files.write(folder.resolve(name), octets);
    }

    private static void good(List<Verdict> verdicts) {
        assertThat(verdicts).extracting(Verdict::finding).containsExactly(Verdict.Finding.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqop", "gosop"})
    void theySignWeVerify(String sop) throws Exception {
        var key = Peer.run(new byte[0], sop, "generate-key", "Zoe <zoe@example.org>").succeeded();
        var keys = file("zoe.key", key.out());
        var zoe = Key.readAll(key.out()).getFirst().certificate();
        assertThat(zoe.addresses(java.time.Instant.now())).containsExactly("zoe@example.org");
        for (var as : List.of("binary", "text")) {
            var signature = Peer.run(TEXT, sop, "sign", "--as=" + as, keys).succeeded();
            good(Pgp.verifying(zoe).detached(Pgp.in(signature.out()), Pgp.in(TEXT)));
        }
        var message = Peer.run(TEXT, sop, "inline-sign", keys);
        if (message.exit() == 0) {
            var read = Pgp.verified(message.out(), zoe);
            good(read.signatures());
            assertThat(read.text()).isEqualTo(TEXT);
        }
        var clear = Peer.run(TEXT, sop, "inline-sign", "--as=clearsigned", keys);
        if (clear.exit() == 0) good(Pgp.verified(clear.out(), zoe).signatures());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqop", "gosop"})
    void weSignTheyVerify(String sop) throws Exception {
        var certificate = file("ann.cert", Pgp.armored(ann.certificate()));
        for (boolean text : new boolean[] {false, true}) {
            var signature = file("sig", Pgp.detached(ann, text));
            var verified = Peer.run(TEXT, sop, "verify", signature, certificate).succeeded();
            assertThat(verified.text()).contains(ann.certificate().fingerprint());
        }
        if (sop.equals("gosop")) return; // it has no inline-verify
        for (var message : List.of(Pgp.inline(ann), Pgp.cleartext(ann)))
            Peer.run(message, sop, "inline-verify", certificate).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqop", "gosop"})
    void whatTheyEncryptWeReadAndTheOtherWay(String sop) throws Exception {
        var key = Peer.run(new byte[0], sop, "generate-key", "Zoe <zoe@example.org>").succeeded();
        var keys = file("zoe.key", key.out());
        var zoe = Key.readAll(key.out()).getFirst();
        var annCertificate = file("ann.cert", Pgp.armored(ann.certificate()));
        var theirs =
                Peer.run(TEXT, sop, "encrypt", "--sign-with=" + keys, annCertificate).succeeded();
        var read = Pgp.decrypted(theirs.out(), ann, zoe.certificate());
        assertThat(read.text()).isEqualTo(TEXT);
        good(read.signatures());

        var ours = Pgp.encrypted(TEXT, zoe.certificate(), ann);
        var decrypted =
                Peer.run(
                                ours,
                                sop,
                                "decrypt",
                                "--verify-with=" + annCertificate,
                                "--verify-out=" + folder.resolve("verdicts"),
                                keys)
                        .succeeded();
        assertThat(decrypted.out()).isEqualTo(TEXT);
        assertThat(folder.resolve("verdicts")).content().contains(ann.certificate().fingerprint());
    }

    private byte[] gpg(byte[] input, String... words) throws Exception {
        var all =
                new java.util.ArrayList<Object>(
                        List.of(
                                "gpg",
                                "--homedir",
                                folder.toString(),
                                "--batch",
                                "--quiet",
                                "--no-autostart",
                                "--trust-model",
                                "always",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase",
                                ""));
        all.remove("--no-autostart");
        all.addAll(List.of(words));
        return Peer.run(input, all.toArray()).succeeded().out();
    }

    @Test
    void gnuPgReadsOursAndWeReadIts() throws Exception {
        Peer.require("gpg");
        Files.setPosixFilePermissions(
                folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        try {
            gpg(Pgp.armored(ann), "--import");
            for (var message : List.of(Pgp.inline(ann), Pgp.cleartext(ann)))
                gpg(message, "--verify");
            for (boolean text : new boolean[] {false, true}) {
                var signature = file("sig", Pgp.detached(ann, text)).toString();
                gpg(TEXT, "--verify", signature, "-");
            }
            assertThat(gpg(Pgp.encrypted(TEXT, ann.certificate(), ann), "--decrypt"))
                    .isEqualTo(TEXT);
            for (var algorithm : List.of("ed25519/cert,sign+cv25519/encr", "nistp256", "rsa2048")) {
                var user = "Zoe <zoe" + algorithm.length() + "@example.org>";
                var first = algorithm.split("/")[0];
                if (algorithm.startsWith("ed25519"))
                    gpg(new byte[0], "--quick-gen-key", user, "future-default", "default", "0");
                else {
                    gpg(new byte[0], "--quick-gen-key", user, first, "cert,sign", "0");
                    var listed =
                            new String(
                                    gpg(new byte[0], "--with-colons", "-k", user),
                                    java.nio.charset.StandardCharsets.UTF_8);
                    var fingerprint =
                            listed.lines()
                                    .filter(line -> line.startsWith("fpr"))
                                    .findFirst()
                                    .orElseThrow()
                                    .split(":")[9];
                    gpg(new byte[0], "--quick-add-key", fingerprint, first, "encr", "0");
                }
                var secret = gpg(new byte[0], "--export-secret-keys", user);
                var zoe = Key.readAll(secret).getFirst();
                var theirs =
                        gpg(
                                TEXT,
                                "--sign",
                                "--encrypt",
                                "--local-user",
                                user,
                                "--recipient",
                                "ann@example.org");
                var read = Pgp.decrypted(theirs, ann, zoe.certificate());
                assertThat(read.text()).isEqualTo(TEXT);
                good(read.signatures());
                assertThat(gpg(Pgp.encrypted(TEXT, zoe.certificate(), zoe), "--decrypt"))
                        .isEqualTo(TEXT);
                assertThat(
                                Pgp.decrypted(
                                                gpg(
                                                        TEXT,
                                                        "--encrypt",
                                                        "--armor",
                                                        "--recipient",
                                                        user),
                                                zoe)
                                        .text())
                        .isEqualTo(TEXT);
                var clear = gpg(TEXT, "--clearsign", "--local-user", user);
                good(Pgp.verified(clear, zoe.certificate()).signatures());
            }
        } finally {
            Peer.run(new byte[0], "gpgconf", "--homedir", folder, "--kill", "gpg-agent");
        }
    }
}
