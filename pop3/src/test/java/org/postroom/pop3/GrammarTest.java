package org.postroom.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.wire.Line;
import org.postroom.wire.Secret;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

final class GrammarTest {

    /// RFC 2449 §4: what is printed is read back, for every verb.
    @ParameterizedTest
    @EnumSource
    void whatIsPrintedIsReadBack(Verb verb) throws Refusal {
        for (long seed = 0; seed < 200; seed++) {
            var command = any(verb, new Random(seed));
            assertThat(Grammar.command(Grammar.print(command)))
                    .as("seed " + seed)
                    .isEqualTo(command);
        }
    }

    private static Command any(Verb verb, Random random) {
        return switch (verb) {
            case STAT -> new Command.Stat();
            case LIST -> new Command.List(maybe(random));
            case RETR -> new Command.Retr(message(random));
            case DELE -> new Command.Dele(message(random));
            case NOOP -> new Command.Noop();
            case RSET -> new Command.Rset();
            case QUIT -> new Command.Quit();
            case TOP -> new Command.Top(message(random), random.nextInt(1000));
            case UIDL -> new Command.Uidl(maybe(random));
            case USER -> new Command.User(text(random));
            case PASS -> new Command.Pass(new Secret(text(random)));
            case CAPA -> new Command.Capa();
            case STLS -> new Command.Stls();
            case UTF8 -> new Command.Utf8();
            case LANG ->
                    new Command.Lang(
                            random.nextBoolean() ? Optional.of("de-AT") : Optional.empty());
            case AUTH -> {
                if (random.nextInt(4) == 0)
                    yield new Command.Auth(Optional.empty(), Optional.empty());
                var initial =
                        random.nextBoolean()
                                ? Optional.of(new Secret("AGJvYgBsZXRtZWlu"))
                                : Optional.<Secret>empty();
                yield new Command.Auth(Optional.of("PLAIN"), initial);
            }
        };
    }

    private static OptionalInt maybe(Random random) {
        return random.nextBoolean() ? OptionalInt.of(message(random)) : OptionalInt.empty();
    }

    private static int message(Random random) {
        return 1 + random.nextInt(999_999_998);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int length = 1 + random.nextInt(20);
        while (text.length() < length) text.append("ab @ .é☃x".charAt(random.nextInt(9)));
        return text.append('z').toString();
    }

    /// A password is shown by nothing that shows a line.
    @Test
    void secretsAreBlank() throws Refusal {
        for (var line :
                new String[] {"PASS letmein", "pass let me in", "AUTH PLAIN bGV0bWVpbg=="}) {
            var heard = Line.of(line);
            Grammar.command(heard);
            assertThat(heard.shown()).endsWith(" ****").doesNotContain("let", "bGV0");
        }
        assertThat(Grammar.print(new Command.Pass(new Secret("letmein"))).shown())
                .isEqualTo("PASS ****");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "STAT x",
                "RETR",
                "RETR ",
                "RETR x",
                "RETR 0",
                "RETR -1",
                "RETR 1 2",
                "RETR 9999999999",
                "TOP 1",
                "TOP 1 x",
                "TOP 0 1",
                "USER",
                "USER ",
                "PASS",
                "USER a\0b",
                "XYZZY",
                "LIST x",
                "STAT\t",
                "\u00ff\u00fe"
            })
    void whatIsMalformedIsRefused(String line) {
        assertThatThrownBy(() -> Grammar.command(Line.of(line))).isInstanceOf(Refusal.class);
    }

    /// Whatever comes, it is a command or a refusal.
    @RepeatedTest(20)
    void rubbishIsRefused(RepetitionInfo info) {
        var random = new Random(info.getCurrentRepetition());
        for (int i = 0; i < 1000; i++) {
            var line = new StringBuilder(random.nextBoolean() ? "RETR " : "");
            for (int n = random.nextInt(40); n > 0; n--) line.append((char) random.nextInt(256));
            try {
                assertThat(Grammar.command(Line.of(line.toString()))).isNotNull();
            } catch (Refusal refusal) {
                assertThat(refusal.reply().positive()).isFalse();
            }
        }
    }

    /// RFC 2449 §8: a response code is told from the text behind it.
    @Test
    void repliesAreReadBack() throws Refusal {
        for (var reply : new Reply[] {Reply.READY, Reply.IN_USE, Reply.WRONG, Reply.two(3, 4711)}) {
            var saying = new org.postroom.wire.Saying();
            reply.on(saying);
            String text =
                    new String(saying.toOctets(), java.nio.charset.StandardCharsets.UTF_8).strip();
            assertThat(Pop3Client.reply(Line.of(text))).isEqualTo(reply);
        }
    }
}
