package org.postroom.wire;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;

/// The certificates of a server, chosen by the name that a client says (SNI, RFC 6066 §3), replaced
/// without dropping a connection. An unknown or absent name gets the first (TRAPS T7).
///
/// Keys are held in memory: the JDK's own manager decrypts a PKCS #12 key at every handshake.
public final class Certificates {

    /// A key with its certificate chain, the server's own certificate first.
    public record Identity(PrivateKey key, List<X509Certificate> chain) {
        public Identity {
            if (chain.isEmpty()) throw new IllegalArgumentException("a chain has a certificate");
            chain = List.copyOf(chain);
        }
    }

    private volatile Set set;

    /// @param identities the first is the default
    public Certificates(List<Identity> identities) {
        this.set = new Set(identities);
    }

    /// Replaces all; handshakes from now on see the new ones.
    public void replace(List<Identity> identities) {
        set = new Set(identities);
    }

    /// The default's own certificate.
    public X509Certificate certificate() {
        return set.identities.get(0).chain().get(0);
    }

    /// Whether one of them is for this name.
    public boolean covers(String host) {
        return set.covers(host);
    }

    X509ExtendedKeyManager keyManager() {
        return new Manager();
    }

    private static final class Set {
        final List<Identity> identities;
        final Map<String, Integer> byName = new HashMap<>();

        Set(List<Identity> identities) {
            this.identities = List.copyOf(identities);
            for (int i = 0; i < identities.size(); i++)
                for (var name : names(identities.get(i).chain().get(0)))
                    byName.putIfAbsent(name, i);
        }

        int find(String host) {
            var found = known(host);
            return found == null ? 0 : found;
        }

        boolean covers(String host) {
            return known(host) != null;
        }

        private @Nullable Integer known(String host) {
            String name = host.toLowerCase(Locale.ROOT);
            if (name.endsWith(".")) name = name.substring(0, name.length() - 1); // TRAPS T7
            var exact = byName.get(name);
            if (exact != null) return exact;
            int dot = name.indexOf('.');
            return dot < 0 ? null : byName.get("*" + name.substring(dot));
        }
    }

    /// The DNS names in the subject alternative names.
    private static List<String> names(X509Certificate certificate) {
        var names = new ArrayList<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null)
                for (var alternative : alternatives)
                    if (alternative.get(0) instanceof Integer kind
                            && kind == 2
                            && alternative.get(1) instanceof String name)
                        names.add(name.toLowerCase(Locale.ROOT));
        } catch (CertificateParsingException none) {
            return List.of();
        }
        return names;
    }

    private final class Manager extends X509ExtendedKeyManager {

        @Override
        public @Nullable String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, SSLEngine engine) {
            var now = set;
            int found = now.find(nameSaid(engine.getHandshakeSession()));
            return fits(type, now.identities.get(found)) ? Integer.toString(found) : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity(alias).chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity(alias).key();
        }

        /// A reload between the choice and its use may have fewer: then the default.
        private Identity identity(String alias) {
            var identities = set.identities;
            int i = Integer.parseInt(alias);
            return identities.get(i < identities.size() ? i : 0);
        }

        private boolean fits(String type, Identity identity) {
            String algorithm = identity.key().getAlgorithm();
            return switch (type) {
                case "RSA", "RSASSA-PSS" -> algorithm.equals("RSA");
                case "EC" -> algorithm.equals("EC");
                case "EdDSA" -> algorithm.equals("EdDSA") || algorithm.startsWith("Ed");
                default -> false;
            };
        }

        private String nameSaid(@Nullable SSLSession session) {
            if (session instanceof ExtendedSSLSession extended)
                for (var name : extended.getRequestedServerNames())
                    if (name.getType() == StandardConstants.SNI_HOST_NAME
                            && name instanceof SNIHostName host) return host.getAsciiName();
            return "";
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }
    }
}
