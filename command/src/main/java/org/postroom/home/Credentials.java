package org.postroom.home;

import org.postroom.wire.Certificates.Identity;
import org.postroom.wire.Fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.List;

/// What the server proves itself with: the certificate that the configuration names, or one that it
/// signs itself where the home has none.
public final class Credentials {

    private Credentials() {}

    /// @throws BadConfiguration names the file and the cure
    public static List<Identity> read(Configuration configuration) throws BadConfiguration {
        return List.of(Pem.identity(configuration.certificate(), configuration.key()));
    }

    /// Makes both files where both are missing, and are the home's own.
    public static void makeMissing(Home home, Configuration configuration) {
        var certificate = configuration.certificate();
        var key = configuration.key();
        var folder = home.path().resolve("tls");
        if (isMissing(folder, certificate) && isMissing(folder, key)) {
            var made = SelfSigned.of(configuration.settings().server().name());
            Home.write(key, Pem.print(made.key()));
            try {
                Home.write(certificate, Pem.print("CERTIFICATE", made.chain().get(0).getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new Fault("writing " + certificate, e);
            }
        }
    }

    private static boolean isMissing(Path folder, Path file) {
        return folder.equals(file.getParent()) && !Files.exists(file);
    }
}
