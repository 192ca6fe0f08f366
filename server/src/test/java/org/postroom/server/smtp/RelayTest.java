package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.postroom.names.NameServer;
import org.postroom.names.Resolver;
import org.postroom.names.Zone;
import org.postroom.queue.QueueEntry;
import org.postroom.queue.Route;
import org.postroom.server.Port;
import org.postroom.server.Settings;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.NullPath;
import org.postroom.smtp.Reply;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Letters for elsewhere: two servers, the one's next hop being the other.
class RelayTest {

    private static final String LETTER = "Subject: hello\r\n\r\n.text\r\n";

    @Test
    void aSubmittedLetterIsPassedOnToTheNextHop() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            route(here, there, "example.net");
            send(here, "bob@example.net");
            delivered(here);
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
            assertThat(Posting.inbox(here, "ann@example.test")).isEmpty();
            assertThat(here.house.store().check().sound()).isTrue();
        }
    }

    @Test
    void whatTheNextHopRefusesComesBackAndTheOthersGetTheLetter() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            there.account("eve@example.net").limit(1L);
            there.deliver("eve@example.net", "x");
            route(here, there, "example.net");
            send(
                    here,
                    "nobody@example.net",
                    "eve@example.net",
                    "bob@example.net",
                    "ann@example.test");
            await().until(() -> Posting.inbox(here, "ann@example.test").size() == 2);
            assertThat(Posting.inbox(there, "bob@example.net")).hasSize(1);
            assertThat(here.house.queue().waiting()).isEqualTo(1); // eve's mailbox is full: later
            assertThat(bounce(here))
                    .containsSubsequence(
                            "Return-Path: <>\r\nDelivered-To: ann@example.test\r\n",
                            "From: Mail Delivery <postmaster@here.example>\r\n",
                            "To: ann@example.test\r\n",
                            "Auto-Submitted: auto-replied\r\n", // TRAPS T15
                            "Content-Type: multipart/report; report-type=delivery-status;",
                            "Your letter could not be delivered to:",
                            "  nobody@example.net",
                            "Nobody has that address there.",
                            "127.0.0.1 said: 550 5.1.1 ",
                            "Content-Type: message/delivery-status",
                            "Reporting-MTA: dns; here.example\r\n",
                            "\r\n\r\nFinal-Recipient: rfc822; nobody@example.net\r\n",
                            "Action: failed\r\n",
                            "Status: 5.1.1\r\n",
                            "Remote-MTA: dns; 127.0.0.1\r\n",
                            "Diagnostic-Code: smtp; 550 5.1.1 ",
                            "Content-Type: message/rfc822",
                            "Subject: hello\r\n\r\n.text\r\n")
                    .doesNotContain("eve@");
        }
    }

    @Test
    void aLetterThatIsTooBigForTheNextHopComesBackWithoutBeingSent() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            there.settings(there.settings().withLimits(new Settings.Limits(100, 100, 0, 100)));
            route(here, there, "example.net");
            send(here, "bob@example.net");
            delivered(here);
            assertThat(bounce(here))
                    .contains("The letter is too big for the other server.", "Status: 5.3.4\r\n");
        }
    }

    @Test
    void oneLetterGoesToSeveralServers() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse();
                var elsewhere = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            elsewhere.account("eve@example.org");
            route(here, there, "example.net");
            route(here, elsewhere, "example.org");
            send(here, "bob@example.net", "eve@example.org");
            delivered(here);
            assertThat(Posting.inbox(there, "bob@example.net")).hasSize(1);
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
            delivered(here);
            assertThat(Posting.inbox(here, "ann@example.test")).hasSize(1);
            assertThat(Posting.inbox(here, "tom@example.test")).hasSize(1);
            assertThat(Posting.inbox(there, "bob@example.net")).hasSize(1);
        }
    }

    // RFC 5321 §4.5.5, TRAPS T15
    @Test
    void aLetterFromNobodyIsAnsweredByNone() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            route(here, there, "example.net");
            try (var client = Posting.signIn(here, "ann@example.test")) {
                var mail = new Command.Mail(new NullPath(), MailParameters.NONE);
                assertThat(
                                client.send(
                                        mail,
                                        List.of(Posting.address("nobody@example.net")),
                                        Posting.stream(LETTER)))
                        .allMatch(Reply::isPositive);
            }
            delivered(here);
            assertThat(Posting.inbox(here, "ann@example.test")).isEmpty();
        }
    }

    // RFC 5321 §3.6.2: a relay that its administrator has arranged to be one
    @Test
    void aDomainsBackupTakesItsLettersFromStrangersAndNoOthers() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            here.account("ann@example.test");
            there.account("bob@example.net");
            name(here);
            addRoute(
                    here,
                    new Route(
                            "example.net",
                            Optional.of("127.0.0.1"),
                            Optional.of(there.address(Port.SMTP).getPort()),
                            Route.Security.OPPORTUNISTIC,
                            Optional.empty(),
                            Optional.empty(),
                            true));
            try (var client = Posting.call(here, Port.SMTP)) {
                var replies =
                        Posting.send(
                                client,
                                "eve@elsewhere.example",
                                LETTER,
                                "bob@EXAMPLE.net",
                                "bob@sub.example.net",
                                "bob@example.org");
                assertThat(replies).extracting(Reply::code).containsExactly(250, 550, 550);
            }
            delivered(here);
            assertThat(Posting.inbox(there, "bob@example.net")).hasSize(1);
        }
    }

    @Test
    void aHopThatDoesNotAnswerIsTriedAgain() throws Exception {
        try (var here = new TestHouse();
                var there = new TestHouse()) {
            int port = freePort();
            here.account("ann@example.test");
            there.account("bob@example.net");
            addRoute(here, Route.to("example.net", Optional.of("127.0.0.1"), Optional.of(port)));
            send(here, "bob@example.net");
            await().until(() -> attempts(here) == 1);
            here.settings(here.settings().withRoutes(List.of()));
            route(here, there, "example.net");
            here.house.queue().hurry("example.net");
            delivered(here);
            assertThat(Posting.inbox(there, "bob@example.net")).hasSize(1);
        }
    }

    /// RFC 5321 §5.1, RFC 7505 §3, TRAPS T13: two MX of which one is dead, an address alone, a null MX,
    /// no domain, names that lead round in circles, a way back here.
    // Textbook: M9 routing by DNS
    @Test
    void theMxRecordsChooseTheHost() throws Exception {
        var zone =
                Zone.of(
                                """
                                two.example       MX 10 dead.example
                                two.example       MX 20 mx.example
                                dead.example      A  127.0.0.99
                                mx.example        A  127.0.0.1
                                alone.example     A  127.0.0.1
                                worse.example     MX 10 mx.example
                                worse.example     MX 20 here.example
                                worse.example     MX 30 dead.example
                                null.example      MX 0 .
                                circle.example    CNAME round.example
                                round.example     CNAME circle.example
                                mxloop.example    MX 10 circle.example
                                back.example      MX 10 here.example
                                here.example      A  127.0.0.1
                                loop.example      A  127.0.0.1
                                """)
                        .failing("broken.example");
        try (var names = NameServer.of(zone);
                var here = new TestHouse(Resolver.of(List.of(names.address())));
                var there = new TestHouse()) {
            here.account("ann@example.test");
            for (var domain : List.of("two.example", "alone.example", "worse.example")) {
                there.account("bob@" + domain);
                int port = there.address(Port.SMTP).getPort();
                addRoute(here, Route.to(domain, Optional.empty(), Optional.of(port)));
            }
            name(here);
            send(
                    here,
                    "bob@two.example",
                    "bob@alone.example",
                    "bob@worse.example",
                    "x@null.example",
                    "x@no.example",
                    "x@back.example",
                    "x@loop.example",
                    "x@circle.example",
                    "x@mxloop.example",
                    "x@broken.example");
            await().until(() -> bounces(here).size() == 4);
            await().until(() -> attempts(here) == 3);
            for (var domain : List.of("two.example", "alone.example", "worse.example"))
                await().until(() -> Posting.inbox(there, "bob@" + domain).size() == 1);
            assertThat(statuses(here))
                    .containsEntry("x@null.example", "5.1.10")
                    .containsEntry("x@no.example", "5.1.2")
                    .containsEntry("x@back.example", "5.4.6")
                    .containsEntry("x@loop.example", "5.4.6")
                    .hasSize(4);
            // what name servers stumble over may be mended: it is tried again
            for (var waiting :
                    here.house.queue().desk().list(Optional.empty(), 1).getFirst().recipients())
                assertThat(waiting.said()).startsWith("451 4.4.3 ");
        }
    }

    static void send(TestHouse here, String... recipients) throws Exception {
        try (var client = Posting.signIn(here, "ann@example.test")) {
            assertThat(Posting.send(client, "ann@example.test", LETTER, recipients))
                    .allMatch(Reply::isPositive);
        }
    }

    static void delivered(TestHouse house) {
        await().until(() -> house.house.queue().waiting() == 0);
    }

    static int attempts(TestHouse house) {
        return house.house.queue().desk().list(Optional.empty(), 10).stream()
                .mapToInt(QueueEntry::attempts)
                .sum();
    }

    private static List<String> bounces(TestHouse here) throws Exception {
        return Posting.inbox(here, "ann@example.test").stream()
                .filter(letter -> letter.startsWith("Return-Path: <>"))
                .toList();
    }

    private static String bounce(TestHouse here) throws Exception {
        return assertThat(bounces(here)).singleElement().asString().actual();
    }

    private static Map<String, String> statuses(TestHouse here) throws Exception {
        var statuses = new HashMap<String, String>();
        for (var bounce : bounces(here))
            statuses.put(between(bounce, "Final-Recipient: rfc822; "), between(bounce, "Status: "));
        return statuses;
    }

    private static String between(String letter, String before) {
        int from = letter.indexOf(before) + before.length();
        return letter.substring(from, letter.indexOf("\r\n", from));
    }

    private static int freePort() throws IOException {
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return nobody.getLocalPort();
        }
    }

    static void route(TestHouse from, TestHouse to, String domain) {
        name(from);
        addRoute(
                from,
                Route.to(
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
