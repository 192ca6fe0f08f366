package org.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.demo.Demo.Counts;

import java.io.PrintWriter;
import java.io.StringWriter;

final class DemoTest {

    // Textbook: M1 the four scenarios, hops and Received fields counted
    // Textbook: M8 the textbook's example typed exactly as printed
    // Textbook: M11 a picture and a letter in four languages cross a path of seven bits
    // Textbook: F8 a file's two connections, active and passive
    @Test
    void theFourScenariosCountAsTheTextbooksDo() throws Exception {
        var out = new StringWriter();
        try {
            var seen = Demo.watch(new PrintWriter(out));
            assertThat(seen)
                    .extracting(Demo.Seen::counts)
                    .containsExactly(
                            new Counts(0, 1, 0),
                            new Counts(1, 2, 0),
                            new Counts(2, 2, 0),
                            new Counts(2, 2, 2));
            assertThat(seen).allMatch(Demo.Seen::agreed);
        } catch (AssertionError | Exception failed) {
            throw new AssertionError(out.toString(), failed);
        }
        assertThat(out.toString())
                .contains(
                        "phase 1: connection establishment",
                        "phase 2: mail transfer",
                        "phase 3: connection termination",
                        "Telugu arrives as it was written: నమస్కారం",
                        "the picture arrives octet for octet")
                .doesNotContain("letmein\n");
    }
}
