package org.postroom.crypto.smime;

import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Unusable;
import org.postroom.crypto.Verdict.Finding;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Asks the responder that a certificate names whether it was revoked (RFC 6960). The line to it is the
/// caller's: whom to call is a stranger's word.
///
/// @param line posts a request to a responder
public record Ocsp(Line line) {

    private static final Duration CLOCKS = Duration.ofMinutes(10);
    private static final Duration LIFE = Duration.ofDays(1); // of an answer that does not say

    /// The way to a responder.
    @FunctionalInterface
    public interface Line {
        /// @return the answer's octets; empty if nobody answered
        byte[] post(URI responder, byte[] request) throws IOException;
    }

    Finding ask(X509Certificate certificate, X509Certificate issuer, Instant when, Instant now) {
        try {
            var responder = responder(certificate);
            if (responder == null) return Finding.GOOD;
            return Engine.read(() -> {
                try {
                    return answer(responder, certificate, issuer, when, now);
                } catch (OCSPException unreadable) {
                    return Finding.UNKNOWN_REVOCATION;
                }
            });
        } catch (IOException | Unusable unreachable) {
            return Finding.UNKNOWN_REVOCATION;
        }
    }

    private Finding answer(
            URI responder,
            X509Certificate certificate,
            X509Certificate issuer,
            Instant when,
            Instant now)
            throws IOException, OCSPException, OperatorException, GeneralSecurityException {
        var id =
                new CertificateID(
                        new JcaDigestCalculatorProviderBuilder()
                                .build()
                                .get(
                                        CertificateID
                                                .HASH_SHA1), // RFC 6960: what every responder knows
                        new JcaX509CertificateHolder(issuer),
                        certificate.getSerialNumber());
        byte[] octets =
                line.post(responder, new OCSPReqBuilder().addRequest(id).build().getEncoded());
        if (octets.length == 0)
            return Finding.GOOD; // not reachable, as an attacker could have it, too
        var response = new OCSPResp(octets);
        if (response.getStatus() != OCSPResp.SUCCESSFUL
                || !(response.getResponseObject() instanceof BasicOCSPResp basic)
                || !isBy(basic, issuer, now)) return Finding.UNKNOWN_REVOCATION;
        for (var one : basic.getResponses())
            if (one.getCertID()
                            .matchesIssuer(
                                    new JcaX509CertificateHolder(issuer),
                                    new JcaDigestCalculatorProviderBuilder().build())
                    && one.getCertID().getSerialNumber().equals(certificate.getSerialNumber())
                    && isFresh(one, now)) return found(one, when);
        return Finding.UNKNOWN_REVOCATION;
    }

    private static Finding found(SingleResp one, Instant when) {
        if (one.getCertStatus() == null) return Finding.GOOD;
        if (!(one.getCertStatus() instanceof RevokedStatus revoked))
            return Finding.UNKNOWN_REVOCATION;
        boolean soft = revoked.hasRevocationReason() && isSoft(revoked.getRevocationReason());
        boolean counts = Trust.counts(soft, revoked.getRevocationTime().toInstant(), when);
        return counts ? Finding.KEY_REVOKED : Finding.GOOD;
    }

    private static boolean isSoft(int reason) {
        return reason == CRLReason.affiliationChanged
                || reason == CRLReason.superseded
                || reason == CRLReason.cessationOfOperation;
    }

    private static boolean isFresh(SingleResp one, Instant now) {
        var from = one.getThisUpdate().toInstant();
        var next = one.getNextUpdate();
        var until = next == null ? from.plus(LIFE) : next.toInstant();
        return !from.isAfter(now.plus(CLOCKS)) && !until.isBefore(now.minus(CLOCKS));
    }

    // RFC 6960 §4.2.2.2: the issuer itself, or whom it gave a certificate for this very purpose
    private static boolean isBy(BasicOCSPResp basic, X509Certificate issuer, Instant now)
            throws OCSPException, OperatorException, GeneralSecurityException {
        var verifiers = new JcaContentVerifierProviderBuilder();
        if (basic.isSignatureValid(verifiers.build(issuer))) return true;
        for (X509CertificateHolder holder : basic.getCerts()) {
            var one = new JcaX509CertificateConverter().getCertificate(holder);
            if (isDelegate(one, issuer, now) && basic.isSignatureValid(verifiers.build(one)))
                return true;
        }
        return false;
    }

    private static boolean isDelegate(X509Certificate one, X509Certificate issuer, Instant now) {
        try {
            one.verify(issuer.getPublicKey());
            one.checkValidity(java.util.Date.from(now));
            var purposes = one.getExtendedKeyUsage();
            return purposes != null && purposes.equals(List.of("1.3.6.1.5.5.7.3.9"));
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    private static @Nullable URI responder(X509Certificate certificate)
            throws IOException, Unusable {
        var extension =
                Engine.read(() ->
                        java.util.Optional.ofNullable(
                                new JcaX509CertificateHolder(certificate)
                                        .getExtension(Extension.authorityInfoAccess)));
        if (extension.isEmpty()) return null;
        return Engine.read(() -> java.util.Optional.ofNullable(uri(extension.get()))).orElse(null);
    }

    private static @Nullable URI uri(Extension extension) {
        for (AccessDescription one :
                AuthorityInformationAccess.getInstance(extension.getParsedValue())
                        .getAccessDescriptions())
            if (one.getAccessMethod().equals(OCSPObjectIdentifiers.id_pkix_ocsp)
                    && one.getAccessLocation().getTagNo()
                            == GeneralName.uniformResourceIdentifier) {
                var uri = URI.create(one.getAccessLocation().getName().toString());
                if ("http".equals(uri.getScheme())) return uri;
            }
        return null;
    }
}
