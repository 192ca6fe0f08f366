package org.postroom.crypto.pgp;

import static org.bouncycastle.bcpg.sig.Features.FEATURE_MODIFICATION_DETECTION;
import static org.bouncycastle.bcpg.sig.Features.FEATURE_SEIPD_V2;
import static org.bouncycastle.bcpg.sig.KeyFlags.CERTIFY_OTHER;
import static org.bouncycastle.bcpg.sig.KeyFlags.SIGN_DATA;

import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PacketFormat;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.PreferredAEADCiphersuites;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyEditor;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/// A secret key, its public part included (a transferable secret key, RFC 9580 §10.2). It may be locked by
/// a passphrase.
public final class Key {

    /// How much is hashed to make a key of a passphrase, coded as RFC 9580 §3.7.1.3 does: 16 MiB.
    private static final int WORK = 0xE0;

    private final OpenPGPKey key;

    Key(OpenPGPKey key) {
        this.key = key;
    }

    OpenPGPKey inner() {
        return key;
    }

    /// A new key: one that certifies and signs, one that decrypts. It does not expire: whoever loses
    /// interest in renewing it would lose letters.
    ///
    /// @param people whose it is: `Ann <ann@example.org>`; may be nobody
    /// @param passphrase what locks it, if anything does
    /// @param signsOnly without the key that decrypts
    public static Key generate(
            Profile profile,
            List<String> people,
            Optional<Secret> passphrase,
            boolean signsOnly,
            Instant now) {
        try {
            var builder =
                    switch (profile) {
                        case RFC4880 -> version4(people, signsOnly, now);
                        case RFC9580 -> version6(people, signsOnly, now);
                    };
            return new Key(
                    builder.build(
                            passphrase.map(secret -> secret.reveal().toCharArray()).orElse(null)));
        } catch (PGPException e) {
            throw new Fault("no key can be made", e);
        }
    }

    /// GnuPG 2.2 looks for preferences and flags at the user id, and knows no signature over the key alone.
    private static OpenPGPKeyGenerator.WithPrimaryKey version4(
            List<String> people, boolean signsOnly, Instant now) throws PGPException {
        var builder =
                generator(PublicKeyPacket.VERSION_4, now)
                        .withPrimaryKey(
                                pairs -> pairs.generateLegacyEd25519KeyPair(),
                                Engine.signed(parameters ->
                                        people.isEmpty()
                                                ? parameters.setHashedSubpacketsFunction(
                                                        Key::preferences4)
                                                : null));
        for (int i = 0; i < people.size(); i++) {
            boolean first = i == 0;
            builder.addUserId(
                    people.get(i),
                    Engine.signed(parameters ->
                            parameters.setHashedSubpacketsFunction(subpackets -> {
                                if (first) subpackets.setPrimaryUserID(false, true);
                                return preferences4(subpackets);
                            })));
        }
        return signsOnly
                ? builder
                : builder.addEncryptionSubkey(pairs -> pairs.generateLegacyX25519KeyPair());
    }

    private static OpenPGPKeyGenerator.WithPrimaryKey version6(
            List<String> people, boolean signsOnly, Instant now) throws PGPException {
        var builder =
                generator(PublicKeyPacket.VERSION_6, now)
                        .withPrimaryKey(
                                pairs -> pairs.generateEd25519KeyPair(),
                                Engine.signed(parameters ->
                                        parameters.setHashedSubpacketsFunction(Key::preferences6)));
        for (var person : people) builder.addUserId(person);
        return signsOnly
                ? builder
                : builder.addEncryptionSubkey(pairs -> pairs.generateX25519KeyPair());
    }

