package org.postroom.home;

import org.postroom.wire.Certificates.Identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Keys and certificates as files (RFC 7468).
final class Pem {

    private static final String KEY = "PRIVATE KEY"; // RFC 7468 §10

    private Pem() {}

    /// The certificate chain of one file with the private key of another.
    ///
    /// @throws BadConfiguration names the file and the cure
    static Identity identity(Path certificate, Path key) throws BadConfiguration {
        var identity = read(certificate, key);
        demandMatch(identity, certificate, key);
        return identity;
    }

    /// The same without looking whether they belong together.
    static Identity read(Path certificate, Path key) throws BadConfiguration {
        return new Identity(key(key), chain(certificate));
    }

    /// @throws BadConfiguration when the key that was read from there is another certificate's
    static void demandMatch(Identity identity, Path certificate, Path key) throws BadConfiguration {
        if (!belongs(identity.key(), identity.chain().getFirst().getPublicKey()))
            throw bad(key, "is not the key of the certificate in " + certificate);
    }

    /// Whether it is one certificate that nobody else has signed.
    static boolean isSelfSigned(Path certificate) {
        try {
            var chain = chain(certificate);
            var first = chain.getFirst();
            return chain.size() == 1
                    && first.getIssuerX500Principal().equals(first.getSubjectX500Principal());
        } catch (BadConfiguration damaged) {
            return false;
        }
    }

    static String print(String label, byte[] octets) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN "
                + label
                + "-----\n"
                + lines.encodeToString(octets)
                + "\n-----END "
                + label
                + "-----\n";
    }

    static String print(PrivateKey key) {
        return print(KEY, key.getEncoded());
    }

    private static List<X509Certificate> chain(Path file) throws BadConfiguration {
        try {
            var octets = read(file).getBytes(StandardCharsets.US_ASCII);
            var found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(octets))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) throw bad(file, "has no certificate in it");
            return found;
        } catch (GeneralSecurityException e) {
            throw bad(file, "is no certificate in PEM: " + e.getMessage());
        }
    }

    private static PrivateKey key(Path file) throws BadConfiguration {
        String text = read(file);
        String begin = "-----BEGIN " + KEY + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + KEY + "-----");
        if (from < 0 || to < from)
            throw bad(
                    file,
                    "has no PKCS #8 key that is not encrypted; convert it by: openssl pkcs8 -topk8"
                            + " -nocrypt");
        try {
            var octets = Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
            return key(file, new PKCS8EncodedKeySpec(octets));
        } catch (IllegalArgumentException e) {
            throw bad(file, "is damaged: " + e.getMessage());
        }
    }

    private static PrivateKey key(Path file, PKCS8EncodedKeySpec octets) throws BadConfiguration {
        for (var algorithm : List.of("EC", "RSA", "Ed25519"))
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(octets);
            } catch (InvalidKeySpecException another) {
                // the next one may fit
            } catch (GeneralSecurityException e) {
                throw bad(file, "can't be read here: " + e.getMessage());
            }
        throw bad(file, "is damaged, or a key of another kind than EC, RSA or Ed25519");
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> "Ed25519";
                };
        try {
            var probe = "postroom".getBytes(StandardCharsets.US_ASCII);
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            var signed = signature.sign();
            signature.initVerify(certified);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static String read(Path file) throws BadConfiguration {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw bad(file, unreadable(e));
        }
    }

    private static String unreadable(IOException e) {
        return switch (e) {
            case NoSuchFileException _ ->
                    "is not there; put it there, or name another by [tls] certificate and key";
            case AccessDeniedException _ -> "may not be read by the user that the server runs as";
            default -> "can't be read: " + e.getMessage();
        };
    }

    private static BadConfiguration bad(Path file, String what) {
        return new BadConfiguration(List.of(file + " " + what));
    }
}
