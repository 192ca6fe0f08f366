package org.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.demo.Demo.Counts;

import java.io.PrintWriter;
import java.io.StringWriter;

final class DemoTest {

    // Textbook: M1 the four scenarios, hops and Received fields counted
    // Textbook: M8 the textbook's example typed exactly as printed
    // Textbook: M6 SEND arrives at an open session
    // Textbook: M9 a letter that can't be delivered comes back
    // Textbook: M10 mailing list, inside and outside
    // Textbook: M11 a picture and a letter in four languages cross a path of seven bits
    // Textbook: F8 a file's two connections, active and passive
    // Textbook: F5, F6, F7 types, structures and modes with the octets that cross
    // Textbook: F1 the client's three components
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
                        "[as it should be] carol's session shows it",
                        "[as it should be] carol has gone: 450",
                        "[as it should be] alice reads why, and a program can",
                        "[as it should be] one letter went over the network",
                        "Telugu arrives as it was written: నమస్కారం",
                        "the picture arrives octet for octet",
                        // a record is told by FF 01, a file's end by FF 02 (RFC 959 §3.4.1)
                        "TYPE E, STRU R, MODE S\n      c4 85 81 99 40 40 40 40 c2 96 82 6b ff 01",
                        // four blanks are one octet (RFC 959 §3.4.3)
                        "TYPE A, STRU F, MODE C\n      04 44 65 61 72 c4 00 40 0f",
                        "      C: STOR /parcel.txt",
                        "      C: PASS ****",
                        "      C: (29 octets)")
                .doesNotContain("letmein\n");
    }
}
