package org.postroom.crypto.smime;

import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;
import org.postroom.crypto.Unusable;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import javax.security.auth.x500.X500Principal;

/// A private key with the certificate that says whose it is, and those that vouch for it.
///
/// @param chain its own first; never empty but for a key that has no certificate yet
public record Identity(PrivateKey key, List<X509Certificate> chain) {

    /// What every program of today and of the last twenty years can do with.
    private static final int RSA_BITS = 3072;

    public Identity {
        chain = List.copyOf(chain);
    }

    /// A new key.
    public static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new Fault("no RSA", e);
        }
    }

    /// Its own certificate.
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Asks an authority for a certificate (PKCS#10), as text.
    public static String request(KeyPair pair, String name, List<String> addresses) {
        try {
            var subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectAlternativeName, false, names(addresses));
            var request =
                    new JcaPKCS10CertificationRequestBuilder(
                                    new X500Principal(subject.getEncoded()), pair.getPublic())
                            .addAttribute(
                                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                                    extensions.generate())
                            .build(signer(pair.getPrivate()));
            return Certificates.pem(request);
        } catch (OperatorCreationException | IOException e) {
            throw new Fault("no request can be made", e);
        }
    }

    static GeneralNames names(List<String> addresses) {
        return new GeneralNames(
                addresses.stream()
                        .map(address -> new GeneralName(GeneralName.rfc822Name, address))
                        .toArray(GeneralName[]::new));
    }

    static org.bouncycastle.operator.ContentSigner signer(PrivateKey key)
            throws OperatorCreationException {
        return new JcaContentSignerBuilder(algorithm(key)).build(key);
    }

    static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519" -> "Ed25519";
            case "DSA" -> "SHA256withDSA";
            default -> "SHA256withRSA";
        };
    }

    /// Reads a key with its certificates: PEM or PKCS#12.
    ///
    /// @param passphrases tried in turn, where it is locked
    public static Identity read(InputStream in, List<Secret> passphrases)
            throws IOException, Unusable {
        byte[] octets = Certificates.octets(in);
        return octets.length > 0 && octets[0] == 0x30
                ? pkcs12(octets, passphrases)
                : pem(octets, passphrases);
    }

    private static Identity pem(byte[] octets, List<Secret> passphrases)
            throws IOException, Unusable {
        return Engine.read(() -> {
            PrivateKey key = null;
            var chain = new ArrayList<X509Certificate>();
            var converter = new JcaX509CertificateConverter();
            try (var parser =
                    new PEMParser(
                            new InputStreamReader(
                                    new ByteArrayInputStream(octets), StandardCharsets.UTF_8))) {
                for (Object one; (one = parser.readObject()) != null; )
                    if (one instanceof X509CertificateHolder holder)
                        chain.add(converter.getCertificate(holder));
                    else {
                        var info = info(one, passphrases);
                        if (info != null) key = new JcaPEMKeyConverter().getPrivateKey(info);
                    }
            }
            if (key == null)
                throw new Unusable(Unusable.Why.BAD_DATA, "There is no private key in it");
            return new Identity(key, chain);
        });
    }

    private static @Nullable PrivateKeyInfo info(Object one, List<Secret> passphrases)
            throws Unusable {
        return switch (one) {
            case PrivateKeyInfo info -> info;
            case PEMKeyPair pair -> pair.getPrivateKeyInfo();
            case PKCS8EncryptedPrivateKeyInfo locked -> unlocked(locked, passphrases);
            case PEMEncryptedKeyPair _ ->
                    throw new Unusable(
                            Unusable.Why.LOCKED,
                            "The key is locked in an old form; openssl pkcs8 -topk8 makes it new");
            default -> null;
        };
    }

    private static PrivateKeyInfo unlocked(
            PKCS8EncryptedPrivateKeyInfo locked, List<Secret> passphrases) throws Unusable {
        for (var passphrase : passphrases)
            try {
                return locked.decryptPrivateKeyInfo(
                        new JceOpenSSLPKCS8DecryptorProviderBuilder()
                                .setProvider(Engine.BC)
                                .build(passphrase.reveal().toCharArray()));
            } catch (PKCSException | OperatorCreationException wrong) {
                // the next one may fit
            }
        throw locked(passphrases);
    }

    private static Unusable locked(List<Secret> passphrases) {
        return new Unusable(
                Unusable.Why.LOCKED,
                passphrases.isEmpty()
                        ? "The private key is locked; it needs its passphrase"
                        : "No passphrase given unlocks the private key");
    }

    private static Identity pkcs12(byte[] octets, List<Secret> passphrases)
            throws IOException, Unusable {
        for (var passphrase : passphrases) {
            var found = pkcs12(octets, passphrase);
            if (found.isPresent()) return found.get();
        }
        throw locked(passphrases);
    }

    private static Optional<Identity> pkcs12(byte[] octets, Secret passphrase)
            throws IOException, Unusable {
        char[] text = passphrase.reveal().toCharArray();
        return Engine.read(() -> {
            var store = KeyStore.getInstance("PKCS12");
            try {
                store.load(new ByteArrayInputStream(octets), text);
            } catch (IOException e) {
                if (e.getCause() instanceof UnrecoverableKeyException) return Optional.empty();
                throw e;
            }
            for (var aliases = store.aliases(); aliases.hasMoreElements(); ) {
                var alias = aliases.nextElement();
                if (store.getKey(alias, text) instanceof PrivateKey key)
                    return Optional.of(
                            new Identity(
                                    key,
                                    Arrays.stream(store.getCertificateChain(alias))
                                            .map(X509Certificate.class::cast)
                                            .toList()));
            }
            throw new Unusable(Unusable.Why.BAD_DATA, "There is no private key in it");
        });
    }

    /// As text: the key, locked by a passphrase if there is one, and the certificates.
    public String pem(Optional<Secret> passphrase) {
        var text = new StringBuilder(pem(key, passphrase));
        for (var one : chain) text.append(Certificates.pem(one));
        return text.toString();
    }

    /// A key alone, as text.
    public static String pem(PrivateKey key, Optional<Secret> passphrase) {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            if (passphrase.isEmpty()) writer.writeObject(new JcaPKCS8Generator(key, null));
            else {
                var encryptor =
                        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                .setProvider(Engine.BC)
                                .setPassword(passphrase.get().reveal().toCharArray())
                                .setIterationCount(200_000)
                                .build();
                writer.writeObject(new JcaPKCS8Generator(key, encryptor));
            }
        } catch (IOException | OperatorCreationException e) {
            throw new Fault("a key can't be written", e);
        }
        return text.toString();
    }

    /// As other programs import it (PKCS#12).
    public byte[] pkcs12(Secret passphrase) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] text = passphrase.reveal().toCharArray();
            store.setKeyEntry(
                    Certificates.name(certificate()), key, text, chain.toArray(Certificate[]::new));
            var out = new ByteArrayOutputStream();
            store.store(out, text);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new Fault("a key can't be written", e);
        }
    }
}
