package org.postroom.wire;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// TLS as this house speaks it: versions 1.2 and 1.3 (RFC 8996), the JDK's own provider.
public final class Tls {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /// What is spoken, the best first.
    public static String[] versions() {
        return VERSIONS.clone();
    }

    static {
        // RFC 5246 §7.2.2: a client's wish for a new handshake may be refused. It costs us, not it
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private Tls() {}

    /// What two ends agreed on.
    ///
    /// @param protocol such as `TLSv1.3`
    /// @param cipher the suite's name
    /// @param application the protocol chosen by ALPN (RFC 7301), or empty
    /// @param resumed whether it goes on with an earlier session of the same [Server] or [Client], so that
    ///     the peer is whoever that was
    public record Facts(String protocol, String cipher, String application, boolean resumed) {

        /// @param begun when the handshake did, in milliseconds
        static Facts of(SSLEngine engine, long begun) {
            var session = engine.getSession();
            String application = engine.getApplicationProtocol();
            return new Facts(
                    session.getProtocol(),
                    session.getCipherSuite(),
                    application == null ? "" : application,
                    session.getCreationTime() < begun);
        }
    }

    /// The server's side: certificates chosen by name, an ALPN name where a client offers any.
    public static final class Server {

        private static final int LONGEST_TICKET = 604_800; // seconds

        private final SSLContext context;
        private final List<String> applications;

        /// @param applications ALPN names of this port's protocol; a client that offers only others is
        ///     refused (ALPACA, TRAPS T41), one that offers none is served
        public Server(Certificates certificates, String... applications) {
            this.context = Tls.context(new KeyManager[] {certificates.keyManager()}, NOBODY);
            this.applications = List.of(applications);
        }

        /// Sends no session tickets: Microsoft's mail client breaks off when one comes at the wrong moment
        /// (TRAPS T5). JSSE has a property for that, of all contexts at once; a lifetime beyond what
        /// RFC 8446 §4.6.1 lets a ticket have does it for this one.
        public Server withoutTickets() {
            context.getServerSessionContext().setSessionTimeout(LONGEST_TICKET + 1);
            return this;
        }

        /// For a server that is not ours and makes engines of its own: the one for HTTP.
        public SSLContext context() {
            return context;
        }

        SSLEngine engine() {
            var engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            var parameters = parameters(engine);
            parameters.setUseCipherSuitesOrder(true);
            if (!applications.isEmpty())
                parameters.setApplicationProtocols(applications.toArray(String[]::new));
            engine.setSSLParameters(parameters);
            return engine;
        }
    }

    /// The client's side, with what it trusts.
    public static final class Client {

        private final SSLContext context;
        private final boolean checksName;

        private Client(SSLContext context, boolean checksName) {
            this.context = context;
            this.checksName = checksName;
        }

        SSLEngine engine(String host, SocketAddress to) {
            int port = to instanceof InetSocketAddress inet ? inet.getPort() : 0;
            var engine = context.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            var parameters = parameters(engine);
            serverName(host).ifPresent(name -> parameters.setServerNames(List.of(name)));
            if (checksName) parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9525
            engine.setSSLParameters(parameters);
            return engine;
        }
    }

    /// Trusts what the system trusts, for the very name that was called.
    public static Client verified() {
        return new Client(context(null, null), true);
    }

    /// Trusts these certificates and what they have signed, for the name that was called.
    public static Client trusting(List<X509Certificate> anchors) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++)
                store.setCertificateEntry("anchor" + i, anchors.get(i));
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new Client(context(null, factory.getTrustManagers()), true);
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new Fault("trust anchors", e);
        }
    }

    /// Decides about a server's certificate that nobody vouches for, or that bears another name.
    @FunctionalInterface
    public interface Judge {

        /// @param why the system does not trust it, in the JDK's words
        boolean trusts(X509Certificate certificate, String why);
    }

    /// Trusts what the system trusts for the very name that was called, and else what the judge does:
    /// a person who was asked, or what was written down when she was.
    public static Client judged(Judge judge) {
        return new Client(context(null, new TrustManager[] {new Judged(judge)}), true);
    }

    /// Encrypts without asking who is there: between mail servers this is still better than clear text
    /// (RFC 7435), and nothing more is claimed.
    public static Client opportunistic() {
        return new Client(context(null, new TrustManager[] {new Anyone()}), false);
    }

    /// As [#opportunistic], for a client that is not ours and wants a context: the JDK's for HTTP.
    public static SSLContext trustingAnyone() {
        return context(null, new TrustManager[] {new Anyone()});
    }

    /// RFC 6066 §3: a name, no address, and without the dot at its end. What is no host name (some have
    /// an underscore in them) is called without.
    private static Optional<SNIServerName> serverName(String host) {
        boolean address =
                host.isEmpty()
                        || host.indexOf(':') >= 0
                        || host.startsWith("[")
                        || Character.isDigit(host.charAt(host.length() - 1));
        if (address) return Optional.empty();
        try {
            return Optional.of(
                    new SNIHostName(
                            host.endsWith(".") ? host.substring(0, host.length() - 1) : host));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static SSLParameters parameters(SSLEngine engine) {
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        return parameters;
    }

    /// A server asks no client for a certificate; null would read those that the system trusts, at the
    /// start.
    private static final TrustManager[] NOBODY = {};

    private static SSLContext context(
            KeyManager @org.jspecify.annotations.Nullable [] keys,
            TrustManager @org.jspecify.annotations.Nullable [] trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new Fault("TLS can't be set up", e);
        }
    }

    private static class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
                throws CertificateException {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind)
                throws CertificateException {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind)
                throws CertificateException {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// What the system says, unless the judge knows better. Only engines come here.
    private static final class Judged extends Anyone {

        private final Judge judge;
        private final X509ExtendedTrustManager system;

        Judged(Judge judge) {
            this.judge = judge;
            this.system = system();
        }

        private static X509ExtendedTrustManager system() {
            try {
                var factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                for (var manager : factory.getTrustManagers())
                    if (manager instanceof X509ExtendedTrustManager found) return found;
            } catch (GeneralSecurityException e) {
                throw new Fault("trust anchors", e);
            }
            throw new Fault("the JDK has no trust manager");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
                throws CertificateException {
            try {
                system.checkServerTrusted(chain, kind, engine);
            } catch (CertificateException untrusted) {
                if (!judge.trusts(chain[0], String.valueOf(untrusted.getMessage())))
                    throw untrusted;
            }
        }
    }
}
