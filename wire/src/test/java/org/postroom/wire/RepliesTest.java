package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is said at once leaves at once.
class RepliesTest {

    // RFC 2920 §3.2, TRAPS F4
    @Test
    void theAnswersToPipelinedCommandsLeaveInOneWrite() throws Exception {
        var plug = new Pieces("MAIL\r\nRCPT\r\nRCPT\r\nDA", "TA\r\nQUIT\r\n");
        try (var wire = plug.wire(Ends.LIMITS)) {
            wire.say(Line.of("220 ready"));
            for (int i = 0; i < 5; i++) wire.say(Line.of("250 " + wire.line().text()));
        }
        assertThat(plug.writes)
                .containsExactly(
                        "220 ready\r\n",
                        "250 MAIL\r\n250 RCPT\r\n250 RCPT\r\n",
                        "250 DATA\r\n250 QUIT\r\n");
    }

    @Test
    void aReplyOfManyLinesLeavesInOneWrite() throws Exception {
        var plug = new Pieces("EHLO\r\n");
        try (var wire = plug.wire(Ends.LIMITS)) {
            assertThat(wire.line().text()).isEqualTo("EHLO");
            wire.say(saying -> saying.octets("250-a").crlf().octets("250 b").crlf());
        }
        assertThat(plug.writes).containsExactly("250-a\r\n250 b\r\n");
    }

    @Test
    void repliesBeyondABoundDoNotWaitForTheEndOfTheFlood() throws Exception {
        var plug = new Pieces("NOOP\r\n".repeat(80));
        try (var wire = plug.wire(Ends.LIMITS)) {
            for (int i = 0; i < 80; i++) {
                assertThat(wire.line().text()).isEqualTo("NOOP");
                wire.say(Line.of("x".repeat(1000)));
            }
        }
        assertThat(plug.writes.size()).isBetween(4, 6);
        assertThat(String.join("", plug.writes)).hasSize(80 * 1002);
    }

    @Test
    void aLiteralGoesWithTheLineBeforeIt() throws Exception {
        var plug = new Pieces();
        try (var wire = plug.wire(Ends.LIMITS)) {
            wire.say(saying -> saying.octets("* 1 FETCH (BODY[] {5}").crlf());
            wire.counted(new java.io.ByteArrayInputStream(Ends.octets("hello")), 5);
            wire.say(saying -> saying.octets(")").crlf());
        }
        assertThat(plug.writes).containsExactly("* 1 FETCH (BODY[] {5}\r\nhello)\r\n");
    }
}
