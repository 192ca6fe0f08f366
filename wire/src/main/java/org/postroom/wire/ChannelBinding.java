package org.postroom.wire;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// What a sign-in is bound to, so that nobody between the two ends can pass it on (RFC 5056).
final class ChannelBinding {

    private static final Pattern HASH = Pattern.compile("(SHA-?\\d+|MD\\d)WITH.*");

    private ChannelBinding() {}

    static Optional<byte[]> of(SSLEngine engine, String type) {
        try {
            return switch (type) {
                case "tls-exporter" -> exported(engine);
                case "tls-server-end-point" -> hashed(server(engine));
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | SSLException e) {
            throw new Fault("a channel binding", e);
        }
    }

    // RFC 9266 §2: 32 octets, no context; unique in TLS 1.3, and not always before
    private static Optional<byte[]> exported(SSLEngine engine) throws SSLException {
        if (!(engine.getSession() instanceof ExtendedSSLSession session)
                || !session.getProtocol().equals("TLSv1.3")) return Optional.empty();
        return Optional.of(
                session.exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32));
    }

    private static Certificate[] server(SSLEngine engine) throws SSLException {
        var session = engine.getSession();
        var certificates =
                engine.getUseClientMode()
                        ? session.getPeerCertificates()
                        : session.getLocalCertificates();
        return certificates == null ? new Certificate[0] : certificates;
    }

    // RFC 5929 §4.1: by the hash of its signature; where that is MD5 or SHA-1, by SHA-256
    private static Optional<byte[]> hashed(Certificate[] chain) throws GeneralSecurityException {
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate own))
            return Optional.empty();
        var hash = HASH.matcher(own.getSigAlgName().toUpperCase(Locale.ROOT));
        if (!hash.matches()) return Optional.empty(); // it has none, or several
        String name = hash.group(1).replace("-", "");
        boolean weak = name.startsWith("MD") || name.equals("SHA1");
        var digest = MessageDigest.getInstance(weak ? "SHA-256" : "SHA-" + name.substring(3));
        return Optional.of(digest.digest(own.getEncoded()));
    }
}
