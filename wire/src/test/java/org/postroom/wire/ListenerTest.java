package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class ListenerTest {

    private static Wire call(Listener listener) throws Departure {
        return Wire.connect(listener.address(), 5000, Limits.CLIENT, Tap.NONE);
    }

    private static Gate gate(int most, int mostPerAddress) {
        return new Gate(most, mostPerAddress, _ -> false);
    }

    @Test
    void eachCallerHasAConversation() throws Exception {
        try (var listener = Listener.tcp(Plans.anywhere(), Plans.of(Plans::echo, null));
                var one = call(listener);
                var other = call(listener)) {
            for (var wire : new Wire[] {one, other}) {
                assertThat(wire.line().text()).isEqualTo("220 ready");
                wire.say(Line.of("a"));
                assertThat(wire.line().text()).isEqualTo("250 a");
            }
            assertThat(listener.size()).isEqualTo(2);
        }
    }

    @Test
    void whoCallsIsWhomATrustedFrontEndIntroduces() throws Exception {
        var plan =
                Plans.of(
                        wire -> {
                            wire.say(Line.of(wire.peer() + " " + wire.isLoopback()));
                            wire.say(Line.of(wire.local().toString()));
                            wire.say(wire.line());
                        },
                        null);
        plan.gate().proxies(List.of(Network.of("127.0.0.0/8").orElseThrow()));
        try (var listener = Listener.tcp(Plans.anywhere(), plan)) {
            try (var wire = call(listener)) {
                wire.say(Line.of("PROXY TCP4 127.0.0.9 198.51.100.1 56324 25"));
                wire.say(Line.of("EHLO"));
                assertThat(wire.line().text()).isEqualTo("127.0.0.9 false");
                assertThat(wire.line().text()).isEqualTo("/198.51.100.1:25");
                assertThat(wire.line().text()).isEqualTo("EHLO");
            }
            try (var wire = call(listener)) {
                wire.say(Line.of("PROXY UNKNOWN"));
                assertThat(wire.line().text()).isEqualTo("127.0.0.1 false");
            }
            try (var wire = call(listener)) {
                wire.say(Line.of("EHLO client.example"));
                assertThatThrownBy(wire::line).isInstanceOf(Departure.class);
            }
            plan.gate().caps(100, 1);
            try (var one = call(listener);
                    var other = call(listener);
                    var third = call(listener)) {
                one.say(Line.of("PROXY TCP4 192.0.2.7 198.51.100.1 1 25"));
                assertThat(one.line().text()).startsWith("192.0.2.7");
                other.say(Line.of("PROXY TCP4 192.0.2.7 198.51.100.1 2 25"));
                assertThat(other.line().text()).isEqualTo("421 busy");
                third.say(Line.of("PROXY TCP4 192.0.2.8 198.51.100.1 3 25"));
                assertThat(third.line().text()).startsWith("192.0.2.8");
            }
        }
    }

    @Test
    void tlsMayBeginBehindAnIntroduction() throws Exception {
        var plan = Plans.of(wire -> wire.say(Line.of(wire.peer())), Papers.server());
        plan.gate().proxies(List.of(Network.of("127.0.0.1").orElseThrow()));
        try (var listener = Listener.tcp(Plans.anywhere(), plan);
                var wire = call(listener)) {
            wire.say(Line.of("PROXY TCP4 192.0.2.7 198.51.100.1 56324 465"));
            wire.secure(Tls.opportunistic(), "localhost");
            assertThat(wire.line().text()).isEqualTo("192.0.2.7");
        }
    }

    @Test
    void aUnixSocketKnowsWhoCalls() throws Exception {
        var folder = Files.createTempDirectory("wire");
        var path = folder.resolve("control");
        var plan =
                Plans.of(
                        wire -> wire.say(Line.of(wire.peer() + " " + wire.peerUser().orElse(""))),
                        null);
        try (var listener = Listener.unix(path, plan);
                var wire =
                        Wire.connect(
                                UnixDomainSocketAddress.of(path), 0, Limits.CLIENT, Tap.NONE)) {
            assertThat(wire.line().text()).isEqualTo("local " + System.getProperty("user.name"));
            assertThat(wire.isLoopback()).isTrue();
            assertThat(listener.port()).isZero();
        } finally {
            Files.deleteIfExists(path);
            Files.delete(folder);
        }
    }

    @Test
    void whoIsOneTooManyIsToldAndTheNextAfterALeaveIsNot() throws Exception {
        var plan = Plans.of(gate(2, 100), Ends.LIMITS, Plans::echo, null);
        try (var listener = Listener.tcp(Plans.anywhere(), plan);
                var one = call(listener);
                var two = call(listener)) {
            assertThat(one.line().text()).isEqualTo("220 ready");
            assertThat(two.line().text()).isEqualTo("220 ready");
            try (var three = call(listener)) {
                assertThat(three.line().text()).isEqualTo("421 busy");
            }
            one.endOutput();
            await().until(() -> plan.gate().size() == 1);
            try (var four = call(listener)) {
                assertThat(four.line().text()).isEqualTo("220 ready");
            }
        }
    }

    @Test
    void anAddressHasACapOfItsOwnUnlessExempt() throws Exception {
        var plan = Plans.of(gate(100, 1), Ends.LIMITS, Plans::echo, null);
        try (var listener = Listener.tcp(Plans.anywhere(), plan);
                var one = call(listener);
                var two = call(listener);
                var elsewhere =
                        Wire.connect(
                                new InetSocketAddress("127.0.0.9", 0),
                                listener.address(),
                                5000,
                                Limits.CLIENT,
                                Tap.NONE)) {
            assertThat(one.line().text()).isEqualTo("220 ready");
            assertThat(two.line().text()).isEqualTo("421 busy");
            assertThat(elsewhere.line().text()).isEqualTo("220 ready");
        }
        var exempt = new Gate(100, 1, InetAddress::isLoopbackAddress);
        try (var listener =
                        Listener.tcp(
                                Plans.anywhere(),
                                Plans.of(exempt, Ends.LIMITS, Plans::echo, null));
                var one = call(listener);
                var two = call(listener)) {
            assertThat(one.line().text()).isEqualTo("220 ready");
            assertThat(two.line().text()).isEqualTo("220 ready");
        }
    }

    @Test
    void theGateCountsRightThroughMuchComingAndGoing() throws Exception {
        var plan = Plans.of(gate(20, 20), Ends.LIMITS, Plans::echo, null);
        try (var listener = Listener.tcp(Plans.anywhere(), plan)) {
            var answers = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < 40; i++) answers.add(Both.apart(() -> comeAndGo(listener)));
            for (var answer : answers) assertThat(Both.done(answer)).isEqualTo(10);
            await().until(() -> plan.gate().size() == 0 && listener.size() == 0);
            assertThat(plan.gate().wires()).isEmpty();
        }
    }

    private static int comeAndGo(Listener listener) throws Departure {
        int answers = 0;
        for (int i = 0; i < 10; i++)
            try (var wire = call(listener)) {
                assertThat(wire.line().text()).isIn("220 ready", "421 busy");
                answers++;
            }
        return answers;
    }

    @Test
    void drainingLetsACommandFinishAndSaysFarewell() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var plan =
                Plans.of(
                        wire -> {
                            while (true) {
                                var line = wire.line();
                                begun.countDown();
                                hold(goOn);
                                wire.say(Line.of("250 " + line.text()));
                            }
                        },
                        null);
        try (var listener = Listener.tcp(Plans.anywhere(), plan);
                var busy = call(listener);
                var idle = call(listener)) {
            busy.say(Line.of("DATA"));
            busy.flush();
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            await().until(() -> listener.size() == 2);
            listener.drain();
            assertThat(idle.line().text()).isEqualTo("421 DRAINING");
            goOn.countDown();
            assertThat(busy.line().text()).isEqualTo("250 DATA");
            assertThat(busy.line().text()).isEqualTo("421 DRAINING");
            await().until(() -> listener.size() == 0);
            assertThat(refused(listener)).isTrue();
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean refused(Listener listener) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(listener.address(), 1000);
            return false;
        } catch (java.net.ConnectException refused) {
            return true;
        }
    }

    @Test
    void aFaultEndsOneConversationOnly() throws Exception {
        var plan =
                Plans.of(
                        wire -> {
                            if (wire.line().text().equals("fault")) throw new Fault("a bug");
                            wire.say(Line.of("250 fine"));
                        },
                        null);
        try (var listener = Listener.tcp(Plans.anywhere(), plan);
                var one = call(listener);
                var two = call(listener)) {
            one.say(Line.of("fault"));
            one.flush();
            assertThat(one.read(new byte[10], 0, 10)).isEqualTo(-1);
            two.say(Line.of("x"));
            assertThat(two.line().text()).isEqualTo("250 fine");
            await().until(() -> plan.gate().size() == 0);
        }
    }

    @Test
    void underImplicitTlsTheFirstOctetIsTls() throws Exception {
        try (var listener = Listener.tcp(Plans.anywhere(), Plans.of(Plans::echo, Papers.server()));
                var wire = call(listener)) {
            wire.secure(Papers.TRUSTING, "mail.example.test");
            assertThat(wire.line().text()).isEqualTo("220 ready");
        }
    }

    @Test
    void aCallerThatNeverShakesHandsIsLetGo() throws Exception {
        var limits = Ends.LIMITS.withIdle(Duration.ofMillis(200));
        var plan = Plans.of(gate(10, 10), limits, Plans::echo, Papers.server());
        try (var listener = Listener.tcp(Plans.anywhere(), plan);
                var socket = new Socket()) {
            socket.connect(listener.address());
            socket.setSoTimeout(20_000);
            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(100); // an alert
            await().until(() -> plan.gate().size() == 0);
        }
    }

    @Test
    void anAddressInUseIsSaidToTheCaller() throws Exception {
        try (var listener = Listener.tcp(Plans.anywhere(), Plans.of(Plans::echo, null))) {
            var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> Listener.tcp(at, Plans.of(Plans::echo, null)))
                    .isInstanceOf(java.net.BindException.class);
        }
    }
}
