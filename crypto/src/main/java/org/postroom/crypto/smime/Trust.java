package org.postroom.crypto.smime;

import org.postroom.crypto.Verdict.Finding;
import org.postroom.wire.Fault;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CRLReason;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whom to believe about whose key is whose.
///
/// A certificate counts if a chain leads from it to an anchor, as it was when it was used (RFC 5280 §6), or
/// if it is an anchor itself: then its owner was asked. Whether one was revoked is looked up in the lists
/// that are at hand, else with the responder that it names; where neither says anything, it was not.
///
/// @param anchors who is believed
/// @param others certificates that may stand between
/// @param revocations lists of revoked certificates
/// @param ocsp how responders are reached, if they are
public record Trust(
        List<X509Certificate> anchors,
        List<X509Certificate> others,
        List<X509CRL> revocations,
        Optional<Ocsp> ocsp) {

    private static final int LONGEST_CHAIN = 6;
    private static final int MOST_SENT = 64;
    private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4"; // RFC 5280 §4.2.1.12
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /// What a certificate is used for, and which bits of key usage allow it (RFC 8550 §4.4.2).
    public enum Use {
        SIGN(0, 1),
        ENCRYPT(2, 4);

        private final int one;
        private final int other;

        Use(int one, int other) {
            this.one = one;
            this.other = other;
        }
    }

    public Trust {
        anchors = List.copyOf(anchors);
        others = List.copyOf(others);
        revocations = List.copyOf(revocations);
    }

    public static Trust of(List<X509Certificate> anchors) {
        return new Trust(anchors, List.of(), List.of(), Optional.empty());
    }

    /// What a certificate is worth.
    ///
    /// @param sent certificates that came along
    /// @param when it was used
    public Finding judge(
            X509Certificate certificate,
            List<X509Certificate> sent,
            Use use,
            Instant when,
            Instant now) {
        if (!isFor(certificate, use)) return Finding.NOT_FOR_SIGNING;
        if (isOver(certificate, when)) return Finding.KEY_EXPIRED;
        if (anchors.contains(certificate)) return Finding.GOOD;
        var chain = chain(certificate, sent, when);
        if (chain.isEmpty()) return Finding.UNTRUSTED;
        for (int i = 0; i + 1 < chain.size(); i++) {
            var revoked = revocation(chain.get(i), chain.get(i + 1), when, now);
            if (revoked != Finding.GOOD) return revoked;
        }
        return Finding.GOOD;
    }

    private static boolean isOver(X509Certificate certificate, Instant when) {
        return when.isBefore(certificate.getNotBefore().toInstant())
                || when.isAfter(certificate.getNotAfter().toInstant());
    }

    private static boolean isFor(X509Certificate certificate, Use use) {
        try {
            var purposes = certificate.getExtendedKeyUsage();
            if (purposes != null
                    && !purposes.contains(EMAIL_PROTECTION)
                    && !purposes.contains(ANY_PURPOSE)) return false; // RFC 8550 §4.4.4
        } catch (CertificateParsingException unreadable) {
            return false;
        }
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[use.one] || usage[use.other];
    }

    /// From the certificate to the anchor, both included; empty if none leads there.
    private List<X509Certificate> chain(
            X509Certificate certificate, List<X509Certificate> sent, Instant when) {
        if (anchors.isEmpty()) return List.of();
        Set<TrustAnchor> trusted = new HashSet<>();
        for (var anchor : anchors)
            if (anchor.getBasicConstraints() >= 0) trusted.add(new TrustAnchor(anchor, null));
        if (trusted.isEmpty()) return List.of();
        var between = new ArrayList<X509Certificate>(others);
        between.addAll(sent.subList(0, Math.min(sent.size(), MOST_SENT)));
        between.add(certificate);
        try {
            var target = new X509CertSelector();
            target.setCertificate(certificate);
            var parameters = new PKIXBuilderParameters(trusted, target);
            parameters.addCertStore(
                    CertStore.getInstance(
                            "Collection", new CollectionCertStoreParameters(between)));
            parameters.setDate(Date.from(when));
            parameters.setRevocationEnabled(false); // looked up below, at the right time
            parameters.setMaxPathLength(LONGEST_CHAIN);
            var built =
                    (PKIXCertPathBuilderResult)
                            CertPathBuilder.getInstance("PKIX").build(parameters);
            var chain = new ArrayList<X509Certificate>();
            for (var one : built.getCertPath().getCertificates()) chain.add((X509Certificate) one);
            chain.add(built.getTrustAnchor().getTrustedCert());
            return chain;
        } catch (CertPathBuilderException none) {
            return List.of();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new Fault("no chain can be built", e);
        }
    }

    private Finding revocation(
            X509Certificate certificate, X509Certificate issuer, Instant when, Instant now) {
        boolean stale = false;
        for (var list : revocations) {
            if (!isOf(list, issuer)) continue;
            var entry = list.getRevokedCertificate(certificate);
            if (entry != null && counts(entry, when)) return Finding.KEY_REVOKED;
            var next = list.getNextUpdate();
            if (next != null && !now.isAfter(next.toInstant())) return Finding.GOOD;
            stale = true;
        }
        var answer = ocsp.map(one -> one.ask(certificate, issuer, when, now));
        return answer.orElse(stale ? Finding.UNKNOWN_REVOCATION : Finding.GOOD);
    }

    private static boolean isOf(X509CRL list, X509Certificate issuer) {
        if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) return false;
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    /// Who lost a key can't say since when others signed with it; who only has a new one can.
    private static boolean counts(X509CRLEntry entry, Instant when) {
        var reason = entry.getRevocationReason();
        boolean soft =
                reason == CRLReason.SUPERSEDED
                        || reason == CRLReason.AFFILIATION_CHANGED
                        || reason == CRLReason.CESSATION_OF_OPERATION;
        return counts(soft, entry.getRevocationDate().toInstant(), when);
    }

    static boolean counts(boolean soft, Instant revoked, Instant when) {
        return !soft || !when.isBefore(revoked);
    }
}
