package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.wire.Both.apart;
import static org.postroom.wire.Both.done;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// What the taps of a conversation hear.
class TapTest {

    /// Keeps each direction octet for octet, and the notes.
    private static final class Kept implements Tap {
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final List<String> notes = new ArrayList<>();

        @Override
        public synchronized void heard(byte[] octets, int offset, int length) {
            heard.write(octets, offset, length);
        }

        @Override
        public synchronized void said(byte[] octets, int offset, int length) {
            said.write(octets, offset, length);
        }

        @Override
        public synchronized void noted(String what) {
            notes.add(what);
        }

        synchronized String heard() {
            return Ends.latin(heard.toByteArray());
        }

        synchronized String said() {
            return Ends.latin(said.toByteArray());
        }
    }

    // a tap kept whatever came until a line ended, and of an image none need ever end
    @Test
    void aTranscriptShowsTheBeginningOfALongLineAndCountsWhatIsNoText() {
        var lines = new ArrayList<String>();
        var tap = Transcript.ofServer(lines::add);
        var some = Ends.octets("x".repeat(1000));
        for (int i = 0; i < 100; i++) tap.heard(some, 0, 1000);
        tap.heard(Ends.octets("\r\nNOOP\r\n"), 0, 8);
        var data = tap.ofData();
        for (int i = 0; i < 100; i++) data.said(some, 0, 1000);
        data.noted("the connection is closed");
        assertThat(lines)
                .containsExactly(
                        "C: " + "x".repeat(4096) + " \u2026 95905 octets more",
                        "C: NOOP",
                        "S: (100000 octets)",
                        "   (the connection is closed)");
    }

    /// A conversation with all that one can have: lines, a secret, TLS, a dotted body, a literal,
    /// octets as they come.
    private static void serve(Wire wire) throws Departure {
        wire.say(Line.of("220 ready"));
        assertThat(wire.line().text()).isEqualTo("STARTTLS");
        wire.say(Line.of("220 go"));
        wire.secure(Papers.server());
        var line = wire.line();
        assertThat(line.text()).isEqualTo("PASS tanstaaf");
        line.secret(5, line.text().length());
        wire.say(Line.of("354 on"));
        wire.dotted(new Ends.Kept());
        wire.say(Line.of("+ go on"));
        wire.counted(5, new Ends.Kept());
        wire.say(saying -> saying.octets("OK ").secret("token").crlf());
        wire.dotted(new ByteArrayInputStream(Ends.octets(".a\r\nb")));
        wire.flush();
        var rest = new byte[100];
        while (wire.read(rest, 0, rest.length) >= 0) {}
        wire.close();
    }

    private static void call(Wire wire) throws Departure {
        assertThat(wire.line().text()).isEqualTo("220 ready");
        wire.say(Line.of("STARTTLS"));
        assertThat(wire.line().text()).isEqualTo("220 go");
        wire.secure(Papers.TRUSTING, "mail.example.test");
        wire.say(Line.of("PASS tanstaaf").secret(5, 13));
        assertThat(wire.line().text()).isEqualTo("354 on");
        wire.dotted(new ByteArrayInputStream(Ends.octets("..\r\nx\r\n")));
        assertThat(wire.line().text()).isEqualTo("+ go on");
        wire.counted(new ByteArrayInputStream(Ends.octets("12345")), 5);
        var token = wire.line();
        assertThat(token.text()).isEqualTo("OK token");
        token.secret(3, 8);
        wire.dotted(new Ends.Kept());
        wire.write(new byte[70_000], 0, 70_000);
        wire.close();
    }

