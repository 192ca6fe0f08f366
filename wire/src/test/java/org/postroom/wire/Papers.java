package org.postroom.wire;

import java.security.cert.X509Certificate;
import java.util.List;

/// Certificates for the tests.
final class Papers {

    static final Certificates.Identity MAIL = SelfSigned.make("EC", "mail.example.test");
    static final Certificates.Identity OTHER =
            SelfSigned.make("EC", "other.example.test", "*.wild.test");
    static final Certificates.Identity RSA = SelfSigned.make("RSA", "rsa.example.test");

    static final Tls.Client TRUSTING =
            Tls.trusting(List.of(certificate(MAIL), certificate(OTHER), certificate(RSA)));

    private Papers() {}

    static X509Certificate certificate(Certificates.Identity identity) {
        return identity.chain().get(0);
    }

    static Tls.Server server(String... applications) {
        return new Tls.Server(new Certificates(List.of(MAIL, OTHER)), applications);
    }
}
