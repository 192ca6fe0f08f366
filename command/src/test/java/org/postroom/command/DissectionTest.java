package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.control.Exit;
import org.postroom.mime.Source;
import org.postroom.mime.compose.Attachment;
import org.postroom.mime.compose.Composer;
import org.postroom.mime.compose.Letter;
import org.postroom.mime.compose.NextHop;
import org.postroom.mime.compose.Party.Person;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

final class DissectionTest {

    @TempDir Path folder;
    private final byte[] picture = new byte[5_000];
    private String letter = "";

    private record Ended(int exit, String out, String err) {}

    private static Ended run(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Ended(exit, out.toString(), err.toString());
    }

    @BeforeEach
    void write() throws Exception {
        new Random(1).nextBytes(picture);
        var composer =
                new Composer(
                        () -> Instant.parse("2026-03-01T09:30:00Z"),
                        ZoneOffset.UTC,
                        () -> "1",
                        "example.org");
        var message =
                new Letter()
                        .from(new Person("Ann", "ann", "example.org"))
                        .to(new Person("bob", "example.net"))
                        .subject("Grüße")
                        .text("Hi Bob.\n")
                        .attach(Attachment.of("Übung.gif", Source.of(picture)))
                        .compose(composer);
        letter = file("letter.eml", message.octets(NextHop.SEVEN_BIT));
    }

    private String file(String name, byte[] octets) throws Exception {
        return Files.write(folder.resolve(name), octets).toString();
    }

    @Test
    void theTreeHasTypesEncodingsSizesAndOffsets() {
        var ended = run("mime", "show", letter);
        assertThat(ended.exit()).isEqualTo(Exit.OK);
        assertThat(ended.out().lines().skip(2))
                .containsExactly(
                        "  part  type                     encoding  octets  offset  name",
                        "  TEXT  multipart/mixed          7bit       7,104       0",
                        "  1     ├─ text/plain; us-ascii  7bit           9     227",
                        "  2     └─ image/gif             base64     6,842     306  Übung.gif");
    }

    @Test
    void theTextIsShownAsAPersonReadsIt() {
        assertThat(run("mime", "show", "--text", letter).out())
                .contains("Subject: Grüße\n", "\nHi Bob.\n", "[part 2, \"Übung.gif\"");
    }

    @Test
    void aPartComesOutByteForByte() throws Exception {
        var out = folder.resolve("picture");
        assertThat(run("mime", "get", letter, "2", "-o", out.toString()).exit()).isEqualTo(Exit.OK);
        assertThat(out).hasBinaryContent(picture);
        run("mime", "get", letter, "2", "--raw", "--out", out.toString());
        assertThat(Files.size(out)).isEqualTo(6_842);
        var ended = run("mime", "get", letter, "3");
        assertThat(ended.exit()).isEqualTo(Exit.DATA);
        assertThat(ended.err()).contains("There is no part 3");
    }

    @Test
    void aListOfPartsIsForPrograms() {
        assertThat(run("mime", "parts", letter).out())
                .isEqualTo(
                        "TEXT\tmultipart/mixed\t7104\t\n1\ttext/plain; us-ascii\t9\t\n"
                                + "2\timage/gif\t6842\tÜbung.gif\n");
        assertThat(run("mime", "parts", "--json", letter).out())
                .contains(
                        "\"part\":\"2\"", "\"name\":\"\\u00DCbung.gif\"", "\"body\":{\"offset\":");
    }

    @Test
    void whatIsOddIsToldWithItsOffsetAndSection() throws Exception {
        assertThat(run("mime", "check", letter))
                .isEqualTo(new Ended(Exit.OK, "Nothing is odd.\n", ""));
        var odd =
                file(
                        "odd.eml",
                        "From: a@b.c\r\nDate: Mon, 2 Mar 2026 08:00:00 +0000\r\nno blank line\r\na\0b\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
        var ended = run("mime", "check", odd);
        assertThat(ended.exit()).isEqualTo(Exit.DATA);
        assertThat(ended.out())
                .contains("     51  the header ends without an empty line  RFC 5322 §2.1\n")
                .contains("     67  NUL ");
        assertThat(run("mime", "check", "--json", odd).out())
                .contains("{\"offset\":51,\"kind\":\"no-blank-line\"");
    }

    @Test
    void aMessageThatAttacksTheTerminalIsOnlyShown() throws Exception {
        var evil =
                file(
                        "evil.eml",
                        ("Subject: \u001B[2J\r\n"
                             + "Content-Type: text/\u001B]0;x\u0007; name=\"\u009B31m\"\r\n"
                             + "Content-Transfer-Encoding: \u001B[m\r\n\r\n"
                             + "\u001B[31mred\u0007\u202E\r\n")
                                .getBytes(StandardCharsets.UTF_8));
        for (var words :
                new String[][] {
                    {"show"}, {"show", "--text"}, {"parts"}, {"parts", "--json"}, {"check"}
                }) {
            var all = new String[words.length + 2];
            all[0] = "mime";
            System.arraycopy(words, 0, all, 1, words.length);
            all[words.length + 1] = evil;
            assertThat(run(all).out().chars().filter(c -> c != '\n' && c != '\t'))
                    .noneMatch(Character::isISOControl)
                    .isNotEmpty();
        }
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        var ended = run("mime", "show", folder.resolve("none").toString());
        assertThat(ended.exit()).isEqualTo(Exit.DATA);
        assertThat(ended.err()).contains("There is no file");
    }
}