    private static OpenPGPKeyGenerator generator(int version, Instant now) throws PGPException {
        boolean authenticated = version == PublicKeyPacket.VERSION_6;
        return new OpenPGPKeyGenerator(
                Engine.BC,
                version,
                Engine.BC.pgpKeyPairGeneratorProvider(),
                Engine.BC.pgpDigestCalculatorProvider(),
                Engine.BC.pbeSecretKeyEncryptorFactory(
                        authenticated, SymmetricKeyAlgorithmTags.AES_256, WORK),
                Engine.BC.keyFingerPrintCalculator(),
                Date.from(now.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static PGPSignatureSubpacketGenerator preferences4(
            PGPSignatureSubpacketGenerator subpackets) {
        preferences(subpackets);
        subpackets.removePacketsOfType(SignatureSubpacketTags.PREFERRED_AEAD_ALGORITHMS);
        subpackets.removePacketsOfType(SignatureSubpacketTags.FEATURES);
        subpackets.setFeature(false, FEATURE_MODIFICATION_DETECTION);
        return subpackets;
    }

    private static PGPSignatureSubpacketGenerator preferences6(
            PGPSignatureSubpacketGenerator subpackets) {
        preferences(subpackets);
        subpackets.removePacketsOfType(SignatureSubpacketTags.PREFERRED_AEAD_ALGORITHMS);
        subpackets.setPreferredAEADCiphersuites(
                PreferredAEADCiphersuites.builder(false)
                        .addCombination(SymmetricKeyAlgorithmTags.AES_256, AEADAlgorithmTags.OCB));
        subpackets.removePacketsOfType(SignatureSubpacketTags.FEATURES);
        subpackets.setFeature(false, (byte) (FEATURE_MODIFICATION_DETECTION | FEATURE_SEIPD_V2));
        return subpackets;
    }

    private static void preferences(PGPSignatureSubpacketGenerator subpackets) {
        for (int type :
                new int[] {
                    SignatureSubpacketTags.KEY_FLAGS,
                    SignatureSubpacketTags.KEY_EXPIRE_TIME,
                    SignatureSubpacketTags.PREFERRED_HASH_ALGS,
                    SignatureSubpacketTags.PREFERRED_SYM_ALGS,
                    SignatureSubpacketTags.PREFERRED_COMP_ALGS
                }) subpackets.removePacketsOfType(type);
        subpackets.setKeyFlags(true, CERTIFY_OTHER | SIGN_DATA);
        subpackets.setPreferredHashAlgorithms(
                false,
                new int[] {
                    HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA256
                });
        subpackets.setPreferredSymmetricAlgorithms(
                false,
                new int[] {
                    SymmetricKeyAlgorithmTags.AES_256,
                    SymmetricKeyAlgorithmTags.AES_192,
                    SymmetricKeyAlgorithmTags.AES_128
                });
        subpackets.setPreferredCompressionAlgorithms(
                false,
                new int[] {CompressionAlgorithmTags.ZLIB, CompressionAlgorithmTags.UNCOMPRESSED});
    }

    /// The secret keys in a file: armoured, in as many blocks as there are, or not.
    public static List<Key> readAll(InputStream in) throws IOException, Unusable {
        var all = new ArrayList<Key>();
        for (var block : Certificate.blocks(in))
            for (var one : Engine.read(() -> Engine.KEYS.parseKeys(block))) all.add(new Key(one));
        if (all.isEmpty())
            throw new Unusable(Unusable.Why.BAD_DATA, "There is no secret key in it");
        return all;
    }

    public static List<Key> readAll(byte[] octets) throws Unusable {
        try {
            return readAll(new ByteArrayInputStream(octets));
        } catch (IOException e) {
            throw new Fault("memory can't be read", e);
        }
    }

    /// Its public part.
    public Certificate certificate() {
        return new Certificate(key.toCertificate());
    }

    /// Whether it asks for a passphrase.
    public boolean isLocked() {
        return key.getSecretKeys().values().stream()
                .anyMatch(OpenPGPKey.OpenPGPSecretKey::isLocked);
    }

    /// Whether one of the passphrases unlocks it.
    public boolean isUnlockedBy(List<Secret> passphrases) {
        try {
            Engine.unlock(key.getPrimarySecretKey(), passphrases);
            return true;
        } catch (Unusable locked) {
            return false;
        }
    }

    /// The key with its owner's word that nobody should use it any more. Everybody who has the
    /// certificate needs the new one.
    public Key revoked(List<Secret> passphrases) throws Unusable {
        try {
            Engine.unlock(key.getPrimarySecretKey(), passphrases);
            var editor =
                    new OpenPGPKeyEditor(
                            key, one -> Engine.passphrase(one, passphrases), Engine.BC);
            return new Key(editor.revokeKey().done());
        } catch (PGPException e) {
            throw new Unusable(
                    Unusable.Why.CANNOT_SIGN, "The key can't be revoked: " + e.getMessage());
        }
    }

    /// Its packets, secret ones included.
    public byte[] octets() {
        try {
            return key.getEncoded(PacketFormat.CURRENT);
        } catch (IOException e) {
            throw new Fault("a key can't be written", e);
        }
    }

    public void writeTo(OutputStream out, boolean armored) throws IOException {
        try (var writer = Armor.writer(out, armored)) {
            writer.write(octets());
        }
    }
}
