package org.postroom.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.postroom.queue.Route;
import org.postroom.server.Port;
import org.postroom.server.Settings;
import org.postroom.server.Settings.Fetch;
import org.postroom.server.Settings.Fetch.Way;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.Reply;

import java.util.List;
import java.util.Optional;

/// Two servers, of which one has letters for the other's domains: both ends are ours.
class FetchingTest {

    private static final String LETTER = "Subject: hello\r\n\r\nIt waited.\r\n";

    /// RFC 2645 §5.3, RFC 821 §3.8
    @Test
    void theOnesLettersAreHandedOverByTheConnectionThatTheOtherOpened() throws Exception {
        for (var way : List.of(Way.ATRN, Way.TURN))
            try (var provider = new TestHouse();
                    var customer = new TestHouse()) {
                provider.account("customer@provider.example");
                provider.account("eve@provider.example");
                provider.collected("branch.example", "customer@provider.example");
                provider.collected("other.example", "customer@provider.example");
                provider.settings(provider.settings().withSmtp(new Settings.Smtp(true, false)));
                customer.account("ann@branch.example");
                customer.account("bob@other.example");
                var fetch = fetch(provider, way, Port.ODMR);
                assertThat(Fetching.fetch(customer.house, fetch))
                        .isEqualTo("127.0.0.1 has no mail for us.");
                post(provider, "ann@branch.example");
                post(provider, "ann@branch.example", "bob@other.example", "no@other.example");
                assertThat(provider.house.queue().waiting()).isEqualTo(2);
                assertThat(Fetching.fetch(customer.house, fetch))
                        .isEqualTo("127.0.0.1 has given us 3 letters.");
                assertThat(Posting.inbox(customer, "ann@branch.example")).hasSize(2);
                assertThat(Posting.inbox(customer, "bob@other.example"))
                        .singleElement()
                        .asString()
                        .contains("with ESMTPS");
                // what the customer refuses comes back to its sender
                await().until(() -> Posting.inbox(provider, "eve@provider.example").size() == 1);
                assertThat(provider.house.queue().waiting()).isZero();
            }
    }

    /// RFC 1985 §3
    @Test
    void afterEtrnTheProviderCalls() throws Exception {
        try (var provider = new TestHouse();
                var customer = new TestHouse()) {
            customer.account("ann@branch.example");
            int at = customer.address(Port.SMTP).getPort();
            customer.drain(Port.SMTP);
            RelayTest.route(provider, customer, "branch.example");
            provider.account("eve@provider.example");
            try (var client = Posting.signIn(provider, "eve@provider.example")) {
                assertThat(
                                Posting.send(
                                        client,
                                        "eve@provider.example",
                                        LETTER,
                                        "ann@branch.example"))
                        .allMatch(Reply::isPositive);
            }
            await().until(() -> tried(provider) > 0);
            customer.reopen(Port.SMTP, at);
            var fetch = fetch(provider, Way.ETRN, Port.SMTP);
            assertThat(Fetching.fetch(customer.house, fetch)).contains("is on its way");
            await().until(() -> Posting.inbox(customer, "ann@branch.example").size() == 1);
        }
    }

    /// A password is said to the host that it is for, and TURN's peers have to know each other.
    @Test
    void whoCantProveItselfIsToldNoPassword() throws Exception {
        try (var provider = new TestHouse();
                var customer = new TestHouse()) {
            var plain = fetch(provider, Way.ATRN, Port.ODMR);
            var route = plain.from();
            var verified =
                    new Fetch(
                            new Route(
                                    route.domain(),
                                    route.host(),
                                    route.port(),
                                    Way.ATRN.tls,
                                    route.credentials(),
                                    Optional.empty(),
                                    false),
                            Way.ATRN,
                            List.of(),
                            Optional.empty());
            assertThatThrownBy(() -> Fetching.fetch(customer.house, verified))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reply().enhanced()).isEqualTo("4.7.4"));
            assertThat(provider.journal()).noneMatch(entry -> entry.event().equals("sign-in"));
        }
    }

    private static Fetch fetch(TestHouse provider, Way way, Port port) {
        var route =
                new Route(
                        "*",
                        Optional.of("127.0.0.1"),
                        Optional.of(provider.address(port).getPort()),
                        Route.Security.OPPORTUNISTIC,
                        way == Way.ETRN
                                ? Optional.empty()
                                : Optional.of(
                                        new Route.Credentials(
                                                "customer@provider.example", TestHouse.PASSWORD)),
                        Optional.empty(),
                        false);
        var domains = way == Way.ETRN ? List.of("branch.example") : List.<String>of();
        return new Fetch(route, way, domains, Optional.empty());
    }

    private static void post(TestHouse provider, String... recipients) throws Exception {
        try (var client = Posting.call(provider, Port.SMTP)) {
            assertThat(Posting.send(client, "eve@provider.example", LETTER, recipients))
                    .allMatch(Reply::isPositive);
        }
    }

    private static int tried(TestHouse house) {
        return house.house.queue().desk().list(Optional.empty(), 10).stream()
                .mapToInt(entry -> entry.attempts())
                .sum();
    }
}
