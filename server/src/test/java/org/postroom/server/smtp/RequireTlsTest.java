package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.names.NameServer;
import org.postroom.names.Resolver;
import org.postroom.names.Zone;
import org.postroom.queue.Route;
import org.postroom.sasl.ClientExchange;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Command;
import org.postroom.smtp.ForwardPath;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Reply;
import org.postroom.smtp.ReversePath;
import org.postroom.wire.Tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// RFC 8689: a letter that goes under TLS only, all the way, or comes back.
class RequireTlsTest {

    private static final String LETTER = "Subject: sealed\r\n\r\n.text\r\n";

    private final Zone zone =
            Zone.of(
                            """
                            signed.example    MX 10 mx.signed.example
                            mx.signed.example A  127.0.0.1
                            two.example       MX 10 other.example
                            two.example       MX 20 mx.signed.example
                            other.example     A  127.0.0.1
                            stranger.example  MX 10 other.example
                            plain.example     MX 10 mx.signed.example
                            forged.example    MX 10 mx.signed.example
                            """)
                    .signed("plain.example")
                    .forged("forged.example");
    private final NameServer names = NameServer.of(zone);
    private final TestHouse here;
    private final TestHouse there;

    RequireTlsTest() throws Exception {
        here = new TestHouse(Resolver.trusting(zone.anchor(), List.of(names.address())));
        there = new TestHouse();
    }

    @BeforeEach
    void twoServers() throws Exception {
        here.account("ann@example.test");
        there.certify("mx.signed.example");
        here.trust(there);
        for (var domain : List.of("signed.example", "two.example", "plain.example")) {
            there.account("bob@" + domain);
            to(domain, there.address(Port.SMTP).getPort());
        }
        to("stranger.example", there.address(Port.SMTP).getPort());
        to("forged.example", there.address(Port.SMTP).getPort());
    }

    @AfterEach
    void close() throws Exception {
        here.close();
        there.close();
        names.close();
    }

    private void to(String domain, int port) {
        var routes = new ArrayList<>(here.settings().routes());
        routes.add(Route.to(domain, Optional.empty(), Optional.of(port)));
        here.settings(here.settings().withRoutes(routes));
    }

    // RFC 8689 §4.2.1
    @Test
    void itGoesWhereTheNameIsSignedTheCertificateIsRightAndTheNextHopPromises() throws Exception {
        send(sealed(), LETTER, "bob@signed.example", "bob@two.example");
        RelayTest.delivered(here);
        for (var domain : List.of("signed.example", "two.example"))
            assertThat(Posting.inbox(there, "bob@" + domain))
                    .singleElement()
                    .asString()
                    .contains("with ESMTPS (TLSv1.3");
        assertThat(Posting.inbox(here, "ann@example.test")).isEmpty();
        assertThat(there.journal()).anyMatch(entry -> entry.event().equals("letter"));
    }

    // RFC 8689 §4.2.1, §5
    @Test
    void itComesBackWithoutItsTextFromWhereThatIsNotSo() throws Exception {
        send(sealed(), LETTER, "bob@plain.example", "bob@stranger.example");
        await().until(() -> Posting.inbox(here, "ann@example.test").size() == 2);
        assertThat(Posting.inbox(there, "bob@plain.example")).isEmpty();
        var bounces = String.join("", Posting.inbox(here, "ann@example.test"));
        assertThat(bounces)
                .contains("bob@plain.example\r\nAction: failed\r\nStatus: 5.7.30\r\n")
                .contains("bob@stranger.example\r\nAction: failed\r\nStatus: 5.7.10\r\n")
                .doesNotContain(".text");
        // signatures that are wrong may be mended
        send(sealed(), LETTER, "bob@forged.example");
        await().until(() -> RelayTest.attempts(here) == 1);
    }

    // RFC 8689 §4.2.1: no promise, no letter; and none in clear text
    @Test
    void aServerWithoutRequiretlsOrTlsGetsNothing() throws Exception {
        try (var old = new PlainServer()) {
            here.settings(here.settings().withRoutes(List.of()));
            to("signed.example", old.port());
            send(sealed(), LETTER, "bob@signed.example");
            await().until(() -> Posting.inbox(here, "ann@example.test").size() == 1);
            assertThat(Posting.inbox(here, "ann@example.test").getFirst())
                    .contains("Status: 5.7.10");
            assertThat(old.heard()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    // RFC 8689 §5: a notice is not lost because the way back is worse
    @Test
    void aNoticeGoesWithoutWhereItHasTo() throws Exception {
        send(new NullPath(), LETTER, "bob@plain.example");
        RelayTest.delivered(here);
        assertThat(Posting.inbox(there, "bob@plain.example")).hasSize(1);
    }

    // RFC 8689 §3, §4.1, §4.2.2, §A.2, as printed but for the domains
    @Test
    void aLetterThatSaysSoGoesInClearText() throws Exception {
        var report =
                """
                From: Roger Reporter <ann@example.test>
                To: Andy Admin <bob@signed.example>
                Subject: Certificate problem?
                TLS-Required: No
                Date: Fri, 18 Jan 2019 10:26:55 -0800
                Message-ID: <5c421a6f79c0e_d153ff8286d45c468473@mail.example.org>

                Andy, there seems to be a problem with the TLS certificate
                on your mail server. Are you aware of this?

                Roger
                """
                        .replace("\n", "\r\n");
        try (var old = new PlainServer()) {
            here.settings(here.settings().withRoutes(List.of()));
            to("signed.example", old.port());
            send(Posting.address("ann@example.test"), false, report, "bob@signed.example");
            RelayTest.delivered(here);
            assertThat(old.heard()).contains("TLS-Required: No");
            // the parameter counts, and not the field (RFC 8689 §4.1)
            send(sealed(), report, "bob@signed.example");
            await().until(() -> Posting.inbox(here, "ann@example.test").size() == 1);
        }
    }

    private static ReversePath sealed() throws Exception {
        return Posting.address("ann@example.test");
    }

    private void send(ReversePath from, String letter, String... to) throws Exception {
        send(from, true, letter, to);
    }

    private void send(ReversePath from, boolean sealed, String letter, String... to)
            throws Exception {
        try (var client = Posting.call(here, Port.SUBMISSION)) {
            client.starttls(Tls.opportunistic(), "localhost");
            client.hello("client.example");
            client.auth(ClientExchange.plain("ann@example.test", TestHouse.PASSWORD));
            var mail = new Command.Mail(from, MailParameters.NONE.withRequireTls(sealed));
            var recipients = new ArrayList<ForwardPath>();
            for (var one : to) recipients.add(Posting.address(one));
            assertThat(client.send(mail, recipients, Posting.stream(letter)))
                    .allMatch(Reply::isPositive);
        }
    }
}
