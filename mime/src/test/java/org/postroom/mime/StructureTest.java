package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What is found in messages whose parts can be counted by eye.
class StructureTest {

    static byte[] message(String... lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static String slice(byte[] message, Span span) {
        return new String(
                message, (int) span.offset(), (int) span.length(), StandardCharsets.ISO_8859_1);
    }

    static List<Oddity.Kind> kinds(Summary summary) {
        return summary.oddities().stream().map(Oddity::kind).toList();
    }

    /// `multipart/mixed(text/plain text/html)`.
    static String tree(Part part) {
        String type = part.type().type() + "/" + part.type().subtype();
        if (part.children().isEmpty()) return type;
        return part.children().stream()
                .map(StructureTest::tree)
                .collect(Collectors.joining(" ", type + "(", ")"));
    }

    // Textbook: Example 23.1
    @Test
    void textbooksLetterWithItsBlankLine() {
        byte[] letter =
                message(
                        "From: Forouzan",
                        "TO: Forouzan",
                        "",
                        "This is a test message",
                        "to show SMTP in action.");
        var summary = Structure.of(letter);
        assertThat(slice(letter, summary.root().body()))
                .isEqualTo("This is a test message\r\nto show SMTP in action.\r\n");
        assertThat(summary.root().lines()).isEqualTo(2);
        assertThat(summary.preview()).isEqualTo("This is a test message to show SMTP in action.");
        assertThat(summary.oddities()).isEmpty();
    }

    // Textbook: Example 23.1, RFC 7103 §7.2
    @Test
    void textbooksLetterWithoutItsBlankLine() {
        byte[] letter =
                message(
                        "From: Forouzan",
                        "TO: Forouzan",
                        "This is a test message",
                        "to show SMTP in action.");
        var summary = Structure.of(letter);
        assertThat(slice(letter, summary.root().header()))
                .isEqualTo("From: Forouzan\r\nTO: Forouzan\r\n");
        assertThat(slice(letter, summary.root().body()))
                .isEqualTo("This is a test message\r\nto show SMTP in action.\r\n");
        assertThat(summary.oddities()).containsExactly(new Oddity(Oddity.Kind.NO_BLANK_LINE, 30));
        assertThat(summary.envelope().from())
                .containsExactly(new Address("Forouzan", null, "", ""));
        assertThat(summary.envelope().to()).isEqualTo(summary.envelope().sender());
    }

    // RFC 2046 §5.1.1
    @Test
    void simpleMultipart() {
        byte[] letter =
                message(
                        "From: Nathaniel Borenstein <nsb@bellcore.com>",
                        "To: Ned Freed <ned@innosoft.com>",
                        "Date: Sun, 21 Mar 1993 23:56:48 -0800 (PST)",
                        "Subject: Sample message",
                        "MIME-Version: 1.0",
                        "Content-type: multipart/mixed; boundary=\"simple boundary\"",
                        "",
                        "This is the preamble.  It is to be ignored, though it",
                        "is a handy place for composition agents to include an",
                        "explanatory note to non-MIME conformant readers.",
                        "",
                        "--simple boundary",
                        "",
                        "This is implicitly typed plain US-ASCII text.",
                        "It does NOT end with a linebreak.",
                        "--simple boundary",
                        "Content-type: text/plain; charset=us-ascii",
                        "",
                        "This is explicitly typed plain US-ASCII text.",
                        "It DOES end with a linebreak.",
                        "",
                        "--simple boundary--",
                        "",
                        "This is the epilogue.  It is also to be ignored.");
        var summary = Structure.of(letter);
        var root = summary.root();
        assertThat(tree(root)).isEqualTo("multipart/mixed(text/plain text/plain)");
        assertThat(slice(letter, root.children().get(0).body()))
                .isEqualTo(
                        """
                        This is implicitly typed plain US-ASCII text.\r
                        It does NOT end with a linebreak.\
                        """);
        assertThat(slice(letter, root.children().get(0).header())).isEqualTo("\r\n");
        assertThat(slice(letter, root.children().get(1).header()))
                .isEqualTo("Content-type: text/plain; charset=us-ascii\r\n\r\n");
        assertThat(slice(letter, root.children().get(1).body()))
                .isEqualTo(
                        """
                        This is explicitly typed plain US-ASCII text.\r
                        It DOES end with a linebreak.\r
                        """);
        assertThat(root.children().get(0).lines()).isEqualTo(1);
        assertThat(root.children().get(1).lines()).isEqualTo(2);
        assertThat(root.body().end()).isEqualTo(letter.length);
        assertThat(root.lines()).isEqualTo(17);
        assertThat(summary.oddities()).isEmpty();
        assertThat(Summary.decode(summary.encode())).isEqualTo(summary);
        assertThat(Arrays.asList(summary.envelope().date(), summary.envelope().subject()))
                .containsExactly("Sun, 21 Mar 1993 23:56:48 -0800 (PST)", "Sample message");
    }
}
