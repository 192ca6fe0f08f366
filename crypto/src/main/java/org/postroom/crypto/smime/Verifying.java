package org.postroom.crypto.smime;

import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.CMSTypedStream;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.Selector;
import org.bouncycastle.util.Store;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Meter;
import org.postroom.crypto.Stranger;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict;
import org.postroom.crypto.Verdict.Finding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Says who signed something.
///
/// @param trust whom to believe about certificates
public record Verifying(Trust trust, Instant now) {

    private static final int MOST_SIGNERS = 16;
    private static final int MOST_CERTIFICATES = 64;
    private static final int LEAST_RSA = 2048;
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    /// MD2, MD4, MD5 and SHA-1, with which two texts can have one signature.
    private static final Set<String> WEAK =
            Set.of(
                    "1.2.840.113549.2.2",
                    "1.2.840.113549.2.4",
                    "1.2.840.113549.2.5",
                    "1.3.14.3.2.26");

    /// What was in it.
    ///
    /// @param certificates those that came along
    public record Read(List<Verdict> signatures, List<X509Certificate> certificates) {}

    /// Whether a message says that it is signed, and not encrypted.
    public static boolean isSigned(InputStream message) throws IOException, Unusable {
        return Pem.open(message).kind() == Pem.Kind.SIGNED;
    }

    /// A signature that stands beside what it signs.
    public Read detached(InputStream signature, InputStream data) throws IOException, Unusable {
        var opened = signed(signature);
        return Engine.read(() ->
                read(
                        new CMSSignedDataParser(
                                digests(),
                                new CMSTypedStream(Stranger.ours(data)),
                                opened.octets()),
                        opened.octets(),
                        OutputStream.nullOutputStream()));
    }

    /// A message that has its text within. What is written is good for nothing before this returned; let
    /// it be [org.postroom.crypto.Withheld].
    public Read opaque(InputStream message, OutputStream text) throws IOException, Unusable {
        var opened = signed(message);
        return Engine.read(() -> {
            var parser = new CMSSignedDataParser(digests(), opened.octets());
            opened.octets().text();
            return read(parser, opened.octets(), text);
        });
    }

    private static Pem.Opened signed(InputStream in) throws IOException, Unusable {
        var opened = Pem.open(in);
        if (opened.kind() != Pem.Kind.SIGNED)
            throw new Unusable(Unusable.Why.BAD_DATA, "This is nothing signed");
        return opened;
    }

    private static org.bouncycastle.operator.DigestCalculatorProvider digests()
            throws OperatorException {
        return new JcaDigestCalculatorProviderBuilder().setProvider(Engine.BC).build();
    }

    @SuppressWarnings("unchecked") // the library's stores are raw
    private Read read(CMSSignedDataParser parser, Meter meter, OutputStream text)
            throws IOException,
                    CMSException,
                    OperatorException,
                    GeneralSecurityException,
                    Unusable {
        try {
            var content = parser.getSignedContent();
            if (content == null)
                throw new Unusable(Unusable.Why.BAD_DATA, "What it signs is not within");
            copy(content.getContentStream(), text);
            meter.after();
            var certificates = certificates(parser.getCertificates());
            var signers = parser.getSignerInfos().getSigners();
            if (signers.size() > MOST_SIGNERS)
                throw new Meter.Excess("more signatures than anybody looks at");
            var verdicts = new ArrayList<Verdict>();
            for (var signer : signers) verdicts.add(judge(signer, certificates));
            return new Read(verdicts, certificates);
        } catch (Meter.Excess excess) {
            throw excess.unusable();
        }
    }

    static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] slice = new byte[64 << 10];
        for (int count; (count = in.read(slice)) >= 0; )
            try {
                out.write(slice, 0, count);
            } catch (IOException e) {
                throw new Stranger.OurTrouble(e);
            }
    }

    private static List<X509Certificate> certificates(Store<X509CertificateHolder> store)
            throws GeneralSecurityException, Meter.Excess {
        Selector<X509CertificateHolder> all = null;
        var holders = store.getMatches(all);
        if (holders.size() > MOST_CERTIFICATES)
            throw new Meter.Excess("more certificates than any chain has");
        var certificates = new ArrayList<X509Certificate>();
        for (var holder : holders)
            certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
        return certificates;
    }

    private Verdict judge(SignerInformation signer, List<X509Certificate> sent)
            throws GeneralSecurityException, OperatorException {
        var when = signingTime(signer);
        var certificate = certificate(signer, sent);
        if (certificate == null)
            return new Verdict(
                    Finding.NO_CERTIFICATE,
                    "",
                    "",
                    List.of(),
                    List.of(),
                    when == null ? now : when,
                    false,
                    "");
        var addresses = Certificates.addresses(certificate);
        return new Verdict(
                found(signer, certificate, sent, when),
                Certificates.fingerprint(certificate),
                certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT),
                List.of(Certificates.name(certificate)),
                addresses,
                when == null ? now : when,
                false,
                "");
    }

    private @Nullable X509Certificate certificate(
            SignerInformation signer, List<X509Certificate> sent) throws GeneralSecurityException {
        var known = new ArrayList<>(sent);
        known.addAll(trust.others());
        known.addAll(trust.anchors());
        for (var one : known)
            if (signer.getSID()
                    .match(new org.bouncycastle.cert.jcajce.JcaX509CertificateHolder(one)))
                return one;
        return null;
    }

    private Finding found(
            SignerInformation signer,
            X509Certificate certificate,
            List<X509Certificate> sent,
            @Nullable Instant when)
            throws OperatorException {
        if (!fits(signer, certificate)) return Finding.WRONG;
        if (WEAK.contains(signer.getDigestAlgOID()) || isShort(certificate)) return Finding.WEAK;
        if (when != null && when.isAfter(now.plus(CLOCKS))) return Finding.OUT_OF_TIME;
        return trust.judge(certificate, sent, Trust.Use.SIGN, when == null ? now : when, now);
    }

    private static boolean isShort(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAPublicKey rsa
                ? rsa.getModulus().bitLength() < LEAST_RSA
                : certificate.getPublicKey().getAlgorithm().equals("DSA");
    }

    private static boolean fits(SignerInformation signer, X509Certificate certificate)
            throws OperatorException {
        try {
            return signer.verify(
                    new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(Engine.BC)
                            .build(certificate.getPublicKey()));
        } catch (CMSSignerDigestMismatchException another) {
            return false;
        } catch (CMSException broken) {
            return false;
        }
    }

    private static @Nullable Instant signingTime(SignerInformation signer) {
        var attributes = signer.getSignedAttributes();
        if (attributes == null) return null;
        var time = attributes.get(CMSAttributes.signingTime);
        if (time == null || time.getAttrValues().size() != 1) return null;
        return Time.getInstance(time.getAttrValues().getObjectAt(0)).getDate().toInstant();
    }
}
