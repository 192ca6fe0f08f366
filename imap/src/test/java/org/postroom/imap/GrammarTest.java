package org.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.postroom.wire.Departure;
import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class GrammarTest {

    private static Command parse(String octets) throws Refusal, Departure {
        return command(octets).command();
    }

    private static Command.Tagged command(String octets) throws Refusal, Departure {
        return Grammar.command(Script.of(octets), Bounds.SIGNED_IN);
    }

    private static Refusal refusal(Source source) {
        return (Refusal) catchThrowable(() -> Grammar.command(source, Bounds.SIGNED_IN));
    }

    private static Refusal refusal(String octets) {
        return refusal(Script.of(octets));
    }

    @Test
    void whatIsPrintedIsReadAsTheSame() throws Exception {
        long seed = System.nanoTime();
        var commands = new Commands(seed);
        for (int i = 0; i < 5000; i++) {
            var command = commands.tagged();
            var octets = Script.octets(Grammar.print(command));
            if (command.command() instanceof Command.Append
                    || command.command() instanceof Command.Replace)
                octets = Arrays.copyOf(octets, octets.length + 2); // an empty message and CRLF
            if (command.command() instanceof Command.Append
                    || command.command() instanceof Command.Replace) {
                octets[octets.length - 2] = '\r';
                octets[octets.length - 1] = '\n';
            }
            var script = new Script(octets);
            assertThat(Grammar.command(script, Bounds.SIGNED_IN))
                    .as("seed %d: %s", seed, new String(octets, StandardCharsets.ISO_8859_1))
                    .isEqualTo(command);
            assertThat(script.isAtEnd()).isTrue();
        }
    }

    @Test
    void whateverIsSentIsReadOrRefusedOrOver() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var commands = new Commands(seed);
        for (int i = 0; i < 5000; i++) {
            var octets = Script.octets(Grammar.print(commands.tagged()));
            for (int changes = random.nextInt(4); changes >= 0; changes--)
                octets[random.nextInt(octets.length)] =
                        (byte) "(){}[]<>*%\"\\ ,:.+-0919aZ\r\n\0\377".charAt(random.nextInt(28));
            var script = new Script(octets);
            var thrown = catchThrowable(() -> Grammar.command(script, Bounds.STRANGER));
            assertThat(thrown)
                    .as("seed %d: %s", seed, new String(octets, StandardCharsets.ISO_8859_1))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            some -> assertThat(some).isInstanceOf(Refusal.class),
                            some -> assertThat(some).isInstanceOf(Departure.class));
        }
    }

    // RFC 3501 §6.4.5
    @Test
    void macrosAreWhatTheyStandFor() throws Exception {
        assertThat(parse("a fetch 1 full\r\n"))
                .isEqualTo(parse("a FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY)\r\n"));
    }

    // RFC 3501 §6.4.4
    @Test
    void searchReadsItsConditionsInAnyCaseAndCharset() throws Exception {
        var key =
                ((Command.Search)
                                parse(
                                        "a UID SEARCH charset utf-8 unseen from \"M\303\274ller\""
                                                + " or sentsince 1-Feb-2024 (keyword $x 2:*)\r\n"))
                        .key();
        assertThat(key)
                .hasToString(
                        "And[keys=[Not[key=Has[flag=\\Seen]], Header[name=From, text=Müller],"
                                + " Or[one=Dated[sent=true, relation=SINCE, date=2024-02-01],"
                                + " other=And[keys=[Has[flag=$x], Sequence[set=2:*]]]]]]");
        assertThat(refusal("a SEARCH CHARSET KOI8-R TEXT x\r\n").reply())
                .isEqualTo(Reply.BAD_CHARSET);
    }

    // TRAPS T20
    @Test
    void conditionsNestFiftyDeepAndNoDeeper() throws Exception {
        String open = "(".repeat(Bounds.DEPTH);
        parse("a SEARCH " + open + "ALL" + ")".repeat(Bounds.DEPTH) + "\r\n");
        assertThat(refusal("a SEARCH (" + open + "ALL\r\n").reply()).isEqualTo(Reply.TOO_DEEP);
        assertThat(refusal("a SEARCH " + "NOT ".repeat(100_000) + "ALL\r\n").reply())
                .isEqualTo(Reply.TOO_DEEP);
    }

    @Test
    void aRefusalBearsTheTagOfItsCommand() {
        assertThat(refusal("a7 FETCH\r\n").tag()).isEqualTo("a7");
        assertThat(refusal("a7 GETMAIL\r\n").reply()).isEqualTo(Reply.UNKNOWN_COMMAND);
        assertThat(refusal("\r\n").tag()).isEqualTo("*");
    }

    // RFC 7888 §3
    @Test
    void onlyALiteralThatWaitsIsAskedFor() throws Exception {
        var script = Script.of("a LOGIN {3}\r\nbob {2+}\r\npw\r\n");
        assertThat(Grammar.command(script, Bounds.STRANGER).command())
                .isEqualTo(new Command.Login("bob", new Secret("pw")));
        assertThat(script.goneOn).isEqualTo(1);
    }

    // TRAPS T21
    @Test
    void aLiteralBeyondTheBoundsIsRefusedBeforeItIsSent() {
        var script = Script.of("a LOGIN {1000000000000000000}\r\n");
        var refusal = (Refusal) catchThrowable(() -> Grammar.command(script, Bounds.STRANGER));
        assertThat(refusal.reply()).isEqualTo(Reply.TOO_BIG);
        assertThat(refusal.tag()).isEqualTo("a");
        assertThat(script.goneOn).isZero();
    }

    // TRAPS T21, RFC 7888 §4
    @Test
    void aLiteralThatDoesNotWaitIsDrainedOrEndsTheSession() throws Exception {
        int size = Bounds.STRANGER.literal() + 1;
        var script =
                Script.of(
                        "a LOGIN {%d+}\r\n%s {3+}\r\nb X\r\nc NOOP\r\n"
                                .formatted(size, "x".repeat(size)));
        var refusal = (Refusal) catchThrowable(() -> Grammar.command(script, Bounds.STRANGER));
        assertThat(refusal.tagged("a").reply()).isEqualTo(Reply.TOO_BIG);
        assertThat(Grammar.command(script, Bounds.STRANGER))
                .isEqualTo(new Command.Tagged("c", new Command.Noop()));

        assertThat(refusal("a LOGIN {1000000000000000000+}\r\n").reply())
                .isEqualTo(Reply.TOO_BIG_TO_DRAIN);
    }

    // TRAPS T21
    @Test
    void manySmallLiteralsAreTooBigTogether() {
        assertThat(refusal("a SEARCH " + "TEXT {1+}\r\nx ".repeat(5000) + "ALL\r\n").reply())
                .isEqualTo(Reply.TOO_BIG);
    }

    @Test
    void aMessageIsStreamedAndNotKept() throws Exception {
        var script =
                Script.of(
                        """
                        a APPEND Sent (\\Seen \\Recent) " 7-Feb-1994 21:52:25 -0800" {5+}
                        a\0b

                        """
                                .replace("\n", "\r\n"));
        var append = (Command.Append) Grammar.command(script, Bounds.SIGNED_IN).command();
        assertThat(append.messages().getFirst().flags())
                .isEqualTo(List.of(Flag.SEEN)); // Tolerance.RECENT_GIVEN
        assertThat(append.messages().getFirst().date().orElseThrow())
                .hasToString("1994-02-07T21:52:25-08:00");
        assertThat(script.message.toString(StandardCharsets.UTF_8)).isEqualTo("a\0b\r\n");
    }

    @Test
    void noTapShowsAPasswordHoweverItComes() throws Exception {
        for (var octets :
                List.of(
                        "a LOGIN bob hunter2\r\n",
                        "a LOGIN bob \"hunter2\"\r\n",
                        "a LOGIN bob {7}\r\nhunter2\r\n",
                        "a LOGIN {3+}\r\nbob {7+}\r\nhunter2\r\n",
                        "a AUTHENTICATE PLAIN hunter2\r\n",
                        "a LOGIN  bob hunter2\r\n",
                        "a LOGIN  bob {7+}\r\nhunter2\r\n",
                        "a LOGIN bob hunter2 x\r\n",
                        "a LOGIN \"bob hunter2\r\n")) {
            var script = Script.of(octets);
            var _ = catchThrowable(() -> Grammar.command(script, Bounds.STRANGER));
            assertThat(script.lines() + " " + script.shown).doesNotContain("hunter2");
        }
        var printed =
                Grammar.print(new Command.Tagged("a", new Command.Login("b", new Secret("p"))));
        assertThat(Script.text(printed)).isEqualTo("a LOGIN b \"p\"\r\n");
    }

    // TRAPS T30
    @Test
    void namesWithControlCharactersAreRefused() {
        for (var octets :
                List.of(
                        "a CREATE {3+}\r\na\nb\r\n",
                        "a CREATE {3+}\r\na\rb\r\n",
                        "a CREATE a&AAo-\r\n"))
            assertThat(refusal(octets).reply()).isEqualTo(Reply.BAD_NAME);
        assertThat(refusal("a CREATE {3+}\r\na\0b\r\n").reply()).isEqualTo(Reply.BAD_SYNTAX);
    }

    @Test
    void aBlankAtTheEndIsForgiven() throws Exception {
        assertThat(parse("a NOOP \r\n")).isEqualTo(new Command.Noop());
        assertThat(parse("a SEARCH UNSEEN \r\n")).isInstanceOf(Command.Search.class);
        assertThat(parse("a ID NIL\r\n")).isEqualTo(parse("a ID ()\r\n")); // TRAPS T27
    }

    @Test
    void idTellsOfTheClient() throws Exception {
        assertThat(parse("a ID (\"name\" \"x\" \"os\" NIL)\r\n"))
                .isEqualTo(
                        new Command.Id(
                                List.of(
                                        new Command.Id.Field("name", Optional.of("x")),
                                        new Command.Id.Field("os", Optional.empty()))));
        assertThatThrownBy(() -> parse("a ID (\"name\")\r\n")).isInstanceOf(Refusal.class);
    }
}
