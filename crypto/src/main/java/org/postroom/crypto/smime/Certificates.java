package org.postroom.crypto.smime;

import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Fault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is asked of X.509 certificates, and how they are read and written.
public final class Certificates {

    /// How long a file of certificates may be, in octets.
    static final int LONGEST = 8 << 20;

    private static final int RFC822_NAME = 1; // RFC 5280 §4.2.1.6

    private Certificates() {}

    /// The certificates in a file: PEM, DER, or those of a PKCS#7 message.
    public static List<X509Certificate> readAll(InputStream in) throws IOException, Unusable {
        byte[] octets = octets(in);
        return Engine.read(() -> {
            var all = new ArrayList<X509Certificate>();
            for (var one : factory().generateCertificates(new ByteArrayInputStream(octets)))
                all.add((X509Certificate) one);
            if (all.isEmpty())
                throw new Unusable(Unusable.Why.BAD_DATA, "There is no certificate in it");
            return all;
        });
    }

    public static List<X509Certificate> readAll(byte[] octets) throws Unusable {
        try {
            return readAll(new ByteArrayInputStream(octets));
        } catch (IOException e) {
            throw new Fault("memory can't be read", e);
        }
    }

    /// The lists of revoked certificates in a file, PEM or DER.
    public static List<X509CRL> readRevocations(InputStream in) throws IOException, Unusable {
        byte[] octets = octets(in);
        return Engine.read(() -> {
            var all = new ArrayList<X509CRL>();
            for (var one : factory().generateCRLs(new ByteArrayInputStream(octets)))
                all.add((X509CRL) one);
            return all;
        });
    }

    static byte[] octets(InputStream in) throws IOException, Unusable {
        byte[] octets = in.readNBytes(LONGEST + 1);
        if (octets.length > LONGEST)
            throw new Unusable(
                    Unusable.Why.TOO_MUCH, "A file of certificates is not as long as this");
        return octets;
    }

    static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }

    /// What it is known by: its SHA-256, in capital hexadecimal digits.
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new Fault("a certificate has no octets", e);
        }
    }

    /// The e-mail addresses of its owner: alternative names, and those in the name as they were once
    /// put there (RFC 8550 §3).
    public static List<String> addresses(X509Certificate certificate) {
        Set<String> addresses = new LinkedHashSet<>();
        try {
            var names = certificate.getSubjectAlternativeNames();
            if (names != null)
                for (var name : names)
                    if (name.getFirst() instanceof Integer kind
                            && kind == RFC822_NAME
                            && name.get(1) instanceof String address) addresses.add(address);
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
        addresses.addAll(inName(certificate, BCStyle.EmailAddress));
        return List.copyOf(addresses);
    }

    /// What its owner is called: the common name, else all of the name.
    public static String name(X509Certificate certificate) {
        var names = inName(certificate, BCStyle.CN);
        return names.isEmpty() ? certificate.getSubjectX500Principal().getName() : names.getFirst();
    }

    private static List<String> inName(
            X509Certificate certificate, org.bouncycastle.asn1.ASN1ObjectIdentifier what) {
        var found = new ArrayList<String>();
        var name = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (var part : name.getRDNs(what))
            for (var pair : part.getTypesAndValues())
                if (pair.getType().equals(what) && pair.getValue() instanceof ASN1String text)
                    found.add(text.getString());
        return found;
    }

    /// As text, which is what everybody reads.
    public static String pem(X509Certificate certificate) {
        return pem((Object) certificate);
    }

    static String pem(Object what) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        } catch (IOException e) {
            throw new Fault("it can't be written as text", e);
        }
        return text.toString();
    }

    /// As text.
    public static String pem(X509CRL revocations) {
        return pem((Object) revocations);
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new Fault("a certificate has no octets", e);
        }
    }
}
