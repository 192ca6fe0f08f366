package org.postroom.bench;

import org.postroom.home.SelfSigned;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Where a run takes place.
///
/// @param folder for what servers keep, on a real disk; empty at first
/// @param peers where Debian's packages are unpacked, and stay
/// @param program how our server is called, up to its verb
/// @param profiles where flight recordings of our server go, one a launch; they cost some of its speed
/// @param hashes what peers' passwords are hashed with
record Site(Path folder, Path peers, List<String> program, Hashes hashes, Optional<Path> profiles) {

    Site {
        program = List.copyOf(program);
    }

    /// A new folder, everybody's to enter.
    Path folder(String name) throws IOException {
        var made = folder.resolve(name);
        Files.createDirectories(made);
        return made;
    }

    /// The certificate that all servers show, EC P-256, and its key.
    Path certificate() throws IOException {
        var file = folder.resolve("certificate.pem");
        if (!Files.exists(file)) make(file);
        return file;
    }

    Path key() throws IOException {
        certificate();
        return folder.resolve("key.pem");
    }

    /// TLS that trusts this certificate and no other.
    SSLSocketFactory tls() throws IOException {
        try (var in = Files.newInputStream(certificate())) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "bench", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void make(Path file) throws IOException {
        try {
            var identity = SelfSigned.of(Stage.DOMAIN);
            var key = pem("PRIVATE KEY", identity.key().getEncoded());
            Files.writeString(folder.resolve("key.pem"), key);
            Files.writeString(file, pem("CERTIFICATE", identity.chain().getFirst().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    private static String pem(String label, byte[] octets) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
