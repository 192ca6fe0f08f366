package org.postroom.crypto.pgp;

import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureException;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Verdict;
import org.postroom.crypto.Verdict.Finding;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/// Who may have made a signature, and what it is worth.
///
/// @param certificates those that are known; which of them are trusted is not asked here
/// @param now what time it is
/// @param notBefore no signature from before this counts
/// @param notAfter nor any from after this
record Judge(List<Certificate> certificates, Instant now, Instant notBefore, Instant notAfter) {

    /// Clocks differ: a signature from a little later than now is no wonder.
    static final Duration CLOCKS = Duration.ofMinutes(10);

    /// The key that a signature says made it, if it is known.
    @Nullable OpenPGPComponentKey key(List<KeyIdentifier> identifiers) {
        for (var identifier : identifiers) {
            if (identifier.isWildcard()) continue;
            for (var certificate : certificates)
                for (var key : certificate.inner().getKeys())
                    if (key.getKeyIdentifier().matchesExplicit(identifier)) return key;
        }
        return null;
    }

    /// @param fits what came of the signature's own mathematics
    Verdict judge(PGPSignature signature, @Nullable OpenPGPComponentKey key, Fits fits) {
        Instant when = signature.getCreationTime().toInstant();
        boolean text = signature.getSignatureType() == PGPSignature.CANONICAL_TEXT_DOCUMENT;
        // RFC 9580 §5.2.1: of documents there are two types; a certification is none (TRAPS T38)
        if (!text && signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT)
            return verdict(signature, key, when, false, Finding.MALFORMED, "it signs no document");
        if (key == null) return verdict(signature, null, when, text, Finding.NO_CERTIFICATE, "");
        return verdict(signature, key, when, text, found(signature, key, when, fits), "");
    }

    /// Says how a signature's own mathematics came out.
    @FunctionalInterface
    interface Fits {
        boolean test(OpenPGPDocumentSignature signature)
                throws org.bouncycastle.openpgp.PGPException;
    }

    private Finding found(
            PGPSignature signature, OpenPGPComponentKey key, Instant when, Fits fits) {
        var policy = Engine.BC.policy();
        if (!policy.hasAcceptableSignatureHashAlgorithm(signature)
                || !policy.isAcceptablePublicKey(key.getPGPPublicKey())) return Finding.WEAK;
        var document = new OpenPGPDocumentSignature(signature, key);
        try {
            if (!fits.test(document)) return Finding.WRONG;
            if (!document.isValid(policy)) return unbound(key, when);
        } catch (PGPSignatureException odd) {
            return Finding.MALFORMED;
        } catch (org.bouncycastle.openpgp.PGPException odd) {
            return Finding.WRONG;
        }
        var expires = document.getExpirationTime();
        if (expires != null && !now.isBefore(expires.toInstant())) return Finding.EXPIRED;
        if (when.isBefore(notBefore) || when.isAfter(notAfter)) return Finding.OUT_OF_TIME;
        return Finding.GOOD;
    }

    /// Why a key was no signing key of its certificate when it signed.
    private static Finding unbound(OpenPGPComponentKey key, Instant when) {
        var then = Date.from(when);
        var certificate = key.getCertificate();
        if (certificate.getRevocation(then) != null || key.getRevocation(then) != null)
            return Finding.KEY_REVOKED;
        if (isOver(certificate.getExpirationTime(), when)
                || isOver(key.getKeyExpirationDate(), when)) return Finding.KEY_EXPIRED;
        return Finding.NOT_FOR_SIGNING;
    }

    private static boolean isOver(@Nullable Date expires, Instant when) {
        return expires != null && !when.isBefore(expires.toInstant());
    }

    private Verdict verdict(
            PGPSignature signature,
            @Nullable OpenPGPComponentKey key,
            Instant when,
            boolean text,
            Finding finding,
            String detail) {
        if (key == null)
            return new Verdict(
                    finding, "", id(signature), List.of(), List.of(), when, text, detail);
        var certificate = new Certificate(key.getCertificate());
        var people = certificate.people(now);
        return new Verdict(
                finding,
                certificate.fingerprint(),
                Certificate.hex(key.getPGPPublicKey().getFingerprint()),
                people,
                Certificate.addresses(people),
                when,
                text,
                detail);
    }

    private static String id(PGPSignature signature) {
        var identifiers = signature.getKeyIdentifiers();
        for (var identifier : identifiers)
            if (identifier.getFingerprint() != null)
                return Certificate.hex(identifier.getFingerprint());
        return identifiers.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%016X", identifiers.getFirst().getKeyId());
    }
}
