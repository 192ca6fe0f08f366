package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Lines as they come: in any pieces, of any length, with any end.
class LineTest {

    private static final Limits STRICT =
            new Limits(1000, Duration.ofSeconds(20), Duration.ofSeconds(20), 5, false);

    private static List<String> heard(Limits limits, String... segments) {
        var lines = new ArrayList<String>();
        try (var wire = new Pieces(segments).wire(limits)) {
            while (true) {
                var line = wire.line();
                lines.add(line.isTooLong() ? "too long" : line.text());
            }
        } catch (Departure gone) {
            lines.add(gone.kind().toString());
        }
        return lines;
    }

    // TRAPS F1
    @Test
    void crAndLfMayComeInTwoSegments() throws Exception {
        assertThat(heard(STRICT, "NO", "OP\r", "\nQUIT\r", "\n"))
                .containsExactly("NOOP", "QUIT", "GONE");
    }

    @Test
    void aLoneLineFeedEndsALineOnlyWhereItIsTolerated() throws Exception {
        assertThat(heard(Ends.LIMITS, "a\nb\r\n\n")).containsExactly("a", "b", "", "GONE");
        assertThat(heard(STRICT, "a\nb\r\n\n")).containsExactly("a\nb", "GONE");
        assertThat(heard(STRICT, "a\rb\r\r\n")).containsExactly("a\rb\r", "GONE");
    }

    @Test
    void aLineIsOctetsAndNothingIsLost() throws Exception {
        String all = "";
        for (char c = 0; c < 256; c++) if (c != '\n') all += c;
        assertThat(heard(STRICT, all + "\r\n")).containsExactly(all, "GONE");
    }

    // TRAPS F1: one reply, and the tail is no command
    @Test
    void aLineTooLongIsToldOnceAndSwallowedToItsEnd() throws Exception {
        for (var limits : List.of(STRICT, Ends.LIMITS))
            for (int length :
                    new int[] {999, 1000, 1001, 5000, 8191, 8192, 8193, 100_000, 1_000_000})
                assertThat(heard(limits, "x".repeat(length) + "DELE 1\r\nNOOP\r\n"))
                        .as("%d", length)
                        .containsExactly("too long", "NOOP", "GONE");
    }

    @Test
    void theLimitCountsTheEndOfTheLine() throws Exception {
        assertThat(heard(STRICT, "x".repeat(998) + "\r\nNOOP\r\n"))
                .containsExactly("x".repeat(998), "NOOP", "GONE");
        assertThat(heard(STRICT, "x".repeat(999) + "\r\nNOOP\r\n"))
                .containsExactly("too long", "NOOP", "GONE");
    }

    @Test
    void aLongLineMayEndAcrossSegmentsOfAnySize() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            int length = 990 + random.nextInt(20);
            String whole = "x".repeat(length) + "\r\nNOOP\r\n";
            int cut = length - 2 + random.nextInt(5);
            boolean fits = length + 2 <= 1000;
            assertThat(heard(STRICT, whole.substring(0, cut), whole.substring(cut)))
                    .as("seed %d, length %d", seed, length)
                    .containsExactly(
                            fits ? whole.substring(0, length) : "too long", "NOOP", "GONE");
        }
    }

    @Test
    void aLineThatIsCutIsNoLine() throws Exception {
        assertThat(heard(Ends.LIMITS, "NOOP\r\nDELE 1")).containsExactly("NOOP", "GONE");
    }

    @Test
    void anEndlessLineTakesBoundedMemory() throws Exception {
        try (var ends = Ends.open()) {
            var writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 100; i++) ends.send("x".repeat(100_000));
                                    ends.send("\r\n");
                                } catch (java.io.IOException gone) {
                                    throw new AssertionError(gone);
                                }
                            });
            assertThat(ends.wire().line().isTooLong()).isTrue();
            writer.join();
            assertThat(ends.wire().room()).isLessThan(32 * 1024);
        }
    }

    // TRAPS T10
    @Test
    void tooManyRefusalsInARowEndTheConversation() throws Exception {
        try (var ends = Ends.open()) {
            ends.send("x\r\n".repeat(4) + "NOOP\r\n" + "x\r\n".repeat(10));
            var wire = ends.wire();
            for (int i = 0; i < 9; i++) {
                boolean wrong = wire.line().text().equals("x");
                if (wrong) wire.refuse(Line.of("no"));
                else wire.say(Line.of("ok"));
            }
            wire.refuse(Line.of("no"));
            assertThatThrownBy(() -> refuseAll(wire))
                    .isInstanceOf(Departure.class)
                    .extracting(e -> ((Departure) e).kind())
                    .isEqualTo(Departure.Kind.TOO_MANY);
            wire.say(Line.of("farewell"));
            wire.close();
            assertThat(ends.hearAll()).endsWith("no\r\nfarewell\r\n");
        }
    }

    private static void refuseAll(Wire wire) throws Departure {
        while (true) {
            wire.line();
            wire.refuse(Line.of("no"));
        }
    }

    // TRAPS T23
    @Test
    void aLineThatWasPutBackIsHeardAgain() throws Exception {
        try (var ends = Ends.open()) {
            ends.send("a1 NOOP\r\na2 NOOP\r\n");
            var first = ends.wire().line();
            ends.wire().unread(first);
            assertThat(ends.wire().line().text()).isEqualTo("a1 NOOP");
            assertThat(ends.wire().line().text()).isEqualTo("a2 NOOP");
        }
    }

    @Test
    void countedOctetsAreJustThat() throws Exception {
        try (var ends = Ends.open()) {
            String literal = "\r\n.\r\n".repeat(5000);
            ends.send(literal + "NOOP\r\n");
            var body = new Ends.Kept();
            ends.wire().counted(literal.length(), body);
            assertThat(body.text()).isEqualTo(literal);
            assertThat(ends.wire().line().text()).isEqualTo("NOOP");
            ends.send("short");
            ends.finish();
            assertThatThrownBy(() -> ends.wire().counted(Long.MAX_VALUE, body))
                    .isInstanceOf(Departure.class);
        }
    }

    // TRAPS F12
    @Test
    void aResetIsADepartureAndNoEnd() throws Exception {
        try (var ends = Ends.open()) {
            ends.send("half a file");
            assertThat(ends.wire().read(new byte[11], 0, 11)).isPositive();
            ends.peer().setSoLinger(true, 0);
            ends.peer().close();
            assertThatThrownBy(() -> ends.wire().read(new byte[100], 0, 100))
                    .isInstanceOf(Departure.class)
                    .extracting(e -> ((Departure) e).kind())
                    .isEqualTo(Departure.Kind.GONE);
            assertThat(ends.wire().endedCleanly()).isFalse();
        }
    }
}
