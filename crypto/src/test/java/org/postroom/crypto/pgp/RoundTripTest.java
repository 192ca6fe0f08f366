package org.postroom.crypto.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.crypto.pgp.Pgp.TEXT;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict;
import org.postroom.crypto.Verdict.Finding;
import org.postroom.wire.Secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class RoundTripTest {

    private static final String ANN = "Ann Örn <ann@example.org>";

    private static Unusable.Why why(Throwable thrown) {
        return ((Unusable) thrown).why();
    }

    private static Finding only(List<Verdict> verdicts) {
        assertThat(verdicts).hasSize(1);
        return verdicts.getFirst().finding();
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureSaysWhoAndWhen(Profile profile) throws Exception {
        var ann = Pgp.key(profile, ANN);
        for (boolean text : new boolean[] {false, true}) {
            var signature = Pgp.detached(ann, text);
            var verdicts =
                    Pgp.verifying(ann.certificate()).detached(Pgp.in(signature), Pgp.in(TEXT));
            assertThat(only(verdicts)).isEqualTo(Finding.GOOD);
            var verdict = verdicts.getFirst();
            assertThat(verdict.certificate()).isEqualTo(ann.certificate().fingerprint());
            assertThat(verdict.people()).containsExactly(ANN);
            assertThat(verdict.speaksFor("Ann@Example.ORG")).isTrue();
            assertThat(verdict.speaksFor("bob@example.org")).isFalse();
            assertThat(verdict.text()).isEqualTo(text);
            assertThat(verdict.when()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherTextOrKeyIsFound(Profile profile) throws Exception {
        var ann = Pgp.key(profile, ANN);
        var bob = Pgp.key(profile, "bob@example.org");
        var signature = Pgp.detached(ann, false);
        var changed = TEXT.clone();
        changed[3] ^= 1;
        assertThat(
                        only(
                                Pgp.verifying(ann.certificate())
                                        .detached(Pgp.in(signature), Pgp.in(changed))))
                .isEqualTo(Finding.WRONG);
        assertThat(only(Pgp.verifying(bob.certificate()).detached(Pgp.in(signature), Pgp.in(TEXT))))
                .isEqualTo(Finding.NO_CERTIFICATE);
    }

    @ParameterizedTest
    @EnumSource
    void textWithItsSignatureBelowIsShownAsItWasSigned(Profile profile) throws Exception {
        var ann = Pgp.key(profile, ANN);
        var message = Pgp.cleartext(ann);
        assertThat(new String(message, StandardCharsets.UTF_8)).contains("\n- - and all\n");
        var read = Pgp.verified(message, ann.certificate());
        assertThat(new String(read.text(), StandardCharsets.UTF_8))
                .isEqualTo("Dear Bob,\n- and all\nthe rest\n\nFrom Ann, grüßend\n");
        assertThat(only(read.signatures())).isEqualTo(Finding.GOOD);
    }

    @ParameterizedTest
    @EnumSource
    void aMessageCarriesItsSignature(Profile profile) throws Exception {
        var ann = Pgp.key(profile, ANN);
        var read = Pgp.verified(Pgp.inline(ann), ann.certificate());
        assertThat(read.text()).isEqualTo(TEXT);
        assertThat(only(read.signatures())).isEqualTo(Finding.GOOD);

        var text = new ByteArrayOutputStream();
        var signature = new ByteArrayOutputStream();
        Verifying.detach(Pgp.in(Pgp.inline(ann)), text, signature, true);
        assertThat(
                        only(
                                Pgp.verifying(ann.certificate())
                                        .detached(
                                                Pgp.in(signature.toByteArray()),
                                                Pgp.in(text.toByteArray()))))
                .isEqualTo(Finding.GOOD);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsEncryptedOnlyItsRecipientReads(Profile profile) throws Exception {
        var ann = Pgp.key(profile, ANN);
        var bob = Pgp.key(profile, "bob@example.org");
        var message = Pgp.encrypted(TEXT, bob.certificate(), ann);
        var read = Pgp.decrypted(message, bob, ann.certificate());
        assertThat(read.text()).isEqualTo(TEXT);
        assertThat(only(read.signatures())).isEqualTo(Finding.GOOD);
        assertThatThrownBy(() -> Pgp.decrypted(message, ann))
                .extracting(RoundTripTest::why)
                .isEqualTo(Unusable.Why.CANNOT_DECRYPT);
    }

    @ParameterizedTest
    @EnumSource
    void aLockedKeyWantsItsPassphrase(Profile profile) throws Exception {
        var now = Instant.now().minusSeconds(5);
        var locked =
                Key.generate(profile, List.of(ANN), Optional.of(new Secret("sesame")), false, now);
        var again = Key.readAll(locked.octets()).getFirst();
        assertThat(again.isLocked()).isTrue();
        assertThatThrownBy(() -> Pgp.detached(again, false))
                .extracting(RoundTripTest::why)
                .isEqualTo(Unusable.Why.LOCKED);
        var signing = new Signing(List.of(again), Pgp.secrets("wrong", "sesame"), false);
        assertThat(signing.detached(Pgp.in(TEXT), new ByteArrayOutputStream(), true))
                .isEqualTo("pgp-sha512");
        var message = Pgp.encrypted(TEXT, again.certificate());
        assertThatThrownBy(() -> Pgp.decrypted(message, again))
                .extracting(RoundTripTest::why)
                .isEqualTo(Unusable.Why.LOCKED);
        var read =
                Pgp.decrypted(
                        message,
                        Decrypting.by(List.of(again), Pgp.secrets("sesame"), Pgp.verifying()));
        assertThat(read.text()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedKeySignsAndEncryptsNothing(Profile profile) throws Exception {
        var ann = Pgp.key(profile, ANN);
        var signature = Pgp.detached(ann, false);
        var revoked = ann.revoked(List.of());
        assertThat(revoked.certificate().isRevoked(Instant.now().plusSeconds(2))).isTrue();
        assertThatThrownBy(() -> Pgp.encrypted(TEXT, revoked.certificate()))
                .extracting(RoundTripTest::why)
                .isEqualTo(Unusable.Why.CANNOT_ENCRYPT);
        assertThat(
                        only(
                                Pgp.verifying(revoked.certificate())
                                        .detached(Pgp.in(signature), Pgp.in(TEXT))))
                .isEqualTo(Finding.KEY_REVOKED);
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordOpensAMessageAndSoDoesItsSessionKey(Profile profile) throws Exception {
        var out = new ByteArrayOutputStream();
        new Encrypting(List.of(), Pgp.secrets("sesame", "other"), Optional.empty())
                .encrypt(Pgp.in(TEXT), out, true);
        var passwords = Pgp.secrets("wrong", "other");
        var byWord = new Decrypting(List.of(), List.of(), passwords, List.of(), Pgp.verifying());
        assertThat(Pgp.decrypted(out.toByteArray(), byWord).text()).isEqualTo(TEXT);
        var opened = byWord.decrypt(Pgp.in(out.toByteArray()), new ByteArrayOutputStream());
        var bySession =
                new Decrypting(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(opened.sessionKey()),
                        Pgp.verifying());
        assertThat(Pgp.decrypted(out.toByteArray(), bySession).text()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void certificatesAndKeysAreReadFromWhatWasWritten(Profile profile) throws Exception {
        var ann = Pgp.key(profile, ANN);
        var bob = Pgp.key(profile, "bob@example.org");
        var both = new ByteArrayOutputStream();
        both.write(Pgp.armored(ann.certificate()));
        both.write(Pgp.armored(bob));
        assertThat(Certificate.readAll(both.toByteArray()))
                .extracting(Certificate::fingerprint)
                .containsExactly(ann.certificate().fingerprint(), bob.certificate().fingerprint());
        assertThat(Certificate.readAll(ann.octets())).hasSize(1);
        assertThat(Key.readAll(Pgp.armored(bob))).hasSize(1);
        assertThat(ann.certificate().version()).isEqualTo(profile == Profile.RFC4880 ? 4 : 6);
        assertThat(ann.certificate().expires()).isEmpty();
        assertThat(ann.certificate().addresses(Instant.now())).containsExactly("ann@example.org");
        assertThat(new String(ann.certificate().octets(), StandardCharsets.ISO_8859_1))
                .isNotEqualTo(new String(ann.octets(), StandardCharsets.ISO_8859_1));
    }
}
