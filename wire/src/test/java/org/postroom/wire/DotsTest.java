package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.util.Random;

/// RFC 5321 §4.5.2 and TRAPS T1: what ends a body, and what does not.
class DotsTest {

    private static final String END = "\r\n.\r\n";

    /// The body that these octets are, heard in pieces of a random size; what comes behind is left.
    private static String heard(String octets, Random random) throws Exception {
        try (var ends = Ends.open()) {
            var sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int at = 0; at < octets.length(); ) {
                                        int n = 1 + random.nextInt(7);
                                        int to = Math.min(at + n, octets.length());
                                        ends.send(octets.substring(at, to));
                                        at = to;
                                    }
                                } catch (java.io.IOException gone) {
                                    throw new AssertionError(gone);
                                }
                            });
            var body = new Ends.Kept();
            ends.wire().dotted(body);
            sender.join();
            ends.send("NEXT\r\n");
            assertThat(ends.wire().line().text()).isEqualTo("NEXT");
            return body.text();
        }
    }

    private static String stuffed(String body) throws Exception {
        try (var ends = Ends.open()) {
            ends.wire().dotted(new ByteArrayInputStream(Ends.octets(body)));
            ends.wire().close();
            return ends.hearAll();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\n.\r\n",
                "\r\n.\n",
                "\r.\r",
                "\r.\r\n",
                "\r\n.\r",
                "\n.\r",
                "\r.\n",
                "\r\n\n.\r\n",
                "\r\r\n.\r\r\n",
                "\r\n.\r\r\n",
                "\0.\r\n",
                "\r\n.\0\r\n",
                "\r\n. \r\n"
            })
    void nothingElseEndsABody(String vector) throws Exception {
        String body = heard("a" + vector + "MAIL FROM:<b@example.test>" + END, new Random(1));
        assertThat(body).startsWith("a").endsWith("MAIL FROM:<b@example.test>\r\n");
    }

    @Test
    void theDotOfALineIsTakenAway() throws Exception {
        assertThat(heard("..\r\n.a\r\n...b\r\n.\r\n", new Random(2)))
                .isEqualTo(".\r\na\r\n..b\r\n");
        assertThat(heard(".\r\n", new Random(2))).isEmpty(); // a body of nothing
        assertThat(heard(".\ra\r\n.\r\n", new Random(2))).isEqualTo("\ra\r\n");
        assertThat(heard(".\r\ra\r\n.\r\n", new Random(2))).isEqualTo("\r\ra\r\n");
    }

    @Test
    void whatIsStuffedIsHeardAsItWas() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            var body = new StringBuilder();
            String[] pieces = {".", "..", "\r\n", "\r\n.", "x", ".\r\n", "\r", "\u00ff", "\0"};
            for (int n = random.nextInt(40); n > 0; n--)
                body.append(pieces[random.nextInt(pieces.length)]);
            String whole = body + "\r\n";
            assertThat(heard(stuffed(whole), random)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void aBodyThatEndsWithoutALineEndGetsOne() throws Exception {
        assertThat(stuffed("")).isEqualTo(".\r\n");
        assertThat(stuffed("a")).isEqualTo("a\r\n.\r\n");
        assertThat(stuffed("a\r")).isEqualTo("a\r\r\n.\r\n");
        assertThat(stuffed("a\n")).isEqualTo("a\n\r\n.\r\n");
        assertThat(stuffed("a\r\n")).isEqualTo("a\r\n.\r\n");
        assertThat(stuffed("\n")).isEqualTo("\n\r\n.\r\n");
    }

    // TRAPS T1: also a reader that takes LF for a line's end finds no end inside
    @Test
    void aDotBehindAnyLineFeedIsStuffed() throws Exception {
        assertThat(stuffed("a\n.\nb\r\n")).isEqualTo("a\n..\nb\r\n.\r\n");
    }
}
