package org.postroom.crypto.smime;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataStreamGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/// Signs. The certificates of the chain go along, but for the anchor, which who believes it has.
public record Signing(List<Identity> signers) {

    /// The hash's name as a letter says it (RFC 8551 §3.5.3.2).
    public static final String HASH = "sha-256";

    public Signing {
        signers = List.copyOf(signers);
    }

    /// Writes a signature that stands beside what it signs.
    public void detached(InputStream data, OutputStream out, boolean text)
            throws IOException, Unusable {
        sign(data, out, text, false);
    }

    /// Writes a message that has the data and the signature.
    public void opaque(InputStream data, OutputStream out, boolean text)
            throws IOException, Unusable {
        sign(data, out, text, true);
    }

    private void sign(InputStream data, OutputStream out, boolean text, boolean within)
            throws IOException, Unusable {
        var generator = new CMSSignedDataStreamGenerator();
        generator.setBufferSize(32 << 10);
        for (var signer : signers) add(generator, signer);
        try (var writer = Pem.writer(out, text);
                var message = generator.open(writer, within)) {
            data.transferTo(message);
        }
    }

    private static void add(CMSSignedDataStreamGenerator generator, Identity signer)
            throws Unusable {
        var now = Instant.now();
        var certificate = signer.certificate();
        if (now.isAfter(certificate.getNotAfter().toInstant()))
            throw new Unusable(
                    Unusable.Why.CANNOT_SIGN,
                    "The certificate of " + Certificates.name(certificate) + " has expired");
        try {
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(
                                    new JcaDigestCalculatorProviderBuilder().build())
                            .setSignedAttributeGenerator(
                                    new DefaultSignedAttributeTableGenerator(attributes()))
                            .build(Identity.signer(signer.key()), certificate));
            generator.addCertificates(
                    new JcaCertStore(
                            signer.chain().stream()
                                    .filter(one -> one.equals(certificate) || !isRoot(one))
                                    .toList()));
        } catch (OperatorCreationException | GeneralSecurityException | CMSException e) {
            throw new Fault("it can't be signed", e);
        }
    }

    private static boolean isRoot(java.security.cert.X509Certificate one) {
        return one.getSubjectX500Principal().equals(one.getIssuerX500Principal());
    }

    // RFC 8551 §2.5.2: what we read, so that who answers encrypts with it
    private static AttributeTable attributes() {
        var capabilities = new ASN1EncodableVector();
        for (var one :
                List.of(
                        NISTObjectIdentifiers.id_aes256_GCM,
                        NISTObjectIdentifiers.id_aes256_CBC,
                        NISTObjectIdentifiers.id_aes128_CBC))
            capabilities.add(new DERSequence(one));
        var attributes = new ASN1EncodableVector();
        attributes.add(
                new Attribute(
                        PKCSObjectIdentifiers.pkcs_9_at_smimeCapabilities,
                        new DERSet(new DERSequence(capabilities))));
        return new AttributeTable(attributes);
    }
}
