package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Random;

/// TRAPS F2: Telnet's commands on FTP's control connection.
class TelnetTest {

    private static String hex(String octets) {
        return HexFormat.of().formatHex(Ends.octets(octets)).toUpperCase(java.util.Locale.ROOT);
    }

    private static String unhex(String hex) {
        return Ends.latin(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "4E 4F 4F 50,                   4E4F4F50, ''", // nothing
        "FF F4 FF F2 41 42 4F 52,       41424F52, ''", // IP, DM before ABOR
        "4E FF F1 4F,                   4E4F,     ''", // NOP inside a word
        "61 FF FF 62,                   61FF62,   ''", // 255 itself
        "FF FF FF FF,                   FFFF,     ''",
        "FF FD 01 41,                   41,       FFFC01", // DO gets WONT
        "FF FB 18 41,                   41,       FFFE18", // WILL gets DONT
        "FF FC 01 FF FE 01 41,          41,       ''", // WONT and DONT get nothing
        "FF FD FF 41,                   41,       FFFCFF", // an option numbered 255
        "FF FA 18 00 78 FF FF 79 FF F0 41, 41,    ''", // a subnegotiation
        "FF FD 01 FF FD 03,             '',       FFFC01FFFC03",
    })
    void commandsVanishAndOptionsAreDeclined(String came, String text, String answers) {
        var whole = new Telnet();
        byte[] octets = Ends.octets("<<" + unhex(came) + ">>");
        int left = whole.sift(octets, 2, octets.length - 4);
        assertThat(hex(Ends.latin(octets).substring(2, 2 + left))).isEqualTo(text);
        assertThat(hex(Ends.latin(whole.answers()))).isEqualTo(answers);
        assertThat(whole.answers()).isEmpty();
        assertThat(whole.isMidway()).isFalse();

        var pieces = new Telnet();
        var kept = new StringBuilder();
        for (byte octet : Ends.octets(unhex(came))) {
            byte[] one = {octet};
            if (pieces.sift(one, 0, 1) == 1) kept.append(Ends.latin(one));
        }
        assertThat(hex(kept.toString())).isEqualTo(text);
    }

    @Test
    void whatIsDoubledComesBackAsItWas() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var octets = new byte[random.nextInt(40)];
            for (int j = 0; j < octets.length; j++)
                octets[j] = (byte) (random.nextBoolean() ? 255 : random.nextInt(256));
            var sent = Telnet.doubled(octets, 0, octets.length);
            int left = new Telnet().sift(sent, 0, sent.length);
            assertThat(java.util.Arrays.copyOf(sent, left)).as("seed %d", seed).isEqualTo(octets);
        }
    }

    @Test
    void anAborBehindUrgentDataIsHeard() throws Exception {
        try (var ends = Ends.open()) {
            ends.wire().telnet();
            ends.send("RETR a");
            ends.send("\u00ff\u00f4\u00ff"); // IP, and IAC
            ends.peer().sendUrgentData(0xf2); // DM, which Java would drop
            ends.send(".txt\r\n\u00ff\u00f4\u00ff\u00f2ABOR\r\n");
            assertThat(ends.wire().line().text()).isEqualTo("RETR a.txt");
            assertThat(ends.wire().line().text()).isEqualTo("ABOR");
        }
    }

    @Test
    void anOptionIsDeclinedWhileTheLineIsAwaited() throws Exception {
        var heard = new ArrayList<String>();
        try (var ends = Ends.open(Ends.LIMITS, Transcript.ofServer(heard::add))) {
            ends.wire().telnet();
            ends.wire().say(Line.of("220 \u00ff"));
            ends.send("\u00ff\u00fb\u0018NO");
            var waiting = Thread.ofVirtual().unstarted(() -> answer(ends));
            waiting.start();
            assertThat(ends.hear(8 + 3)).isEqualTo("220 \u00ff\u00ff\r\n\u00ff\u00fe\u0018");
            ends.send("OP\r\n");
            waiting.join();
            assertThat(ends.hear(2)).isEqualTo("ok");
        }
        assertThat(heard).contains("S: 220 \ufffd", "C: NOOP");
    }

    private static void answer(Ends ends) {
        try {
            if (ends.wire().line().text().equals("NOOP")) ends.wire().say(Line.of("ok"));
            ends.wire().flush();
        } catch (Departure gone) {
            throw new AssertionError(gone);
        }
    }

    // TRAPS T3: half a command is plaintext behind AUTH TLS, too
    @Test
    void halfACommandIsMore() throws Exception {
        try (var ends = Ends.open()) {
            ends.wire().telnet();
            ends.send("AUTH TLS\r\n\u00ff");
            assertThat(ends.wire().line().text()).isEqualTo("AUTH TLS");
            assertThat(ends.wire().hasMore()).isTrue();
        }
    }

    @Test
    void withoutTelnetNothingIsTakenOut() throws Exception {
        try (var ends = Ends.open()) {
            ends.send("a\u00ff\u00f1b\r\n");
            assertThat(ends.wire().line().text()).isEqualTo("a\u00ff\u00f1b");
        }
    }

    @Test
    void aFloodOfOptionsIsAnsweredInBoundedMemory() {
        var telnet = new Telnet();
        for (int round = 0; round < 100; round++) {
            byte[] flood = Ends.octets("\u00ff\u00fd\u0001".repeat(1000));
            assertThat(telnet.sift(flood, 0, flood.length)).isZero();
            assertThat(telnet.answers()).hasSize(3000);
        }
    }
}
