package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.security.KeyStore;

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
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("mail", Papers.certificate(Papers.MAIL));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
