package org.postroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

/// TRAPS T5
class HandshakesTest {

    @Test
    void moreThanOneInTenOfAtLeastTwentyIsToldUntilItIsBetter() {
        var handshakes = new Handshakes();
        for (int i = 0; i < 19; i++) handshakes.note(false);
        assertThat(handshakes.warning()).isEmpty();
        handshakes.note(true);
        assertThat(handshakes.warning()).get().asString().contains("19 of the last 20");
        for (int i = 0; i < 91; i++) handshakes.note(true);
        assertThat(handshakes.warning()).isEmpty();
    }

    @Test
    void whatOtherServersBreakOffIsCounted() throws Exception {
        try (var house = new TestHouse()) {
            for (int i = 0; i < 20; i++)
                try (var wire =
                        Wire.connect(house.address(Port.SMTP), 5_000, Limits.CLIENT, Tap.NONE)) {
                    wire.line();
                    wire.say(Line.of("STARTTLS"));
                    wire.line();
                    if (i % 4 == 0) wire.say(Line.of("no, after all"));
                    else wire.secure(Tls.opportunistic(), "localhost");
                    wire.flush();
                }
            await().until(() -> house.house.journal().handshakes().warning().isPresent());
            assertThat(house.house.journal().figures())
                    .containsEntry("starttls.done", 15L)
                    .containsEntry("starttls.failed", 5L);
        }
    }
}
