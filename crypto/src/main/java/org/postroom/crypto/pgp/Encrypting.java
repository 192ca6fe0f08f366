package org.postroom.crypto.pgp;

import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.openpgp.api.MessageEncryptionMechanism;
import org.bouncycastle.openpgp.api.OpenPGPEncryptionNegotiator;
import org.bouncycastle.openpgp.api.OpenPGPMessageGenerator;
import org.bouncycastle.openpgp.api.exception.InvalidEncryptionKeyException;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Encrypts, for all the recipients and passwords at once.
///
/// What all recipients say that they read decides: authenticated encryption (SEIPD version 2) or a
/// modification detection code (version 1), which everybody reads. Nothing is compressed: what is short says
/// enough of itself by its length.
///
/// @param passwords each opens the message on its own
/// @param signing who signs it, if anybody does
public record Encrypting(
        List<Certificate> recipients, List<Secret> passwords, Optional<Signing> signing) {

    public Encrypting {
        recipients = List.copyOf(recipients);
        passwords = List.copyOf(passwords);
        if (recipients.isEmpty() && passwords.isEmpty())
            throw new IllegalArgumentException("nobody could read it");
    }

    public void encrypt(InputStream data, OutputStream out, boolean armored)
            throws IOException, Unusable {
        var generator =
                new OpenPGPMessageGenerator(Engine.BC)
                        .setArmored(false)
                        .setPasswordBasedEncryptionNegotiator(negotiator(_ -> EVERYBODY))
                        .setPublicKeyBasedEncryptionNegotiator(negotiator(_ -> mechanism()));
        for (var recipient : recipients)
            try {
                generator.addEncryptionCertificate(recipient.inner());
            } catch (InvalidEncryptionKeyException no) {
                throw new Unusable(
                        Unusable.Why.CANNOT_ENCRYPT,
                        "Certificate "
                                + recipient.fingerprint()
                                + " has no key to encrypt to: "
                                + why(recipient));
            }
        for (var password : passwords)
            generator.addEncryptionPassphrase(password.reveal().toCharArray());
        if (signing.isPresent()) signing.get().addTo(generator);
        Signing.write(generator, data, out, armored);
    }

    private static final MessageEncryptionMechanism EVERYBODY =
            MessageEncryptionMechanism.integrityProtected(SymmetricKeyAlgorithmTags.AES_256);

    private static final MessageEncryptionMechanism AUTHENTICATED =
            MessageEncryptionMechanism.aead(
                    SymmetricKeyAlgorithmTags.AES_256, AEADAlgorithmTags.OCB);

    private MessageEncryptionMechanism mechanism() {
        boolean all = recipients.stream().allMatch(one -> says(one, Features.FEATURE_SEIPD_V2));
        return all && passwords.isEmpty() ? AUTHENTICATED : EVERYBODY;
    }

    private static boolean says(Certificate recipient, byte feature) {
        return recipient.inner().getEncryptionKeys().stream()
                .allMatch(key -> {
                    var features = key.getFeatures();
                    return features != null && features.supportsFeature(feature);
                });
    }

    private static String why(Certificate recipient) {
        var now = Instant.now();
        if (recipient.isRevoked(now)) return "it was revoked";
        if (recipient.expires().filter(end -> !now.isBefore(end)).isPresent())
            return "it has expired";
        return "there is none in it";
    }

    private static OpenPGPEncryptionNegotiator negotiator(
            java.util.function.Function<OpenPGPMessageGenerator, MessageEncryptionMechanism> how) {
        return new OpenPGPEncryptionNegotiator() {
            @Override
            public MessageEncryptionMechanism negotiateEncryption(
                    OpenPGPMessageGenerator configuration) {
                return how.apply(configuration);
            }
        };
    }
}
