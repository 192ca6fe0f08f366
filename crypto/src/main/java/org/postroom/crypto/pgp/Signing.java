package org.postroom.crypto.pgp;

import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.api.AbstractOpenPGPDocumentSignatureGenerator;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPDetachedSignatureGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.bouncycastle.openpgp.api.OpenPGPMessageGenerator;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.exception.InvalidSigningKeyException;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Signs, with all the keys at once.
///
/// @param passphrases those that unlock the keys, tried at each of them
/// @param text whether it is text, whose line ends don't matter
public record Signing(List<Key> keys, List<Secret> passphrases, boolean text) {

    public Signing {
        keys = List.copyOf(keys);
        passphrases = List.copyOf(passphrases);
    }

    /// Writes a signature that stands beside what it signs.
    ///
    /// @return the name of its hash as PGP/MIME's `micalg` says it (RFC 3156 §5); empty if there are
    ///     several
    public String detached(InputStream data, OutputStream out, boolean armored)
            throws IOException, Unusable {
        var signatures = sign(data);
        try (var writer = Armor.writer(out, armored)) {
            for (var one : signatures) writer.write(one.getEncoded());
        }
        var hashes = signatures.stream().map(one -> hash(one.getSignature())).distinct().toList();
        return hashes.size() == 1 ? "pgp-" + hashes.getFirst().toLowerCase(Locale.ROOT) : "";
    }

    private List<OpenPGPDocumentSignature> sign(InputStream data) throws IOException, Unusable {
        var generator = new OpenPGPDetachedSignatureGenerator(Engine.BC);
        addTo(generator);
        try {
            return generator.sign(data);
        } catch (PGPException e) {
            throw new Fault("it can't be signed", e);
        }
    }

    static String hash(PGPSignature signature) {
        try {
            return PGPUtil.getDigestName(signature.getHashAlgorithm());
        } catch (PGPException unknown) {
            return Integer.toString(signature.getHashAlgorithm());
        }
    }

    /// Writes a message that has the data and the signatures.
    public void inline(InputStream data, OutputStream out, boolean armored)
            throws IOException, Unusable {
        var generator = new OpenPGPMessageGenerator(Engine.BC).setArmored(false);
        addTo(generator);
        write(generator, data, out, armored);
    }

    static void write(
            OpenPGPMessageGenerator generator, InputStream data, OutputStream out, boolean armored)
            throws IOException {
        try (var writer = Armor.writer(out, armored);
                var message = generator.open(writer)) {
            byte[] slice = new byte[64 << 10];
            for (int count; (count = data.read(slice)) >= 0; ) message.write(slice, 0, count);
        } catch (PGPException e) {
            throw new Fault("it can't be written", e);
        }
    }

    /// Writes text that anybody can read, and its signature below it (RFC 9580 §7).
    ///
    /// @throws Unusable also if it is no text
    public void cleartext(InputStream in, OutputStream out) throws IOException, Unusable {
        var clear = Cleartext.of(in);
        var signatures =
                new Signing(keys, passphrases, true)
                        .sign(new ByteArrayInputStream(clear.canonical()));
        var hashes =
                signatures.stream()
                        .filter(one -> one.getSignature().getVersion() < 6) // RFC 9580 §7.1
                        .map(one -> hash(one.getSignature()))
                        .distinct()
                        .toList();
        out.write(clear.escaped(hashes).getBytes(StandardCharsets.UTF_8));
        try (var writer = Armor.writer(out)) {
            for (var one : signatures) writer.write(one.getEncoded());
        }
    }

    void addTo(AbstractOpenPGPDocumentSignatureGenerator<?> generator) throws Unusable {
        for (var key : keys) {
            var signer = signer(key);
            Engine.unlock(signer, passphrases);
            try {
                generator.addSigningKey(
                        signer,
                        one -> Engine.passphrase(one, passphrases),
                        Engine.signed(parameters -> parameters.setSignatureType(type())));
            } catch (InvalidSigningKeyException e) {
                throw cannot(key);
            }
        }
    }

    private int type() {
        return text ? PGPSignature.CANONICAL_TEXT_DOCUMENT : PGPSignature.BINARY_DOCUMENT;
    }

    /// Of several keys that may sign the latest, and those that were made for it before the first key.
    private static OpenPGPSecretKey signer(Key key) throws Unusable {
        var policy = Engine.BC.policy();
        return key.inner().getSigningKeys().stream()
                .filter(one -> policy.isAcceptablePublicKey(one.getPGPPublicKey()))
                .filter(one -> key.inner().getSecretKey(one) != null)
                .max(
                        Comparator.comparing((OpenPGPComponentKey one) -> !one.isPrimaryKey())
                                .thenComparing(OpenPGPComponentKey::getCreationTime))
                .map(key.inner()::getSecretKey)
                .orElseThrow(() -> cannot(key));
    }

    private static Unusable cannot(Key key) {
        return new Unusable(
                Unusable.Why.CANNOT_SIGN,
                "Key "
                        + key.certificate().fingerprint()
                        + " can't sign: it expired, was revoked, or was not made for it");
    }
}
