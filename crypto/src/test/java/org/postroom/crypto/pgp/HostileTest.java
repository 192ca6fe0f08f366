package org.postroom.crypto.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.crypto.pgp.Pgp.TEXT;

import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.crypto.Spool;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Unusable.Why;
import org.postroom.crypto.Verdict.Finding;
import org.postroom.crypto.Withheld;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What attackers send (TRAPS T38): nothing of it comes out, and nothing that somebody else wrote counts
/// as signed.
final class HostileTest {

    private final Key ann = Pgp.key(Profile.RFC4880, "Ann <ann@example.org>");
    private final Key bob = Pgp.key(Profile.RFC4880, "Bob <bob@example.org>");

    private static Why why(Throwable thrown) {
        return ((Unusable) thrown).why();
    }

    private static byte[] octets(byte[] armored) throws Exception {
        var out = new ByteArrayOutputStream();
        Armor.dearmor(Pgp.in(armored), out);
        return out.toByteArray();
    }

    private static byte[] literal(byte[] text) throws Exception {
        var out = new ByteArrayOutputStream();
        var generator = new PGPLiteralDataGenerator();
        try (var data =
                generator.open(
                        new BCPGOutputStream(out),
                        PGPLiteralData.BINARY,
                        "",
                        text.length,
                        PGPLiteralData.NOW)) {
            data.write(text);
        }
        return out.toByteArray();
    }