    @Test
    void theTapsOfBothEndsAgreeOctetForOctet() throws Exception {
        var server = new Kept();
        var client = new Kept();
        try (var both = Both.open(Ends.LIMITS, server, client)) {
            var served =
                    apart(() -> {
                        serve(both.server());
                        return true;
                    });
            call(both.client());
            assertThat(done(served)).isTrue();
        }
        assertThat(server.heard())
                .isEqualTo(client.said())
                .contains("PASS ****\r\n")
                .hasSizeGreaterThan(70_000);
        assertThat(client.heard())
                .isEqualTo(server.said())
                .contains("OK ****\r\n..a\r\nb\r\n.\r\n");
        for (var all : List.of(server.heard(), server.said()))
            assertThat(all).doesNotContain("tanstaaf").doesNotContain("token");
        assertThat(server.notes).isEqualTo(client.notes).hasSize(2);
    }

    @Test
    void aLineIsShownOnceAndBeforeItsAnswer() throws Exception {
        var lines = new ArrayList<String>();
        try (var ends = Ends.open(Ends.LIMITS, Transcript.ofServer(lines::add))) {
            ends.send("USER tim\r\nPASS tanstaaf\r\n");
            ends.wire().line();
            ends.wire().say(Line.of("+OK"));
            ends.wire().line().secret();
            ends.wire().say(Line.of("-ERR"));
            ends.wire().flush();
            assertThat(lines).containsExactly("C: USER tim", "C: ****", "S: +OK", "S: -ERR");
        }
    }

    @Test
    void aLineTooLongIsNotKeptForTheTapEither() throws Exception {
        var lines = new ArrayList<String>();
        try (var ends = Ends.open(Ends.LIMITS, Transcript.ofServer(lines::add))) {
            ends.send("x".repeat(5000) + "\r\nNOOP\r\n");
            ends.wire().line();
            ends.wire().line();
            ends.wire().flush();
            assertThat(lines).containsExactly("C: NOOP");
        }
    }

    // no terminal obeys what a peer says
    @Test
    void aTranscriptShowsControlCharactersAsPictures() {
        var lines = new ArrayList<String>();
        var transcript = Transcript.ofClient(lines::add);
        byte[] octets = Ends.octets("\u001b[2J\0\u007f\u00c2\u009b\u00ff\t\r\n");
        transcript.heard(octets, 0, octets.length);
        transcript.said(octets, 0, 1);
        transcript.noted("the end");
        assertThat(lines)
                .containsExactly(
                        "S: \u241b[2J\u2400\u2421\ufffd\ufffd\t", "C: \u241b", "   (the end)");
    }

    @Test
    void manyTapsHearTheSame() {
        var one = new Kept();
        var other = new Kept();
        var all = Tap.all(List.of(one, other));
        all.heard(new byte[] {'a'}, 0, 1);
        all.said(new byte[] {'b'}, 0, 1);
        all.noted("c");
        for (var kept : List.of(one, other)) {
            assertThat(kept.heard() + kept.said()).isEqualTo("ab");
            assertThat(kept.notes).containsExactly("c");
        }
        assertThat(Tap.all(List.of())).isSameAs(Tap.NONE);
    }

    @Test
    void aSecretIsNowhereButWhereItIsAskedFor() {
        var secret = new Secret("tanstaaf");
        assertThat(secret).hasToString("****").isEqualTo(new Secret("tanstaaf"));
        assertThat(secret).isNotEqualTo(new Secret("other"));
        assertThat(secret.reveal()).isEqualTo("tanstaaf");
        assertThat(Line.of("PASS x").secret(5, 6)).hasToString("PASS ****");
    }

    @Test
    void whatASecondThreadHeardIsShownOnlyOnceItsSecretsAreKnown() throws Exception {
        var tap = new Kept();
        try (var both = Both.open(Ends.LIMITS, tap, Tap.NONE)) {
            var server = both.server();
            both.client().say(Line.of("PASS tanstaaf"));
            both.client().flush();
            var line = done(apart(server::overhear));
            server.say(Line.of("* 1 EXISTS"));
            server.flush();
            assertThat(tap.heard()).isEmpty();
            server.takeOver(line).secret(5, line.text().length());
            server.say(Line.of("+OK"));
            server.flush();
            assertThat(tap.heard()).startsWith("PASS ").doesNotContain("tanstaaf");
        }
    }
}
