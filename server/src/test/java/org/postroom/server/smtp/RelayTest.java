package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.postroom.names.NameServer;
import org.postroom.names.Resolver;
import org.postroom.names.Zone;
import org.postroom.server.Port;
import org.postroom.server.Settings;
import org.postroom.server.Settings.Route;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The relay that stands in for the queue: two servers, the one's next hop being the other.
class RelayTest {

    private static final String LETTER = "Subject: hello\r\n\r\n.text\r\n";

    @Test
    void aSubmittedLetterIsTheNextHopsBefore250() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            route(here, there, "example.net");
            try (var client = Posting.signIn(here, "ann@example.test")) {
                assertThat(Posting.send(client, "ann@example.test", LETTER, "bob@example.net"))
                        .allMatch(Reply::isPositive);
            }
            assertThat(Posting.inbox(there, "bob@example.net"))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "Return-Path: <ann@example.test>\r\nDelivered-To: bob@example.net\r\n")
                    .containsSubsequence(
                            "Received: from here.example ([127.0.0.1])",
                            "with ESMTPS (TLSv1.3", // opportunistic
                            "Received: from client.example",
                            "with ESMTPA",
                            "Date: ",
                            "Message-ID: <")
                    .endsWith("Subject: hello\r\n\r\n.text\r\n");
        }
    }

    @Test
    void eachRecipientHearsTheNextHopsOwnAnswer() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            there.account("eve@example.net").limit(1L);
            there.deliver("eve@example.net", "x");
            route(here, there, "example.net");
            try (var client = Posting.signIn(here, "ann@example.test")) {
                var replies =
                        Posting.send(
                                client,
                                "ann@example.test",
                                LETTER,
                                "nobody@example.net",
                                "eve@example.net",
                                "bob@example.net",
                                "ann@example.test");
                assertThat(replies).extracting(Reply::code).containsExactly(550, 452, 250, 250);
                assertThat(replies.getFirst().enhanced()).isEqualTo("5.1.1");
            }
            assertThat(Posting.inbox(there, "bob@example.net")).hasSize(1);
            assertThat(Posting.inbox(here, "ann@example.test")).hasSize(1);
        }
    }

    @Test
    void aLetterThatTheNextHopRefusesIsKeptByNobody() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            there.settings(there.settings().withLimits(new Settings.Limits(100, 100, 0, 100)));
            route(here, there, "example.net");
            try (var client = Posting.signIn(here, "ann@example.test")) {
                var replies =
                        Posting.send(
                                client,
                                "ann@example.test",
                                LETTER + "x".repeat(200),
                                "bob@example.net",
                                "ann@example.test");
                assertThat(replies).extracting(Reply::code).containsExactly(552, 552);
            }
            assertThat(Posting.inbox(here, "ann@example.test")).isEmpty();
        }
    }

    @Test
    void anotherHopIsForAnotherTransaction() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse();
                var elsewhere = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            elsewhere.account("eve@example.org");
            route(here, there, "example.net");
            route(here, elsewhere, "example.org");
            try (var client = Posting.signIn(here, "ann@example.test")) {
                var replies =
                        Posting.send(
                                client,
                                "ann@example.test",
                                LETTER,
                                "bob@example.net",
                                "eve@example.org");
                assertThat(replies.getFirst().isPositive()).isTrue();
                assertThat(replies.getLast()).isEqualTo(Reply.ONE_HOP_AT_A_TIME);
                assertThat(Posting.send(client, "ann@example.test", LETTER, "eve@example.org"))
                        .allMatch(Reply::isPositive);
            }
            assertThat(Posting.inbox(elsewhere, "eve@example.org")).hasSize(1);
        }
    }

    // Textbook: M10 mailing list, inside and outside
    @Test
    void anAliasReachesItsMembersInsideAndOutside() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            here.account("tom@example.test");
            there.account("bob@example.net");
            here.alias(
                    "all@example.test", "ann@example.test", "tom@example.test", "bob@example.net");
            route(here, there, "example.net");
            try (var client = Posting.call(here, Port.SMTP)) { // a stranger may write to a list
                assertThat(Posting.send(client, "x@elsewhere.example", LETTER, "all@example.test"))
                        .allMatch(Reply::isPositive);
            }
            await().until(() -> here.house.store().spool().waiting() == 0);
            assertThat(Posting.inbox(here, "ann@example.test")).hasSize(1);
            assertThat(Posting.inbox(here, "tom@example.test")).hasSize(1);
            assertThat(Posting.inbox(there, "bob@example.net")).hasSize(1);
        }
    }

    @Test
    void aHopThatDoesNotAnswerIsForLater() throws Exception {
        try (var here = new TestHouse()) {
            int port = freePort();
            here.account("ann@example.test");
            addRoute(here, new Route("example.net", Optional.of("127.0.0.1"), Optional.of(port)));
            try (var client = Posting.signIn(here, "ann@example.test")) {
                assertThat(Posting.send(client, "ann@example.test", LETTER, "bob@example.net"))
                        .containsExactly(Reply.NO_ANSWER);
            }
        }
    }

    /// RFC 5321 §5.1, RFC 7505 §3, TRAPS T13: two MX of which one is dead, a null MX, no domain, a way
    /// back here.
    // Textbook: M9 routing by DNS
    @Test
    void theMxRecordsChooseTheHost() throws Exception {
        var zone =
                Zone.of(
                                """
                                example.net       MX 10 dead.example.net
                                example.net       MX 20 mx.example.net
                                dead.example.net  A  127.0.0.99
                                mx.example.net    A  127.0.0.1
                                null.example      MX 0 .
                                back.example      MX 10 here.example
                                here.example      A  127.0.0.1
                                loop.example      A  127.0.0.1
                                """)
                        .failing("broken.example");
        try (var names = NameServer.of(zone);
                var here = new TestHouse(Resolver.of(List.of(names.address())));
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            int port = there.address(Port.SMTP).getPort();
            name(here);
            addRoute(here, new Route("example.net", Optional.empty(), Optional.of(port)));
            try (var client = Posting.signIn(here, "ann@example.test")) {
                client.mail(Posting.mail("ann@example.test"));
                client.rcpt(Posting.address("bob@example.net"));
                client.data(Posting.stream(LETTER));
                client.mail(Posting.mail("ann@example.test"));
                refused(() -> client.rcpt(Posting.address("x@null.example")), Reply.NO_MAIL);
                refused(() -> client.rcpt(Posting.address("x@no.example")), Reply.NO_SUCH_DOMAIN);
                refused(() -> client.rcpt(Posting.address("x@back.example")), Reply.LEADS_BACK);
                refused(() -> client.rcpt(Posting.address("x@loop.example")), Reply.LEADS_BACK);
                refused(
                        () -> client.rcpt(Posting.address("x@broken.example")),
                        Reply.NO_DIRECTIONS);
            }
            assertThat(Posting.inbox(there, "bob@example.net")).hasSize(1);
        }
    }

    private static void refused(ThrowingCallable what, Reply reply) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reply()).isEqualTo(reply));
    }

    private static int freePort() throws IOException {
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return nobody.getLocalPort();
        }
    }

    private static void route(TestHouse from, TestHouse to, String domain) {
        name(from);
        addRoute(
                from,
                new Route(
                        domain,
                        Optional.of("127.0.0.1"),
                        Optional.of(to.address(Port.SMTP).getPort())));
    }

    private static void addRoute(TestHouse house, Route route) {
        var routes = new ArrayList<>(house.settings().routes());
        routes.add(route);
        house.settings(house.settings().withRoutes(routes));
    }

    private static void name(TestHouse house) {
        var server = house.settings().server();
        house.settings(
                house.settings()
                        .withServer(
                                new Settings.Server(
                                        "here.example", server.listen(), server.portOffset())));
    }
}
