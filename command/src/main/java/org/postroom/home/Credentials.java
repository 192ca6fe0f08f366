package org.postroom.home;

import org.postroom.wire.Certificates.Identity;
import org.postroom.wire.Fault;

import java.nio.file.Files;
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

    /// The same without [#demandMatch], which takes a tenth of a second when it signs for the first time.
    public static List<Identity> readAlone(Configuration configuration) throws BadConfiguration {
        return List.of(Pem.read(configuration.certificate(), configuration.key()));
    }

    /// @throws BadConfiguration when a key is another certificate's
    public static void demandMatch(Configuration configuration, List<Identity> identities)
            throws BadConfiguration {
        for (var identity : identities)
            Pem.demandMatch(identity, configuration.certificate(), configuration.key());
    }

    /// Makes both files where the home has none of its own. The key is written last: a certificate that
    /// we signed ourselves and that has no key is of no use to anybody, and is made anew.
    public static void makeMissing(Home home, Configuration configuration) {
        var certificate = configuration.certificate();
        var key = configuration.key();
        var folder = home.path().resolve("tls");
        if (!folder.equals(certificate.getParent()) || !folder.equals(key.getParent())) return;
        if (Files.exists(key)) return;
        if (Files.exists(certificate) && !Pem.isSelfSigned(certificate)) return;
        var made = SelfSigned.of(configuration.settings().server().name());
        try {
            Home.write(certificate, Pem.print("CERTIFICATE", made.chain().get(0).getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new Fault("writing " + certificate, e);
        }
        Home.write(key, Pem.print(made.key()));
    }
}
