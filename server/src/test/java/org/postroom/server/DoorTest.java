package org.postroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postroom.names.Resolver;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.store.AccountId;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

@Timeout(60)
class DoorTest {

    private final Optional<AccountId> ann = Optional.of(new AccountId(1));
    private final Optional<AccountId> bob = Optional.of(new AccountId(2));

    @Test
    void aRightPasswordTakesBackNobodyElsesWrongOnes() {
        var patience = new Patience(Duration.ZERO, Duration.ofMinutes(3));
        for (int i = 0; i < 4; i++) patience.wrong("192.0.2.1", ann);
        patience.wrong("192.0.2.1", Optional.empty());
        patience.wrong("192.0.2.1", bob);
        patience.right("192.0.2.1", bob);
        assertThat(patience.count("192.0.2.1", Optional.empty())).isEqualTo(6);
        patience.right("192.0.2.1", ann);
        assertThat(patience.count("192.0.2.1", Optional.empty())).isEqualTo(3);
        assertThat(patience.count("192.0.2.2", ann)).isEqualTo(1);
    }

    @Test
    void everyTryIsWrittenDownWithoutItsPassword() throws Exception {
        try (var house = new TestHouse()) {
            house.account("bob@example.test");
            try (var wire = call(house)) {
                wire.say(Line.of("a LOGIN bob@example.test wrong"));
                assertThat(wire.line().text()).startsWith("a NO");
                wire.say(Line.of("b LOGIN letmein wrong"));
                assertThat(wire.line().text()).startsWith("b NO");
                wire.say(Line.of("c AUTHENTICATE PLAIN AGJvYkBleGFtcGxlLnRlc3QAbGV0bWVpbg=="));
                assertThat(wire.line().text()).startsWith("c OK");
            }
            await().until(() -> house.journal().size() == 4);
            assertThat(house.journal().subList(0, 3))
                    .extracting(entry -> entry.fields().subList(2, 5).toString())
                    .containsExactly(
                            fields("password", "bob@example.test", "wrong"),
                            fields("password", "", "wrong"),
                            fields("PLAIN", "bob@example.test", "ok"));
            assertThat(house.house.journal().figures())
                    .containsEntry("sign-in.wrong", 2L)
                    .containsEntry("sign-in.ok", 1L);
        }
    }

    // RFC 9051 §5.4: who has not signed in can't hold a connection by talking
    @Test
    void aStrangerWhoOnlyTalksIsSentAway() throws Exception {
        var patience = new Patience(Duration.ZERO, Duration.ofSeconds(2));
        try (var house = new TestHouse(Resolver.system(), patience)) {
            house.account("bob@example.test");
            try (var stranger = call(house);
                    var bob = call(house)) {
                bob.say(Line.of("a LOGIN bob@example.test letmein"));
                assertThat(bob.line().text()).startsWith("a OK");
                String line = "a OK";
                for (; line.startsWith("a OK"); line = stranger.line().text()) {
                    Thread.sleep(50);
                    stranger.say(Line.of("a NOOP"));
                }
                assertThat(line).startsWith("* BYE");
                bob.say(Line.of("b NOOP"));
                assertThat(bob.line().text()).startsWith("b OK");
            }
        }
    }

    private static Wire call(TestHouse house) throws Departure {
        var wire = Wire.connect(house.address(Port.IMAP), 5_000, Limits.CLIENT, Tap.NONE);
        wire.line();
        return wire;
    }

    private static String fields(String mechanism, String account, String result) {
        return "[%s, %s, %s]"
                .formatted(
                        new Journal.Field("mechanism", mechanism),
                        new Journal.Field("account", account),
                        new Journal.Field("result", result));
    }

    // whoever comes in hundreds waits behind himself
    @Test
    void ofOneKindAFewPassAtATimeAndOthersDontWaitForThem() throws Exception {
        var turnstile = new Turnstile<String>(2, 10);
        var inside = new CountDownLatch(2);
        var release = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++)
                callers.execute(() -> pass(turnstile, "many", inside, release));
            inside.await();
            assertThat(turnstile.<String>pass("one", () -> "through")).isEqualTo("through");
            await().until(() -> turnstile.length("many") == 10);
            assertThatThrownBy(() -> turnstile.<String>pass("many", () -> "through"))
                    .isInstanceOf(Refused.class);
            release.countDown();
        }
        assertThat(turnstile.length("many")).isZero();
    }

    private static void pass(
            Turnstile<String> turnstile,
            String kind,
            CountDownLatch inside,
            CountDownLatch release) {
        try {
            turnstile.<Boolean>pass(
                    kind,
                    () -> {
                        inside.countDown();
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        return true;
                    });
        } catch (Refused refused) {
            throw new AssertionError(refused);
        }
    }
}
