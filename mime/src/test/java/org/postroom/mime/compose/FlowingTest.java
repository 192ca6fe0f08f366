package org.postroom.mime.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.mime.Flowed;
import org.postroom.mime.Flowed.Paragraph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class FlowingTest {

    private static List<Paragraph> read(String wire) {
        return Flowed.paragraphs(wire, false);
    }

    // RFC 3676 §4.2: lines of 78 characters or fewer
    @Test
    void longLinesFlow() {
        String text = "word ".repeat(60).strip();
        String wire = Flowing.write(text);
        assertThat(wire.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(78);
        assertThat(wire.lines().count()).isGreaterThan(4);
        assertThat(read(wire)).containsExactly(new Paragraph(0, text));
    }

    // RFC 3676 §4.3, §4.4
    @Test
    void whatLooksLikeAMarkIsStuffedAndASignatureIsNot() {
        assertThat(Flowing.write("From here\n indented\nblank at end  \n-- \nAnn"))
                .isEqualTo(" From here\r\n  indented\r\nblank at end\r\n-- \r\nAnn\r\n");
    }

    // RFC 3676 §4.5
    @Test
    void quotesKeepTheirDepth() {
        assertThat(Flowing.write("> one\n> > two\n>>> three\n>\n> -- \n> Bob"))
                .isEqualTo("> one\r\n>> two\r\n>>> three\r\n>\r\n> -- \r\n> Bob\r\n");
    }

    @Test
    void aLongWordStaysWhole() {
        String link = "https://example.org/" + "x".repeat(200);
        assertThat(Flowing.write("See " + link + " there.")).contains(link);
    }

    @Test
    void whatFlowsIsReadAsItWas() {
        String[] words = {
            "a", "From", ">", ">>", "--", "-- ", "word", "", "字".repeat(50), "x".repeat(90), "grüß"
        };
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            var expected = new ArrayList<Paragraph>();
            var text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                int depth = random.nextInt(3);
                var line = new StringBuilder();
                for (int k = random.nextInt(40); k > 0; k--)
                    line.append(words[random.nextInt(words.length)]).append(' ');
                String said = line.toString().stripTrailing();
                if (depth == 0 && said.startsWith(">")) continue; // that is a quote
                if (depth > 0 && (said.startsWith(">") || said.startsWith(" "))) continue;
                text.append(">".repeat(depth))
                        .append(depth > 0 ? " " : "")
                        .append(said)
                        .append('\n');
                expected.add(new Paragraph(depth, said));
            }
            String wire = Flowing.write(text.toString());
            assertThat(read(wire)).as("seed %d:\n%s", seed, wire).isEqualTo(expected);
        }
    }
}
