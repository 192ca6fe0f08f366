package org.postroom.crypto.smime;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

/// An organisation's own authority: it says whose key is whose, for those who trust it, from the first
/// day on. It keeps nothing but its key; which certificates it gave and took back, its owner keeps.
///
/// @param identity its key and its own certificate
public record Authority(Identity identity) {

    private static final Duration LIFE = Duration.ofDays(3650);

    /// Somebody's certificate that was taken back.
    public record Revoked(BigInteger serial, Instant when, boolean compromised) {}

    /// A new authority.
    public static Authority found(String name, Instant now) {
        var pair = Identity.generate();
        var subject = name(name);
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            subject,
                            serial(),
                            Date.from(start(now)),
                            Date.from(now.plus(LIFE)),
                            subject,
                            pair.getPublic());
            // RFC 5280 §4.2.1.9, §4.2.1.3: an authority that vouches for people, not for
            // authorities
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            var certificate =
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(Identity.signer(pair.getPrivate())));
            return new Authority(new Identity(pair.getPrivate(), List.of(certificate)));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new Fault("no authority can be made", e);
        }
    }

    private static Instant start(Instant now) {
        return now.minus(5, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS); // clocks differ
    }

    private static X500Name name(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    }

    private static BigInteger serial() {
        return new BigInteger(127, new SecureRandom()).setBit(126); // RFC 5280 §4.1.2.2
    }

    public X509Certificate certificate() {
        return identity.certificate();
    }

    /// A certificate for somebody whose key and addresses were looked at.
    public X509Certificate issue(
            PublicKey key, String name, List<String> addresses, Duration life, Instant now) {
        if (addresses.isEmpty()) throw new IllegalArgumentException("whose certificate?");
        try {
            var until = now.plus(life);
            var builder =
                    new JcaX509v3CertificateBuilder(
                            certificate(),
                            serial(),
                            Date.from(start(now)),
                            Date.from(until),
                            name(name),
                            key);
            var extensions = new JcaX509ExtensionUtils();
            boolean rsa = key.getAlgorithm().equals("RSA");
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            KeyUsage.digitalSignature
                                    | (rsa ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement)));
            // RFC 8550 §4.4.4
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
            builder.addExtension(
                    Extension.subjectAlternativeName, false, Identity.names(addresses));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    extensions.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(certificate()));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(Identity.signer(identity.key())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new Fault("no certificate can be made", e);
        }
    }

    /// A key of one's own with a certificate of this authority.
    public Identity issue(
            KeyPair pair, String name, List<String> addresses, Duration life, Instant now) {
        var own = issue(pair.getPublic(), name, addresses, life, now);
        return new Identity(pair.getPrivate(), List.of(own, certificate()));
    }

    /// The key in a request (PKCS#10), which its owner has proved to have. What else stands there is
    /// not believed.
    public static PublicKey requested(InputStream in) throws IOException, Unusable {
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        return Engine.read(() -> {
            if (!(new PEMParser(text).readObject() instanceof PKCS10CertificationRequest request))
                throw new Unusable(Unusable.Why.BAD_DATA, "This is no request");
            var key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            try {
                if (request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key)))
                    return key;
            } catch (PKCSException unreadable) {
                // said below
            }
            throw new Unusable(Unusable.Why.BAD_DATA, "Who asks has not shown to have the key");
        });
    }

    /// The list of what was taken back, good for some days.
    public X509CRL revocations(List<Revoked> revoked, long number, Duration life, Instant now) {
        try {
            var builder = new JcaX509v2CRLBuilder(certificate(), Date.from(now));
            builder.setNextUpdate(Date.from(now.plus(life)));
            for (var one : revoked)
                builder.addCRLEntry(
                        one.serial(),
                        Date.from(one.when()),
                        one.compromised() ? CRLReason.keyCompromise : CRLReason.superseded);
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate()));
            builder.addExtension(
                    Extension.cRLNumber,
                    false,
                    new org.bouncycastle.asn1.x509.CRLNumber(BigInteger.valueOf(number)));
            return new JcaX509CRLConverter().getCRL(builder.build(Identity.signer(identity.key())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new Fault("no list can be made", e);
        }
    }
}
