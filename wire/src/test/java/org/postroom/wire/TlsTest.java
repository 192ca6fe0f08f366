package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.wire.Both.apart;
import static org.postroom.wire.Both.done;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

class TlsTest {

    /// A client of the JDK's own over a bare socket, set up as a test needs it.
    private static SSLSocket jdk(Socket socket, String host, String... versions) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        if (!(context.getSocketFactory().createSocket(socket, host, 1, true)
                instanceof SSLSocket tls)) throw new AssertionError();
        var parameters = tls.getSSLParameters();
        if (!host.isEmpty()) parameters.setServerNames(List.of(new SNIHostName(host)));
        tls.setSSLParameters(parameters);
        if (versions.length > 0) tls.setEnabledProtocols(versions);
        return tls;
    }

    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void bothSidesAgree() throws Exception {
        try (var both = Both.openTls(Ends.LIMITS)) {
            assertThat(both.server().tls()).isEqualTo(both.client().tls());
            assertThat(both.server().tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
            both.client().say(Line.of("EHLO a"));
            both.client().flush();
            assertThat(both.server().line().text()).isEqualTo("EHLO a");
            both.server().say(Line.of("250 b"));
            both.server().flush();
            assertThat(both.client().line().text()).isEqualTo("250 b");
        }
    }

    // RFC 8996 §2
    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.2, true", "TLSv1.1, false"})
    void whatIsOldIsRefused(String version, boolean served) throws Exception {
        try (var ends = Ends.open();
                var tls = jdk(ends.peer(), "mail.example.test", version)) {
            var server = apart(() -> secured(ends.wire()));
            if (served) {
                tls.startHandshake();
                assertThat(done(server)).isTrue();
                assertThat(ends.wire().tls().orElseThrow().protocol()).isEqualTo(version);
            } else {
                assertThatThrownBy(tls::startHandshake).isInstanceOf(java.io.IOException.class);
            }
        }
    }

    private static boolean secured(Wire wire) throws Departure {
        wire.secure(Papers.server());
        return true;
    }

    /// Bodies of many records, both ways at once, over either version, by an independent client.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bigBodiesPassBothWaysAtOnce(String version) throws Exception {
        var body = new byte[400_001];
        new Random(7).nextBytes(body);
        try (var ends = Ends.open();
                var tls = jdk(ends.peer(), "mail.example.test", version)) {
            var shaken = apart(() -> secured(ends.wire()));
            tls.startHandshake();
            done(shaken);
            var wire = ends.wire();
            var kept = new Ends.Kept();
            var heard =
                    apart(() -> {
                        wire.counted(body.length, kept);
                        return kept.text();
                    });
            var said =
                    apart(() -> {
                        wire.counted(new ByteArrayInputStream(body), body.length);
                        wire.flush();
                        return true;
                    });
            var wrote =
                    apart(() -> {
                        tls.getOutputStream().write(body);
                        return true;
                    });
            assertThat(tls.getInputStream().readNBytes(body.length)).isEqualTo(body);
            assertThat(done(said) && done(wrote)).isTrue();
            assertThat(done(heard)).isEqualTo(Ends.latin(body));
            wire.close(); // the JDK's client waits for it
        }
    }

    @Test
    void bigBodiesPassBetweenTwoWires() throws Exception {
        var body = new byte[600_003];
        new Random(8).nextBytes(body);
        try (var both = Both.openTls(Ends.LIMITS)) {
            var said =
                    apart(() -> {
                        both.client().write(body, 0, body.length);
                        both.client().close();
                        return true;
                    });
            var kept = new Ends.Kept();
            var buffer = new byte[10_000];
            int n = both.server().read(buffer, 0, buffer.length);
            for (; n >= 0; n = both.server().read(buffer, 0, buffer.length))
                kept.write(buffer, 0, n);
            assertThat(done(said)).isTrue();
            assertThat(kept.text()).isEqualTo(Ends.latin(body));
            assertThat(both.server().endedCleanly()).isTrue();
        }
    }

    // TRAPS F12, F20; RFC 8446 §6.1
    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void anEndWithoutCloseNotifyIsSeen(String version, boolean announced) throws Exception {
        try (var ends = Ends.open();
                var tls = jdk(ends.peer(), "mail.example.test", version)) {
            var shaken = apart(() -> secured(ends.wire()));
            tls.startHandshake();
            done(shaken);
            tls.getOutputStream().write(new byte[1000]);
            if (announced) tls.shutdownOutput();
            else ends.peer().shutdownOutput(); // FIN under TLS's feet
            var buffer = new byte[4096];
            int sum = 0;
            for (int n = 0; n >= 0; n = ends.wire().read(buffer, 0, buffer.length)) sum += n;
            assertThat(sum).isEqualTo(1000);
            assertThat(ends.wire().endedCleanly()).isEqualTo(announced);
        }
    }

    @Test
    void weAnnounceOurOwnEnd() throws Exception {
        try (var ends = Ends.open();
                var tls = jdk(ends.peer(), "mail.example.test")) {
            var shaken = apart(() -> secured(ends.wire()));
            tls.startHandshake();
            done(shaken);
            ends.wire().say(Line.of("bye"));
            ends.wire().close();
            // the JDK's socket throws where close_notify is missing
            assertThat(Ends.latin(tls.getInputStream().readAllBytes())).isEqualTo("bye\r\n");
        }
    }

    // TRAPS T3
    @Test
    void plaintextBehindStarttlsClosesWithoutAReply() throws Exception {
        try (var ends = Ends.open()) {
            ends.send("STARTTLS\r\nRCPT TO:<a@example.test>\r\n");
            assertThat(ends.wire().line().text()).isEqualTo("STARTTLS");
            ends.wire().say(Line.of("220 go"));
            assertThatThrownBy(() -> ends.wire().secure(Papers.server()))
                    .isInstanceOf(Departure.class)
                    .extracting(e -> ((Departure) e).kind())
                    .isEqualTo(Departure.Kind.GONE);
            ends.wire().close();
            assertThat(ends.hearAll()).isEqualTo("220 go\r\n");
        }
    }

    // TRAPS T3: nor is it a command when it comes late
    @Test
    void plaintextInsteadOfAHandshakeIsNoCommand() throws Exception {
        try (var ends = Ends.open()) {
            ends.send("RCPT TO:<a@example.test>\r\n");
            assertThatThrownBy(() -> ends.wire().secure(Papers.server()))
                    .isInstanceOf(Departure.class);
            assertThat(ends.wire().isSecured()).isFalse();
        }
    }

    // RFC 6066 §3, TRAPS T7
    @ParameterizedTest
    @CsvSource({
        "mail.example.test,  CN=mail.example.test",
        "OTHER.example.test, CN=other.example.test",
        "a.wild.test,        CN=other.example.test",
        "a.b.wild.test,      CN=mail.example.test",
        "unknown.test,       CN=mail.example.test",
        "'',                 CN=mail.example.test",
    })
    void theNameChoosesTheCertificate(String name, String subject) throws Exception {
        for (var version : List.of("TLSv1.3", "TLSv1.2"))
            try (var ends = Ends.open();
                    var tls = jdk(ends.peer(), name, version)) {
                var shaken = apart(() -> secured(ends.wire()));
                tls.startHandshake();
                done(shaken);
                assertThat(subject(tls)).isEqualTo(subject);
            }
    }

    private static String subject(SSLSocket tls) throws Exception {
        return tls.getSession().getPeerPrincipal().getName();
    }

    @Test
    void aReloadCountsFromTheNextHandshakeAndDropsNobody() throws Exception {
        var certificates = new Certificates(List.of(Papers.MAIL));
        var server = new Tls.Server(certificates);
        try (var before = Both.open().secure(server, Papers.TRUSTING, "mail.example.test")) {
            certificates.replace(List.of(Papers.RSA));
            assertThat(certificates.certificate()).isEqualTo(Papers.certificate(Papers.RSA));
            try (var after = Both.open().secure(server, Papers.TRUSTING, "rsa.example.test")) {
                assertThat(after.client().isSecured()).isTrue();
            }
            before.client().say(Line.of("NOOP"));
            before.client().flush();
            assertThat(before.server().line().text()).isEqualTo("NOOP");
        }
    }

    // RFC 9525 §6.3
    @Test
    void aClientThatChecksLeavesWhoHasAnotherName() throws Exception {
        try (var both = Both.open()) {
            var client = apart(() -> both.client().tls());
            done(client);
            assertThatThrownBy(
                            () -> both.secure(Papers.server(), Papers.TRUSTING, "elsewhere.test"))
                    .isInstanceOf(Departure.class);
        }
        try (var both = Both.open()) {
            both.secure(Papers.server(), Tls.opportunistic(), "elsewhere.test");
            assertThat(both.client().isSecured()).isTrue();
        }
    }

    // RFC 7301 §3.2, TRAPS T41
    @Test
    void aClientThatOffersOnlyAnotherProtocolIsRefused() throws Exception {
        for (var offered :
                List.of(List.of("h2", "http/1.1"), List.of("http/1.1", "imap"), List.<String>of()))
            try (var ends = Ends.open();
                    var tls = jdk(ends.peer(), "mail.example.test")) {
                var parameters = tls.getSSLParameters();
                parameters.setApplicationProtocols(offered.toArray(String[]::new));
                tls.setSSLParameters(parameters);
                var shaken = apart(() -> securedFor(ends.wire(), "imap"));
                if (offered.contains("h2")) {
                    assertThatThrownBy(tls::startHandshake)
                            .isInstanceOf(java.io.IOException.class)
                            .hasMessageContaining("no_application_protocol");
                    assertThatThrownBy(() -> done(shaken)).isInstanceOf(Departure.class);
                } else {
                    tls.startHandshake();
                    assertThat(done(shaken)).isEqualTo(offered.isEmpty() ? "" : "imap");
                }
            }
    }

    private static String securedFor(Wire wire, String application) throws Departure {
        wire.secure(Papers.server(application));
        return wire.tls().orElseThrow().application();
    }

    @Test
    void rubbishInsteadOfTlsEndsQuietly() throws Exception {
        var random = new Random(3);
        for (int i = 0; i < 30; i++)
            try (var ends = Ends.open()) {
                var rubbish = new byte[random.nextInt(2000)];
                random.nextBytes(rubbish);
                if (i % 2 == 0 && rubbish.length > 3) { // dressed as a handshake record
                    rubbish[0] = 22;
                    rubbish[1] = 3;
                    rubbish[2] = 1;
                }
                ends.peer().getOutputStream().write(rubbish);
                ends.finish();
                assertThatThrownBy(() -> ends.wire().secure(Papers.server()))
                        .isInstanceOf(Departure.class);
            }
    }

    /// One client that is not the JDK.
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void opensslAgreesWithUs(String version) throws Exception {
        Peers.need("openssl");
        var lines = new ArrayList<String>();
        var plan =
                Plans.of(
                        wire -> {
                            wire.say(Line.of("220 ready"));
                            wire.say(Line.of("250 " + wire.line().text()));
                        },
                        Papers.server("smtp"));
        try (var listener = Listener.tcp(Plans.anywhere(), plan)) {
            var openssl =
                    new ProcessBuilder(
                                    "openssl",
                                    "s_client",
                                    "-quiet",
                                    "-alpn",
                                    "smtp",
                                    version,
                                    "-servername",
                                    "other.example.test",
                                    "-connect",
                                    InetAddress.getLoopbackAddress().getHostAddress()
                                            + ":"
                                            + listener.port())
                            .redirectErrorStream(true)
                            .start();
            openssl.getOutputStream().write(Ends.octets("EHLO openssl\r\n"));
            openssl.getOutputStream().flush();
            try (InputStream in = openssl.getInputStream()) {
                lines.addAll(Ends.latin(in.readAllBytes()).lines().toList());
            }
            assertThat(openssl.waitFor()).isZero();
        }
        assertThat(lines).contains("220 ready", "250 EHLO openssl");
        assertThat(lines).anyMatch(line -> line.contains("CN = other.example.test"));
    }

    // RFC 5246 §7.2.2: it wedged the session, and what a handshake costs is the server's to pay
    @Test
    void aClientThatWantsANewHandshakeIsSentAway() throws Exception {
        Peers.need("openssl");
        var end = new CompletableFuture<Departure.Kind>();
        var plan =
                Plans.of(
                        wire -> {
                            wire.say(Line.of("220 ready"));
                            wire.say(Line.of("250 " + wire.line().text()));
                            try {
                                wire.line();
                            } catch (Departure refused) {
                                end.complete(refused.kind());
                            }
                        },
                        Papers.server("smtp"));
        try (var listener = Listener.tcp(Plans.anywhere(), plan)) {
            String there = InetAddress.getLoopbackAddress().getHostAddress();
            var openssl =
                    new ProcessBuilder(
                                    "openssl",
                                    "s_client",
                                    "-tls1_2",
                                    "-connect",
                                    there + ":" + listener.port())
                            .redirectErrorStream(true)
                            .start();
            try (var in = openssl.inputReader();
                    var out = openssl.outputWriter()) {
                out.write("NOOP\n");
                out.flush();
                await(in, "250 NOOP");
                out.write("R\n");
                out.flush();
                await(in, "RENEGOTIATING");
                assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(Departure.Kind.GONE);
            } finally {
                openssl.destroy();
            }
        }
    }

    private static void await(BufferedReader in, String expected) throws IOException {
        for (String line = in.readLine(); !expected.equals(line); line = in.readLine())
            assertThat(line).as(expected).isNotNull();
    }
}
