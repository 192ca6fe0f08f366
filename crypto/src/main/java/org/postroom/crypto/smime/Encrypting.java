package org.postroom.crypto.smime;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;

/// Encrypts, for all the recipients at once.
///
/// @param authenticated whether all of them read authenticated encryption (AES-256-GCM, RFC 5083); else
///     AES-256-CBC, which does not show whether it was altered
public record Encrypting(List<X509Certificate> recipients, boolean authenticated) {

    public Encrypting {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) throw new IllegalArgumentException("nobody could read it");
    }

    public void encrypt(InputStream data, OutputStream out, boolean text)
            throws IOException, Unusable {
        try (var writer = Pem.writer(out, text);
                var message = open(writer)) {
            data.transferTo(message);
        } catch (CMSException | GeneralSecurityException e) {
            throw new Fault("it can't be encrypted", e);
        }
    }

    private OutputStream open(OutputStream out)
            throws IOException, CMSException, GeneralSecurityException, Unusable {
        if (authenticated) {
            var generator = new CMSAuthEnvelopedDataStreamGenerator();
            generator.setBufferSize(32 << 10);
            for (var one : recipients) generator.addRecipientInfoGenerator(recipient(one));
            var encryptor = new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM).build();
            return generator.open(out, (OutputAEADEncryptor) encryptor);
        }
        var generator = new CMSEnvelopedDataStreamGenerator();
        generator.setBufferSize(32 << 10);
        for (var one : recipients) generator.addRecipientInfoGenerator(recipient(one));
        return generator.open(
                out, new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build());
    }

    private static RecipientInfoGenerator recipient(X509Certificate certificate)
            throws GeneralSecurityException, Unusable {
        var now = Instant.now();
        if (now.isAfter(certificate.getNotAfter().toInstant()))
            throw cannot(certificate, "it has expired");
        boolean[] usage = certificate.getKeyUsage();
        return switch (certificate.getPublicKey().getAlgorithm()) {
            case "RSA" -> {
                if (usage != null && !usage[2]) throw cannot(certificate, "it is for signing only");
                yield new JceKeyTransRecipientInfoGenerator(certificate).setProvider(Engine.BC);
            }
            case "EC" -> {
                if (usage != null && !usage[4]) throw cannot(certificate, "it is for signing only");
                yield agreed(certificate, CMSAlgorithm.ECDH_SHA256KDF, "EC");
            }
            case "X25519", "XDH" ->
                    agreed(
                            certificate,
                            new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.3.19"),
                            "X25519");
            default -> throw cannot(certificate, "nothing can be encrypted to such a key");
        };
    }

    // RFC 5753 §3.1.1: a key pair of this message's own
    private static RecipientInfoGenerator agreed(
            X509Certificate certificate, ASN1ObjectIdentifier how, String algorithm)
            throws GeneralSecurityException {
        var pairs = KeyPairGenerator.getInstance(algorithm, Engine.BC);
        if (certificate.getPublicKey() instanceof ECPublicKey key)
            pairs.initialize(key.getParams());
        var pair = pairs.generateKeyPair();
        return new JceKeyAgreeRecipientInfoGenerator(
                        how, pair.getPrivate(), pair.getPublic(), CMSAlgorithm.AES256_WRAP)
                .setProvider(Engine.BC)
                .addRecipient(certificate);
    }

    private static Unusable cannot(X509Certificate certificate, String why) {
        return new Unusable(
                Unusable.Why.CANNOT_ENCRYPT,
                "The certificate of " + Certificates.name(certificate) + " is no use: " + why);
    }
}
