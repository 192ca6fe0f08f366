package org.postroom.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// Makes a key and its self-signed certificate, in as much DER as that takes (RFC 5280 §4.1): the
/// JDK has no public way, and its keytool is a process of a second.
final class SelfSigned {

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int INTEGER = 0x02;
    private static final int UTF8 = 0x0c;
    private static final int TIME = 0x18; // GeneralizedTime

    private static final byte[] COMMON_NAME = {0x06, 3, 0x55, 4, 3};
    private static final byte[] ALTERNATIVE_NAME = {0x06, 3, 0x55, 0x1d, 0x11};
    private static final byte[] SHA256_ECDSA = {
        SEQUENCE, 10, 0x06, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2
    };
    private static final byte[] SHA256_RSA = {
        SEQUENCE,
        13,
        0x06,
        9,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        1,
        1,
        0x0b,
        5,
        0
    };

    private SelfSigned() {}

    /// @param algorithm EC or RSA
    /// @param names the first is the subject's; all are alternative names
    static Certificates.Identity make(String algorithm, String... names) {
        try {
            boolean curve = algorithm.equals("EC");
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(curve ? 256 : 2048);
            var pair = generator.generateKeyPair();
            var with = curve ? SHA256_ECDSA : SHA256_RSA;
            var toBeSigned = certificate(with, pair.getPublic().getEncoded(), names);
            var signature = Signature.getInstance("SHA256with" + (curve ? "ECDSA" : "RSA"));
            signature.initSign(pair.getPrivate());
            signature.update(toBeSigned);
            var bits = der(BIT_STRING, new byte[1], signature.sign());
            var made = new ByteArrayInputStream(der(SEQUENCE, toBeSigned, with, bits));
            if (CertificateFactory.getInstance("X.509").generateCertificate(made)
                    instanceof X509Certificate certificate)
                return new Certificates.Identity(pair.getPrivate(), List.of(certificate));
            throw new AssertionError("no certificate");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    // RFC 5280 §4.1: TBSCertificate
    private static byte[] certificate(byte[] signature, byte[] publicKey, String... names) {
        var common = der(SEQUENCE, COMMON_NAME, der(UTF8, utf8(names[0])));
        var name = der(SEQUENCE, der(SET, common));
        var validity =
                der(
                        SEQUENCE,
                        der(TIME, utf8("20200101000000Z")),
                        der(TIME, utf8("20990101000000Z")));
        var alternatives = new byte[names.length][];
        for (int i = 0; i < names.length; i++)
            alternatives[i] = der(0x82, utf8(names[i])); // dNSName
        var extension =
                der(SEQUENCE, ALTERNATIVE_NAME, der(OCTET_STRING, der(SEQUENCE, alternatives)));
        return der(
                SEQUENCE,
                der(0xa0, der(INTEGER, new byte[] {2})), // version 3
                der(INTEGER, BigInteger.valueOf(System.nanoTime()).abs().toByteArray()),
                signature,
                name,
                validity,
                name,
                publicKey,
                der(0xa3, der(SEQUENCE, extension)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] der(int tag, byte[]... contents) {
        var content = new ByteArrayOutputStream();
        for (var each : contents) content.writeBytes(each);
        var der = new ByteArrayOutputStream();
        der.write(tag);
        if (content.size() < 0x80) der.write(content.size());
        else {
            der.write(0x82);
            der.write(content.size() >> 8);
            der.write(content.size());
        }
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
    }
}
