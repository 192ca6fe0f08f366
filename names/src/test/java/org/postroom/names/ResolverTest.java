package org.postroom.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.names.Answer.Failed;
import org.postroom.names.Answer.Found;
import org.postroom.names.Answer.NoData;
import org.postroom.names.Answer.NoName;
import org.postroom.names.Exchangers.Known;
import org.postroom.names.Exchangers.None;
import org.postroom.names.Exchangers.Reason;
import org.postroom.names.Exchangers.Unknown;
import org.postroom.wire.Fault;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A resolver and a name server, by real questions and answers over loopback.
class ResolverTest {

    private static final Zone ZONE =
            Zone.of(
                            """
                            example.test            MX    20 second.example.test
                            example.test            MX    10 First.Example.test
                            first.example.test      A     127.0.0.2
                            first.example.test      AAAA  ::1
                            second.example.test     A     127.0.0.3
                            equal.test              MX    5 first.example.test
                            equal.test              MX    5 second.example.test
                            null.test               MX    0 .
                            mixed.test              MX    0 .
                            mixed.test              MX    10 second.example.test
                            host.test               A     127.0.0.4
                            text.test               TXT   "v=spf1 " "-all"
                            empty.below.test        A     127.0.0.5
                            alias.test              CNAME example.test
                            round.test              CNAME about.test
                            about.test              CNAME round.test
                            lost.test               MX    1 nowhere.test
                            half.test               MX    1 broken.test
                            half.test               MX    2 second.example.test
                            bad.test                MX    1 broken.test
                            aliased.test            MX    1 name.test
                            name.test               CNAME host.test
                            2.0.0.127.in-addr.arpa  PTR   first.example.test
                            """)
                    .failing("broken.test")
                    .failing("servfail.test")
                    .silent("silent.test");

    private static final NameServer SERVER = NameServer.of(ZONE);
    private static final Resolver RESOLVER = resolver(SERVER);

    @AfterAll
    static void end() {
        SERVER.close();
    }

    private static Resolver resolver(NameServer server) {
        return Resolver.of(List.of(server.address()), Duration.ofSeconds(10));
    }