    private static byte[] compressed(byte[] packets) throws Exception {
        var out = new ByteArrayOutputStream();
        var generator = new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZLIB);
        try (var data = generator.open(out)) {
            data.write(packets);
        }
        return out.toByteArray();
    }

    private byte[] encrypted(byte[] packets, boolean protects) throws Exception {
        var out = new ByteArrayOutputStream();
        var generator =
                new PGPEncryptedDataGenerator(
                        new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                                .setWithIntegrityPacket(protects));
        generator.addMethod(
                Engine.BC.publicKeyKeyEncryptionMethodGenerator(
                        bob.inner().getEncryptionKeys().getFirst().getPGPPublicKey()));
        try (var data = generator.open(out, packets.length)) {
            data.write(packets);
        }
        return out.toByteArray();
    }

    @Test
    void whatShowsNoAlterationIsNotDecrypted() throws Exception { // TRAPS T38, EFAIL's first class
        assertThatThrownBy(() -> Pgp.decrypted(encrypted(literal(TEXT), false), bob))
                .extracting(HostileTest::why)
                .isEqualTo(Why.UNPROTECTED);
        assertThat(Pgp.decrypted(encrypted(literal(TEXT), true), bob).text()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void noFlippedOctetGetsThrough(Profile profile) throws Exception { // TRAPS T38
        var key = Pgp.key(profile, "Bob <bob@example.org>");
        var whole = octets(Pgp.encrypted(TEXT, key.certificate()));
        for (int i = 0; i < whole.length; i++) {
            var broken = whole.clone();
            broken[i] ^= 0x10;
            var text = new ByteArrayOutputStream();
            assertThatThrownBy(
                            () -> {
                                text.write(Pgp.decrypted(broken, key).text());
                                if (!Arrays.equals(text.toByteArray(), TEXT))
                                    throw new AssertionError("another text came out");
                                // an octet that has no meaning may change, the text may not
                                throw new Unusable(Why.ALTERED, "");
                            })
                    .isInstanceOf(Unusable.class);
        }
    }

    @Test
    void nothingComesOutOfAMessageThatWasCut() throws Exception { // TRAPS T38
        var whole = octets(Pgp.encrypted(TEXT, bob.certificate(), ann));
        for (int length = 0; length < whole.length; length += 7) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Pgp.decrypted(cut, bob)).isInstanceOf(Unusable.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLongMessageWhoseLastOctetWasFlippedGivesNothing(Profile profile)
            throws Exception { // TRAPS T38
        var key = Pgp.key(profile, "Bob <bob@example.org>");
        byte[] text = new byte[5 << 20];
        new Random(38).nextBytes(text);
        var message = octets(Pgp.encrypted(text, key.certificate()));
        var room = new Rooms();
        try (var held = new Withheld(room)) {
            var decrypting = Decrypting.by(List.of(key), List.of(), Pgp.verifying());
            decrypting.decrypt(Pgp.in(message), held);
            try (var read = held.release().open()) {
                assertThat(read.readAllBytes()).isEqualTo(text);
            }
            message[message.length - 1] ^= 1;
            assertThatThrownBy(
                            () -> {
                                try (var other = new Withheld(room)) {
                                    decrypting.decrypt(Pgp.in(message), other);
                                }
                            })
                    .extracting(HostileTest::why)
                    .isEqualTo(Why.ALTERED);
        }
        assertThat(room.all.toByteArray().length).isGreaterThan(2 * text.length - 4);
        // what lay in the room tells nothing of the text
        var lay = new String(room.all.toByteArray(), StandardCharsets.ISO_8859_1);
        var piece = new String(text, 1 << 20, 64, StandardCharsets.ISO_8859_1);
        assertThat(lay).doesNotContain(piece);
    }

    /// Room in memory that remembers all that was ever put there.
    private static final class Rooms implements Spool {

        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        @Override
        public Room take() {
            var octets = new ByteArrayOutputStream();
            return new Room() {
                @Override
                public OutputStream writer() {
                    return new OutputStream() {
                        @Override
                        public void write(int b) {
                            throw new AssertionError();
                        }

                        @Override
                        public void write(byte[] b, int off, int len) {
                            octets.write(b, off, len);
                            all.write(b, off, len);
                        }
                    };
                }

                @Override
                public InputStream reader() {
                    return new ByteArrayInputStream(octets.toByteArray());
                }

                @Override
                public void close() {
                    octets.reset();
                }
            };
        }
    }

    @Test
    void compressionThatBurstsIsRefused() throws Exception { // TRAPS T38
        var bomb = compressed(literal(new byte[80 << 20]));
        assertThat(bomb.length).isLessThan(200_000);
        var encrypted = encrypted(bomb, true);
        var decrypting = Decrypting.by(List.of(bob), List.of(), Pgp.verifying());
        assertThatThrownBy(() ->
                        decrypting.decrypt(Pgp.in(encrypted), OutputStream.nullOutputStream()))
                .extracting(HostileTest::why)
                .isEqualTo(Why.TOO_MUCH);
    }

    @Test
    void packetsNestNoDeeperThanProgramsMakeThem() throws Exception { // TRAPS T38
        var packets = literal(TEXT);
        assertThat(Pgp.verified(compressed(packets)).text()).isEqualTo(TEXT);
        for (int i = 0; i < 30; i++) packets = compressed(packets);
        var deep = packets;
        assertThatThrownBy(() -> Pgp.verified(deep))
                .extracting(HostileTest::why)
                .isEqualTo(Why.BAD_DATA);
    }

    @Test
    void packetsWithoutEndAreRefused() throws Exception { // TRAPS T38
        var signature = octets(Pgp.detached(ann, false));
        var many = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) many.write(signature);
        many.write(literal(TEXT));
        assertThatThrownBy(() -> Pgp.verified(many.toByteArray(), ann.certificate()))
                .extracting(HostileTest::why)
                .isEqualTo(Why.TOO_MUCH);
        var marker = new byte[] {(byte) 0xca, 3, 'P', 'G', 'P'};
        var markers = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000_000; i++) markers.write(marker);
        assertThatThrownBy(() -> Pgp.verified(markers.toByteArray()))
                .extracting(HostileTest::why)
                .isEqualTo(Why.TOO_MUCH);
    }

    @Test
    void nothingMayFollowWhatWasSigned()
            throws Exception { // TRAPS T38, Johnny: what else is in the message
        var signed = octets(Pgp.inline(ann));
        for (byte[] more : List.of(literal(TEXT), signed, compressed(literal(TEXT)))) {
            var both = new ByteArrayOutputStream();
            both.write(signed);
            both.write(more);
            assertThatThrownBy(() -> Pgp.verified(both.toByteArray(), ann.certificate()))
                    .isInstanceOf(Unusable.class);
        }
        var before = new ByteArrayOutputStream();
        before.write(literal(TEXT));
        before.write(signed);
        assertThatThrownBy(() -> Pgp.verified(before.toByteArray(), ann.certificate()))
                .isInstanceOf(Unusable.class);
    }

    @Test
    void textAroundASignedTextIsRefused()
            throws Exception { // TRAPS T38, Johnny: text before and after
        var clear = new String(Pgp.cleartext(ann), StandardCharsets.UTF_8);
        for (var changed :
                List.of(
                        "Pay Mallory.\n" + clear,
                        clear + "Pay Mallory.\n",
                        clear.replaceFirst("Hash: SHA512", "Hash: SHA512\nPay: Mallory"),
                        clear.replaceFirst("\n\nDear", "\nPay Mallory.\n\nDear"))) {
            assertThat(changed).isNotEqualTo(clear);
            assertThatThrownBy(() ->
                            Pgp.verified(
                                    changed.getBytes(StandardCharsets.UTF_8), ann.certificate()))
                    .isInstanceOf(Unusable.class);
        }
    }

    @Test
    void aCertificationIsNoSignatureOfADocument() throws Exception { // TRAPS T38
        // the user id's own signature, offered as one over a text
        var certification =
                ann.certificate()
                        .inner()
                        .getPrimaryUserId()
                        .getCertification()
                        .getSignature()
                        .getEncoded();
        assertThat(Pgp.verifying(ann.certificate()).detached(Pgp.in(certification), Pgp.in(TEXT)))
                .extracting(one -> one.finding())
                .containsExactly(Finding.MALFORMED);
    }

    @Test
    void anEncryptedMessageWithinAnotherIsRefused() throws Exception { // TRAPS T38
        var inner = octets(Pgp.encrypted(TEXT, bob.certificate()));
        assertThatThrownBy(() -> Pgp.decrypted(encrypted(inner, true), bob))
                .isInstanceOf(Unusable.class);
    }

    @Test
    void aSignatureFromTheFutureOrAnExpiredOneDoesNotCount() throws Exception {
        var signature = Pgp.detached(ann, false);
        var past = new Verifying(List.of(ann.certificate()), Instant.now().minusSeconds(1000));
        assertThat(past.detached(Pgp.in(signature), Pgp.in(TEXT)).getFirst().finding())
                .isEqualTo(Finding.OUT_OF_TIME);
    }

    @Test
    void rubbishIsRefusedAndNeverThrows() throws Exception {
        var random = new Random(4880);
        var seeds =
                List.of(
                        octets(Pgp.inline(ann)),
                        octets(Pgp.encrypted(TEXT, bob.certificate(), ann)),
                        ann.octets(),
                        Pgp.cleartext(ann));
        for (int round = 0; round < 300; round++) {
            var octets = seeds.get(round % seeds.size()).clone();
            for (int i = 0; i <= random.nextInt(6); i++)
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            try {
                Pgp.verified(octets, ann.certificate());
            } catch (Unusable said) {
                assertThat(said.text()).isNotEmpty();
            }
            try {
                Pgp.decrypted(octets, bob);
            } catch (Unusable said) {
                assertThat(said.text()).isNotEmpty();
            }
            try {
                for (var one : Certificate.readAll(octets)) one.people(Instant.now());
            } catch (Unusable said) {
                assertThat(said.text()).isNotEmpty();
            }
        }
    }

    @Test
    void anArmourThatIsCutIsNoMessage() throws Exception {
        var armored = Pgp.inline(ann);
        var out = new ByteArrayOutputStream();
        assertThatThrownBy(() ->
                        Pgp.verified(Arrays.copyOf(armored, armored.length / 2), ann.certificate()))
                .isInstanceOf(Unusable.class);
        try (var armor = ArmoredOutputStream.builder().build(out)) {
            armor.write(octets(armored));
        }
        assertThat(Pgp.verified(out.toByteArray(), ann.certificate()).text()).isEqualTo(TEXT);
    }

    @Test
    void oneMessageForManyIsForEachOfThem() throws Exception {
        var out = new ByteArrayOutputStream();
        new Encrypting(List.of(ann.certificate(), bob.certificate()), List.of(), Optional.empty())
                .encrypt(Pgp.in(TEXT), out, false);
        for (var key : List.of(ann, bob))
            assertThat(Pgp.decrypted(out.toByteArray(), key).text()).isEqualTo(TEXT);
    }
}
