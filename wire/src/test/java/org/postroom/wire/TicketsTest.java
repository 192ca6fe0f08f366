package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.security.KeyStore;
import java.security.cert.Certificate;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

class TicketsTest {

    /// TRAPS T5.
    @Test
    void aServerWithoutTicketsLetsNobodyResume() throws Exception {
        assertThat(resumes(Papers.server())).isTrue();
        assertThat(resumes(Papers.server().withoutTickets())).isFalse();
    }

    private static boolean resumes(Tls.Server server) throws Exception {
        var client = trusting();
        try (var listener = Listener.tcp(Plans.anywhere(), Plans.of(Plans::echo, server))) {
            long first = greeted(client, listener.port());
            while (System.currentTimeMillis() <= first) Thread.onSpinWait();
            return greeted(client, listener.port()) <= first;
        }
    }

    /// When the session began that the connection has.
    private static long greeted(SSLContext client, int port) throws Exception {
        try (var socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
            while (socket.getInputStream().read() != '\n') {} // a ticket comes before it, if any
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            return socket.getSession().getCreationTime();
        }
    }

    private static SSLContext trusting() throws Exception {
        var none = KeyStore.getInstance(KeyStore.getDefaultType());
        none.load(null, null);
        return trusting(none);
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("mail", Papers.certificate(Papers.MAIL));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, new char[0]);
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /// TRAPS T6: one who has a certificate is not asked for it, so it can't be wrong.
    @Test
    void nobodyIsAskedForACertificate() throws Exception {
        var keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        keys.setKeyEntry(
                "client",
                Papers.OTHER.key(),
                new char[0],
                Papers.OTHER.chain().toArray(Certificate[]::new));
        var client = trusting(keys);
        try (var listener = Listener.tcp(Plans.anywhere(), Plans.of(Plans::echo, Papers.server()));
                var socket =
                        (SSLSocket)
                                client.getSocketFactory()
                                        .createSocket("127.0.0.1", listener.port())) {
            while (socket.getInputStream().read() != '\n') {}
            assertThat(socket.getSession().getLocalCertificates()).isNull();
        }
    }
}
