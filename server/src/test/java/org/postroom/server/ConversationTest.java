package org.postroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Listener;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;

@Timeout(60)
class ConversationTest {

    /// A conversation with a bug.
    private static final class Broken extends Conversation {

        Broken(House house, Wire wire) {
            super(house, Port.POP3, new Tls.Server(house.certificates()), wire);
        }

        @Override
        protected void converse() {
            throw new IllegalStateException("a bug");
        }

        @Override
        protected LastWords lastWords() {
            return new LastWords(
                    Line.of("idle"), Line.of("draining"), Line.of("many"), Line.of("broken"));
        }

        @Override
        protected void figures(Journal.Draft entry) {}
    }

    @Test
    void aBugIsToldToThePeerAndWrittenDownAsAFault() throws Exception {
        try (var house = new TestHouse()) {
            var plan =
                    new Listener.Plan(
                            "broken",
                            house.house.gate(),
                            Line.of("busy"),
                            null,
                            () -> Limits.CLIENT,
                            () -> Tap.NONE,
                            wire -> new Broken(house.house, wire).run());
            var anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try (var listener = Listener.tcp(anywhere, plan);
                    var wire = Wire.connect(listener.address(), 5_000, Limits.CLIENT, Tap.NONE)) {
                assertThat(wire.line().text()).isEqualTo("broken");
                await().until(() -> !house.journal().isEmpty());
                assertThat(house.journal().getFirst().fields())
                        .contains(new Journal.Field("end", "fault"));
            }
        }
    }
}
