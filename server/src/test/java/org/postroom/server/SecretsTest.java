package org.postroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Transcript;
import org.postroom.wire.Wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// No password is heard by a tap, however badly it is said.
class SecretsTest {

    private TestHouse house;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    /// What a tap shows of the client's lines.
    private List<String> shown(Port port, String... lines) throws Departure {
        var shown = new CopyOnWriteArrayList<String>();
        try (var _ = house.house.taps().listen(_ -> Transcript.ofServer(shown::add));
                var wire = Wire.connect(house.address(port), 5_000, Limits.CLIENT, Tap.NONE)) {
            wire.line(); // the greeting: what comes before it is not heard
            for (var line : lines) {
                wire.say(Line.of(line));
                wire.line();
            }
            wire.abort();
            await().until(() -> shown.toString().contains("is closed"));
        }
        assertThat(shown.toString()).doesNotContainIgnoringCase("tanstaaf", "dGFuc3RhYWY");
        return shown.stream().filter(line -> line.startsWith("C: ")).toList();
    }

    @Test
    void ofPop3() throws Exception {
        assertThat(
                        shown(
                                Port.POP3,
                                "USER ann",
                                "PASS tanstaaf\u00ff",
                                "PASS tanstaaf\0",
                                "PASS\ttanstaaf",
                                "pass tanstaaf",
                                "APOP ann tanstaaf",
                                "AUTH PLAIN  dGFuc3RhYWY=",
                                "tanstaaf"))
                .containsExactly(
                        "C: USER ann",
                        "C: PASS****",
                        "C: PASS****",
                        "C: ****",
                        "C: pass ****",
                        "C: ****",
                        "C: AUTH PLAIN ****",
                        "C: ****");
    }

    @Test
    void ofSmtp() throws Exception {
        assertThat(
                        shown(
                                Port.SUBMISSION,
                                "HELO client.example",
                                "AUTH  PLAIN dGFuc3RhYWY=",
                                "AUTH\tPLAIN dGFuc3RhYWY=",
                                "AUTH=PLAIN dGFuc3RhYWY=",
                                "AUTH PLAIN dGFuc3RhYWY=",
                                "dGFuc3RhYWY=",
                                "VRFY"))
                .containsExactly(
                        "C: HELO client.example",
                        "C: AUTH****",
                        "C: ****",
                        "C: ****",
                        "C: AUTH PLAIN ****",
                        "C: ****",
                        "C: VRFY");
    }

    @Test
    void ofImap() throws Exception {
        assertThat(
                        shown(
                                Port.IMAP,
                                "LOGIN ann tanstaaf",
                                "a  LOGIN ann tanstaaf",
                                "b LOGIN ann  tanstaaf",
                                "c LOGIN tanstaaf",
                                "d LOGIN ann tan \"tanstaaf\"",
                                "e LOGIN \"ann\" tanstaaf",
                                "f AUTHENTICATE PLAIN dGFuc3RhYWY=",
                                "g NOOP"))
                .containsExactly(
                        "C: ****",
                        "C: ****",
                        "C: b LOGIN****",
                        "C: c LOGIN****",
                        "C: d LOGIN****",
                        "C: e LOGIN \"ann\" ****",
                        "C: f AUTHENTICATE PLAIN ****",
                        "C: g NOOP");
    }

    @Test
    void ofFtp() throws Exception {
        assertThat(
                        shown(
                                Port.FTP,
                                "PASS\ttanstaaf",
                                "ACCT tanstaaf",
                                "USER ann",
                                "PASS tanstaaf\0",
                                "PASS tanstaaf",
                                "NOOP"))
                .containsExactly(
                        "C: ****",
                        "C: ACCT ****",
                        "C: USER ann",
                        "C: PASS****",
                        "C: PASS ****",
                        "C: NOOP");
    }
}
