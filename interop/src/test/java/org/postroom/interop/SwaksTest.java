package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// swaks, the tester's own SMTP client.
final class SwaksTest {

    @Test
    void aLetterFromAnotherServerArrives() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        Letters.send(server, ann, "swaks", "by swaks");
        assertThat(Letters.newest(server, ann, "INBOX"))
                .contains(
                        "Return-Path: <ann@example.org>",
                        "Received: from ",
                        "Subject: swaks",
                        "by swaks");
    }

    @Test
    void starttlsIsAgreed() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        Peer.of("swaks", "--server", "127.0.0.1:" + server.port(25), "--tls", "--to", ann)
                .run()
                .succeeded()
                .says("~> QUIT", "TLS started");
    }

    @Test
    void submissionTakesEachMechanism() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        for (var mechanism : new String[] {"PLAIN", "LOGIN"})
            Peer.of(
                            "swaks",
                            "--server",
                            "127.0.0.1:" + server.port(587),
                            "--tls",
                            "--auth",
                            mechanism,
                            "--auth-user",
                            ann,
                            "--auth-password",
                            Served.PASSWORD,
                            "--from",
                            ann,
                            "--to",
                            ann)
                    .run()
                    .succeeded()
                    .says("235");
        Peer.of(
                        "swaks",
                        "--server",
                        "127.0.0.1:" + server.port(465),
                        "--tlsc",
                        "--auth",
                        "PLAIN",
                        "--auth-user",
                        ann,
                        "--auth-password",
                        server.appPassword(ann),
                        "--from",
                        ann,
                        "--to",
                        ann)
                .run()
                .succeeded();
    }

    @Test
    void aStrangerRelaysNothing() throws Exception {
        var server = Served.shared();
        Peer.of("swaks", "--server", "127.0.0.1:" + server.port(25), "--to", "x@example.org")
                .run()
                .says("550");
    }

    @Test
    void lmtpAnswersForEachRecipient() throws Exception {
        var server = Served.shared();
        var ann = server.account();
        var bob = server.account();
        Peer.of(
                        "swaks",
                        "--protocol",
                        "LMTP",
                        "--server",
                        "127.0.0.1:" + server.port(24),
                        "--to",
                        ann + "," + bob)
                .run()
                .succeeded();
        assertThat(Letters.newest(server, bob, "INBOX")).contains("This is a test mailing");
    }
}