    private static Exchanger exchanger(String host, int preference, String... addresses) {
        return new Exchanger(
                host, preference, List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
    }

    private static final Exchanger SECOND = exchanger("second.example.test", 20, "127.0.0.3");

    // RFC 5321 §5.1
    @Test
    void theMorePreferredHostComesFirst() {
        var known =
                new Known(List.of(exchanger("first.example.test", 10, "127.0.0.2", "::1"), SECOND));
        assertThat(RESOLVER.exchangers("example.test")).isEqualTo(known);
        assertThat(RESOLVER.exchangers("EXAMPLE.Test.")).isEqualTo(known);
        assertThat(RESOLVER.exchangers("alias.test")).isEqualTo(known);
    }

    // RFC 5321 §5.1: MUST randomize them to spread the load
    @Test
    void equalsComeInAnyOrder() {
        var firsts = new HashSet<String>();
        for (int i = 0; i < 64 && firsts.size() < 2; i++)
            if (RESOLVER.exchangers("equal.test") instanceof Known(var inOrder))
                firsts.add(inOrder.get(0).host());
        assertThat(firsts).hasSize(2);
    }

    // RFC 5321 §5.1
    @Test
    void aDomainWithoutExchangerIsItsOwn() {
        assertThat(RESOLVER.exchangers("host.test"))
                .isEqualTo(new Known(List.of(exchanger("host.test", 0, "127.0.0.4"))));
    }

    // RFC 7505 §3, TRAPS T13
    @Test
    void aNullExchangerRefusesAllMail() {
        assertThat(RESOLVER.exchangers("null.test")).isEqualTo(new None(Reason.NULL_MX));
        assertThat(RESOLVER.exchangers("mixed.test"))
                .isEqualTo(new Known(List.of(exchanger("second.example.test", 10, "127.0.0.3"))));
    }

    @ParameterizedTest
    @CsvSource({
        "absent.test,     NO_DOMAIN",
        "text.test,       NO_ADDRESS", // exists, and has neither MX nor address
        "below.test,      NO_ADDRESS", // exists by what stands below it
        "lost.test,       NO_ADDRESS", // its MX names a host that does not exist
        "'a b.test',      NO_DOMAIN",
        "'',              NO_DOMAIN",
        "..,              NO_DOMAIN",
        "bücher.test,     NO_DOMAIN",
        "a\\046b.test,    NO_DOMAIN",
        "[127.0.0.256],   NO_DOMAIN",
        "[IPv6:::1%lo],   NO_DOMAIN",
    })
    void whatWillNeverTakeMailIsToldFromWhatMayLater(String domain, Reason reason) {
        assertThat(RESOLVER.exchangers(domain)).isEqualTo(new None(reason));
    }

    @Test
    void aLabelBeyondTheLimitIsNoName() {
        assertThat(RESOLVER.exchangers("x".repeat(64) + ".test"))
                .isEqualTo(new None(Reason.NO_DOMAIN));
        assertThat(RESOLVER.exchangers("x.".repeat(200) + "test"))
                .isEqualTo(new None(Reason.NO_DOMAIN));
    }

    // RFC 5321 §5.1: a temporary error is retried later
    @ParameterizedTest
    @ValueSource(strings = {"servfail.test", "bad.test", "round.test"})
    void aFailureIsTemporary(String domain) {
        assertThat(RESOLVER.exchangers(domain)).isInstanceOf(Unknown.class);
    }

    @Test
    void aServerThatSaysNothingIsTemporary() {
        var hasty = Resolver.of(List.of(SERVER.address()), Duration.ofMillis(400));
        assertThat(hasty.exchangers("silent.test")).isInstanceOf(Unknown.class);
    }

    @Test
    void oneHostThatCannotBeFoundLeavesTheOthers() {
        assertThat(RESOLVER.exchangers("half.test"))
                .isEqualTo(new Known(List.of(exchanger("second.example.test", 2, "127.0.0.3"))));
    }

    // RFC 5321 §5.1 puts it outside the standard; everyone follows it
    @Test
    void anExchangerMayBeAnAlias() {
        assertThat(RESOLVER.exchangers("aliased.test"))
                .isEqualTo(new Known(List.of(exchanger("name.test", 1, "127.0.0.4"))));
    }

    // RFC 5321 §5.1, TRAPS T13
    @Test
    void aRelayAmongTheExchangersUsesOnlyThosePreferredToIt() {
        if (!(RESOLVER.exchangers("example.test") instanceof Known known))
            throw new AssertionError();
        assertThat(known.before(each -> each.host().equals("second.example.test")))
                .isEqualTo(
                        new Known(
                                List.of(exchanger("first.example.test", 10, "127.0.0.2", "::1"))));
        assertThat(known.before(each -> each.host().equals("first.example.test")))
                .isEqualTo(new None(Reason.OURSELVES));
        assertThat(known.before(_ -> false)).isEqualTo(known);
    }

    // RFC 5321 §4.1.3
    @Test
    void anAddressLiteralIsAskedOfNobody() {
        long before = SERVER.asked();
        assertThat(RESOLVER.exchangers("[192.0.2.1]"))
                .isEqualTo(new Known(List.of(exchanger("[192.0.2.1]", 0, "192.0.2.1"))));
        assertThat(RESOLVER.exchangers("[IPv6:2001:db8::1]"))
                .isEqualTo(new Known(List.of(exchanger("[IPv6:2001:db8::1]", 0, "2001:db8::1"))));
        assertThat(SERVER.asked()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[1.2.3]", "[1.2.3.4.5]", "[0x7f.0.0.1]", "[::1]", "[]", "["})
    void aLiteralIsWrittenInFull(String literal) {
        assertThat(Literal.address(literal)).isEmpty();
    }

    @Test
    void aLiteralComesBackAsItWas() {
        for (var literal : List.of("[192.0.2.1]", "[IPv6:2001:db8:0:0:0:0:0:1]"))
            assertThat(Literal.address(literal).map(Literal::of)).contains(literal);
    }

    @Test
    void otherQuestionsHaveTheSameThreeEnds() {
        assertThat(RESOLVER.texts("text.test")).isEqualTo(new Found<>(List.of("v=spf1 -all")));
        assertThat(RESOLVER.texts("host.test")).isEqualTo(new NoData<>());
        assertThat(RESOLVER.texts("absent.test")).isEqualTo(new NoName<>());
        assertThat(RESOLVER.texts("servfail.test")).isInstanceOf(Failed.class);
        assertThat(RESOLVER.names(InetAddress.ofLiteral("127.0.0.2")))
                .isEqualTo(new Found<>(List.of("first.example.test")));
        assertThat(RESOLVER.names(InetAddress.ofLiteral("::1"))).isEqualTo(new NoName<>());
        assertThat(RESOLVER.addresses("text.test")).isEqualTo(new NoData<>());
    }

    @Test
    void anAnswerIsRememberedAndSoIsThatThereIsNone() {
        try (var server = NameServer.of(ZONE)) {
            var resolver = resolver(server);
            assertThat(resolver.exchangers("example.test")).isInstanceOf(Known.class);
            assertThat(resolver.exchangers("absent.test")).isInstanceOf(None.class);
            long asked = server.asked();
            assertThat(resolver.exchangers("example.test")).isInstanceOf(Known.class);
            assertThat(resolver.exchangers("absent.test")).isInstanceOf(None.class);
            assertThat(server.asked()).isEqualTo(asked);
        }
    }

    @Test
    void aFailureIsNotRemembered() {
        try (var server = NameServer.of(ZONE)) {
            var resolver = resolver(server);
            assertThat(resolver.texts("servfail.test")).isInstanceOf(Failed.class);
            server.zone(Zone.of("servfail.test TXT well"));
            assertThat(resolver.texts("servfail.test")).isEqualTo(new Found<>(List.of("well")));
        }
    }

    // TRAPS T13
    @Test
    void aFloodOfExchangersIsCutAndComesWhole() {
        String flood =
                IntStream.range(0, 900)
                        .mapToObj(i ->
                                "flood.test MX %d h%d.flood.test\nh%d.flood.test A 127.0.1.1\n"
                                        .formatted(i, i, i))
                        .collect(Collectors.joining());
        try (var server = NameServer.of(Zone.of(flood))) { // too much for UDP: asked again by TCP
            if (!(resolver(server).exchangers("flood.test") instanceof Known(var inOrder)))
                throw new AssertionError();
            assertThat(inOrder).hasSize(16);
            assertThat(server.asked()).isLessThan(40);
        }
    }

    @Test
    void theNextServerAnswersForOneThatFailsOrIsDead() throws Exception {
        try (var failing = NameServer.of(Zone.of("").failing("host.test"));
                var deaf = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            var dead = new InetSocketAddress(deaf.getLocalAddress(), deaf.getLocalPort());
            for (var first : List.of(failing.address(), dead)) {
                var resolver = Resolver.of(List.of(first, SERVER.address()), Duration.ofSeconds(2));
                assertThat(resolver.exchangers("host.test")).isInstanceOf(Known.class);
            }
        }
    }

    @Test
    void theSystemsServersAreAskable() {
        assertThat(Resolver.system()).isNotNull();
    }

    @Test
    void aZoneThatCannotBeReadIsAFault() {
        assertThatThrownBy(() -> Zone.of("example.test MX first")).isInstanceOf(Fault.class);
    }

    @Test
    void rubbishLeavesTheServerStanding() throws Exception {
        try (var server = NameServer.of(ZONE);
                var socket = new DatagramSocket()) {
            for (var rubbish : List.of("", "x", "\0".repeat(12), "\0\1\0\0\0\1".repeat(4)))
                socket.send(
                        new java.net.DatagramPacket(
                                rubbish.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                                rubbish.length(),
                                server.address()));
            assertThat(resolver(server).exchangers("host.test")).isInstanceOf(Known.class);
        }
    }

    // RFC 4035 §4.3, TRAPS T13: bogus is not absent
    @Test
    void whatDnssecVouchesForIsToldFromWhatItDoesNot() {
        var zone =
                Zone.of(
                                """
                                signed.example     MX 10 mx.signed.example
                                mx.signed.example  A  127.0.0.1
                                alone.example      A  127.0.0.2
                                plain.example      MX 10 mx.signed.example
                                below.plain.example MX 10 mx.signed.example
                                forged.example     MX 10 mx.signed.example
                                null.example       MX 0 .
                                """)
                        .signed("plain.example")
                        .forged("forged.example");
        try (var names = NameServer.of(zone)) {
            var resolver = Resolver.trusting(zone.anchor(), List.of(names.address()));
            assertThat(resolver.signedExchangers("signed.example"))
                    .isEqualTo(resolver.exchangers("signed.example"))
                    .isInstanceOf(Exchangers.Known.class);
            assertThat(resolver.signedExchangers("alone.example"))
                    .isEqualTo(resolver.exchangers("alone.example"));
            assertThat(resolver.signedExchangers("null.example"))
                    .isEqualTo(new Exchangers.None(Exchangers.Reason.NULL_MX));
            assertThat(resolver.signedExchangers("zz.example"))
                    .isEqualTo(new Exchangers.None(Exchangers.Reason.NO_DOMAIN));
            for (var unsigned :
                    List.of("plain.example", "below.plain.example", "[127.0.0.1]", "nö.example"))
                assertThat(resolver.signedExchangers(unsigned))
                        .isEqualTo(new Exchangers.None(Exchangers.Reason.UNSIGNED));
            assertThat(resolver.signedExchangers("forged.example"))
                    .isInstanceOf(Exchangers.Unknown.class);
            // to whom the root's keys are another's, all of it is forged
            assertThat(Resolver.of(List.of(names.address())).signedExchangers("signed.example"))
                    .isInstanceOf(Exchangers.Unknown.class);
        }
        // without any signature, too, where the root's keys say that there are some
        var bare = Zone.of("signed.example MX 10 mx.example");
        try (var names = NameServer.of(bare)) {
            assertThat(Resolver.of(List.of(names.address())).signedExchangers("signed.example"))
                    .isInstanceOf(Exchangers.Unknown.class);
        }
    }
}
