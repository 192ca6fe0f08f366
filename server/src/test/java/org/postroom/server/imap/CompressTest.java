package org.postroom.server.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

/// COMPRESS=DEFLATE from the client's side.
class CompressTest {

    private static String ask(Wire wire, String command) throws Departure {
        wire.say(Line.of(command));
        String tag = command.substring(0, command.indexOf(' '));
        while (true) {
            String line = wire.line().text();
            if (line.startsWith(tag + " ")) return line;
        }
    }

    private static Wire signedIn(TestHouse house) throws Exception {
        house.account("bob@example.test");
        var wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
        assertThat(ask(wire, "a LOGIN bob@example.test letmein")).startsWith("a OK");
        return wire;
    }

    // RFC 4978 §3, RFC 8437 §3: UNAUTHENTICATE ends it
    @Test
    void aSessionGoesOnDeflatedUntilItIsSomebodyElses() throws Exception {
        try (var house = new TestHouse();
                var wire = signedIn(house)) {
            assertThat(ask(wire, "b COMPRESS LZW")).startsWith("b BAD");
            assertThat(ask(wire, "c COMPRESS DEFLATE")).startsWith("c OK");
            wire.compress();
            assertThat(ask(wire, "d SELECT INBOX")).startsWith("d OK [READ-WRITE]");
            assertThat(ask(wire, "e COMPRESS DEFLATE")).startsWith("e NO [COMPRESSIONACTIVE]");
            assertThat(ask(wire, "f UNAUTHENTICATE")).startsWith("f OK");
            wire.endCompression();
            assertThat(ask(wire, "g LOGIN bob@example.test letmein")).startsWith("g OK");
        }
    }

    /// TRAPS T22: thousands of octets for one are no way to keep a server busy.
    @Test
    void aLineWithoutEndEndsTheSession() throws Exception {
        try (var house = new TestHouse();
                var wire = signedIn(house)) {
            assertThat(ask(wire, "b COMPRESS DEFLATE")).startsWith("b OK");
            wire.compress();
            var zeros = new byte[1 << 20];
            Departure left = null;
            for (int i = 0; i < 64 && left == null; i++)
                try {
                    wire.write(zeros, 0, zeros.length);
                    wire.flush();
                } catch (Departure departure) {
                    left = departure;
                }
            while (left == null)
                try {
                    assertThat(wire.line().text()).startsWith("* BYE");
                } catch (Departure departure) {
                    left = departure;
                }
            assertThat(left.kind()).isEqualTo(Departure.Kind.GONE);
        }
    }
}
