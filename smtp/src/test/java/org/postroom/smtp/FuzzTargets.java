package org.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.postroom.wire.Departure;
import org.postroom.wire.Line;
import org.postroom.wire.Octets;
import org.postroom.wire.Saying;

import java.nio.charset.StandardCharsets;

/// What strangers' octets reach in SMTP, each in the form that Jazzer wants. What throws is a bug.
final class FuzzTargets {

    private FuzzTargets() {}

    /// A client's line: a command, which is printed as it can be read again, or a refusal.
    static final class Said {

        private Said() {}

        public static void fuzzerTestOneInput(byte[] octets) {
            String text = // a line ends at LF
                    new String(octets, StandardCharsets.ISO_8859_1).split("\n", 2)[0];
            try {
                var printed = Grammar.print(Grammar.command(Line.of(text))).text();
                assertThat(printed).doesNotContain("\r", "\n");
                assertThat(Grammar.print(Grammar.command(Line.of(printed))).text())
                        .isEqualTo(printed);
            } catch (Refusal refusal) {
                assertThat(refusal.reply().isPositive()).isFalse();
            }
            address(Octets.text(text).orElse(text));
        }

        private static void address(String text) {
            try {
                var address = Grammar.address(text);
                assertThat(Grammar.address(address.toString())).isEqualTo(address);
            } catch (Refusal refusal) {
                assertThat(refusal.reply().isPositive()).isFalse();
            }
        }
    }

    /// A server's lines: replies, the first of which is taken as the answer to EHLO, too.
    static final class Answered {

        private Answered() {}

        public static void fuzzerTestOneInput(byte[] octets) {
            var lines = new String(octets, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
            var next = new int[1];
            var reader =
                    new ReplyReader(() -> {
                        if (next[0] == lines.length)
                            throw new Departure(Departure.Kind.GONE, "the end");
                        return Line.of(lines[next[0]++]);
                    });
            try {
                while (true) look(reader.hear());
            } catch (Departure over) {
                assertThat(over.kind()).isEqualTo(Departure.Kind.GONE);
            }
        }

        private static void look(Reply reply) throws Departure {
            assertThat(reply.code()).isBetween(200, 599);
            var extensions = Extensions.of(reply);
            assertThat(extensions.mechanisms()).doesNotContainNull();
            assertThat(extensions.leastTime()).isNotNegative();
            extensions.mostOctets().ifPresent(most -> assertThat(most).isPositive());
            for (var limit : Extensions.Limit.values())
                extensions.limit(limit).ifPresent(most -> assertThat(most).isPositive());
            var said = new Saying();
            reply.on(said);
            var printed =
                    new String(said.toOctets(), StandardCharsets.ISO_8859_1).split("\r\n", -1);
            assertThat(printed).hasSize(reply.lines().size() + 1); // and nothing of their own
        }
    }
}
