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

    /// What is odd, but that MIME-Version is left out, as in most messages here.
    static List<Oddity.Kind> kinds(Summary summary) {
        return summary.oddities().stream()
                .map(Oddity::kind)
                .filter(kind -> kind != Oddity.Kind.NO_MIME_VERSION)
                .toList();
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
        assertThat(kinds(summary)).containsExactly(Oddity.Kind.BAD_ADDRESS);
    }

    // Textbook: Example 23.1
    // RFC 7103 §7.2
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
        assertThat(summary.oddities())
                .containsExactly(
                        new Oddity(Oddity.Kind.NO_BLANK_LINE, 30),
                        new Oddity(Oddity.Kind.BAD_ADDRESS, 0));
        assertThat(summary.envelope().from())
                .containsExactly(new Address(null, null, "Forouzan", ""));
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
        assertThat(kinds(summary)).isEmpty();
        assertThat(Summary.decode(summary.encode())).isEqualTo(summary);
        assertThat(Arrays.asList(summary.envelope().date(), summary.envelope().subject()))
                .containsExactly("Sun, 21 Mar 1993 23:56:48 -0800 (PST)", "Sample message");
    }

    // RFC 2049 §A
    @Test
    void complexMultipart() {
        byte[] letter =
                message(
                        "MIME-Version: 1.0",
                        "From: Nathaniel Borenstein <nsb@nsb.fv.com>",
                        "To: Ned Freed <ned@innosoft.com>",
                        "Date: Fri, 07 Oct 1994 16:15:05 -0700 (PDT)",
                        "Subject: A multipart example",
                        "Content-Type: multipart/mixed;",
                        "              boundary=unique-boundary-1",
                        "",
                        "This is the preamble area of a multipart message.",
                        "",
                        "--unique-boundary-1",
                        "",
                        "  ... Some text appears here ...",
                        "",
                        "--unique-boundary-1",
                        "Content-type: text/plain; charset=US-ASCII",
                        "",
                        "This could have been part of the previous part.",
                        "",
                        "--unique-boundary-1",
                        "Content-Type: multipart/parallel; boundary=unique-boundary-2",
                        "",
                        "--unique-boundary-2",
                        "Content-Type: audio/basic",
                        "Content-Transfer-Encoding: base64",
                        "",
                        "  ... base64-encoded audio goes here ...",
                        "",
                        "--unique-boundary-2",
                        "Content-Type: image/jpeg",
                        "Content-Transfer-Encoding: base64",
                        "",
                        "  ... base64-encoded image data goes here ...",
                        "",
                        "--unique-boundary-2--",
                        "",
                        "--unique-boundary-1",
                        "Content-type: text/enriched",
                        "",
                        "This is <bold><italic>enriched.</italic></bold>",
                        "",
                        "--unique-boundary-1",
                        "Content-Type: message/rfc822",
                        "",
                        "From: (mailbox in US-ASCII)",
                        "To: (address in US-ASCII)",
                        "Subject: (subject in US-ASCII)",
                        "Content-Type: Text/plain; charset=ISO-8859-1",
                        "Content-Transfer-Encoding: Quoted-printable",
                        "",
                        "  ... Additional text in ISO-8859-1 goes here ...",
                        "",
                        "--unique-boundary-1--");
        var summary = Structure.of(letter);
        var root = summary.root();
        assertThat(tree(root))
                .isEqualTo(
                        "multipart/mixed(text/plain text/plain multipart/parallel(audio/basic"
                                + " image/jpeg) text/enriched message/rfc822(text/plain))");
        assertThat(slice(letter, root.section(3, 2).orElseThrow().body()))
                .isEqualTo("  ... base64-encoded image data goes here ...\r\n");
        assertThat(slice(letter, root.section(3).orElseThrow().body()))
                .startsWith("--unique-boundary-2\r\n")
                .endsWith("--unique-boundary-2--\r\n");
        var within = root.section(5).orElseThrow();
        assertThat(within.envelope())
                .extracting(Envelope::subject)
                .isEqualTo("(subject in US-ASCII)");
        assertThat(slice(letter, within.body())).startsWith("From: (mailbox");
        var text = root.section(5, 1).orElseThrow();
        assertThat(text.encoding()).isEqualTo("Quoted-printable");
        assertThat(text.type().parameter("charset")).contains("ISO-8859-1");
        assertThat(slice(letter, text.body()))
                .isEqualTo("  ... Additional text in ISO-8859-1 goes here ...\r\n");
        assertThat(kinds(summary)).isEmpty();
        assertThat(summary.preview()).isEqualTo("... Some text appears here ...");
    }

    @Test
    void everyContentFieldIsKept() { // RFC 9051 §7.5.2: BODYSTRUCTURE's extension data
        var part =
                Structure.of(
                                message(
                                        "Content-Type: Image/GIF; name=\"a b.gif\"; X=y(z); q=a b",
                                        "Content-ID: <1@x>",
                                        "Content-Description: a",
                                        "  picture",
                                        "Content-Transfer-Encoding: BASE64 (really)",
                                        "Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==",
                                        "Content-Disposition: Attachment; filename*0=\"a\\\"b\"",
                                        "Content-Language: mi, (Maori) en",
                                        "Content-Location: http://x.test/a.gif",
                                        "",
                                        "R0lGODlh"))
                        .root();
        assertThat(part.type())
                .isEqualTo(
                        new MediaType(
                                "image",
                                "gif",
                                List.of(
                                        new Parameter("name", "a b.gif"),
                                        new Parameter("x", "y"),
                                        new Parameter("q", "a b"))));
        assertThat(part.id()).isEqualTo("<1@x>");
        assertThat(part.description()).isEqualTo("a  picture");
        assertThat(part.encoding()).isEqualTo("BASE64");
        assertThat(part.md5()).isEqualTo("Q2hlY2sgSW50ZWdyaXR5IQ==");
        assertThat(part.disposition())
                .isEqualTo(
                        new Disposition(
                                "attachment", List.of(new Parameter("filename*0", "a\"b"))));
        assertThat(part.languages()).containsExactly("mi", "en");
        assertThat(part.location()).isEqualTo("http://x.test/a.gif");
    }

    @Test
    void whatSaysNothingIsPlainText() { // RFC 2045 §5.2
        var summary = Structure.of(message("Subject: x", "", "y"));
        assertThat(summary.root().type()).isEqualTo(MediaType.DEFAULT);
        assertThat(summary.root().encoding()).isNull();
        for (String type : List.of("", "text", "/", "text/", "a b/c", ";charset=x")) {
            summary = Structure.of(message("Content-Type: " + type, "", "y"));
            assertThat(summary.root().type()).isEqualTo(MediaType.DEFAULT);
            assertThat(kinds(summary)).containsExactly(Oddity.Kind.BAD_CONTENT_TYPE);
        }
    }

    private static Summary multipart(String boundary, String... lines) {
        return Structure.of(mixed(boundary, lines));
    }

    private static byte[] mixed(String boundary, String... lines) {
        return message(
                "Content-Type: multipart/mixed; boundary=" + boundary,
                "",
                String.join("\r\n", lines));
    }

    @Test
    void digestsPartsAreMessages() { // RFC 2046 §5.1.5
        var summary =
                Structure.of(
                        message(
                                "Content-Type: multipart/digest; boundary=b",
                                "",
                                "--b",
                                "",
                                "Subject: one",
                                "",
                                "1",
                                "--b",
                                "Content-Type: text/plain",
                                "",
                                "2",
                                "--b",
                                "",
                                "--b--"));
        assertThat(tree(summary.root()))
                .isEqualTo(
                        "multipart/digest(message/rfc822(text/plain) text/plain"
                                + " message/rfc822(text/plain))");
        assertThat(summary.root().children().get(0).envelope())
                .extracting(Envelope::subject)
                .isEqualTo("one");
        assertThat(summary.root().children().get(2).envelope()).isEqualTo(Envelope.NONE);
    }

    @Test
    void aBoundaryMayBeginWithAnother() { // TRAPS T34
        byte[] letter =
                mixed(
                        "a",
                        "--a",
                        "Content-Type: multipart/mixed; boundary=ab",
                        "",
                        "--ab",
                        "",
                        "--abc is text",
                        "--ab",
                        "Content-Type: multipart/mixed; boundary=\"ab--\"",
                        "",
                        "--ab--",
                        "",
                        "of the innermost",
                        "--ab----",
                        "--ab--",
                        "--a--");
        var root = Structure.of(letter).root();
        assertThat(tree(root))
                .isEqualTo(
                        "multipart/mixed(multipart/mixed(text/plain multipart/mixed(text/plain)))");
        assertThat(slice(letter, root.section(1, 1).orElseThrow().body()))
                .isEqualTo("--abc is text");
        assertThat(slice(letter, root.section(1, 2, 1).orElseThrow().body()))
                .isEqualTo("of the innermost");
    }

    @Test
    void outerBoundariesEndInnerParts() { // RFC 2046 §5.1.2
        byte[] letter =
                mixed(
                        "outer",
                        "--outer",
                        "Content-Type: multipart/mixed; boundary=inner",
                        "",
                        "--inner",
                        "Content-Type: message/rfc822",
                        "",
                        "Content-Type: multipart/mixed; boundary=innermost",
                        "",
                        "--innermost",
                        "",
                        "deep",
                        "--outer",
                        "",
                        "after",
                        "--outer--");
        var summary = Structure.of(letter);
        assertThat(tree(summary.root()))
                .isEqualTo(
                        "multipart/mixed(multipart/mixed(message/rfc822(multipart/mixed(text/plain)))"
                            + " text/plain)");
        assertThat(slice(letter, summary.root().section(1, 1, 1).orElseThrow().body()))
                .isEqualTo("deep");
        assertThat(slice(letter, summary.root().section(1).orElseThrow().body())).endsWith("deep");
        assertThat(slice(letter, summary.root().section(2).orElseThrow().body()))
                .isEqualTo("after");
        assertThat(kinds(summary)).containsExactly(Oddity.Kind.UNTERMINATED_MULTIPART);
    }

    @Test
    void delimitersAreWholeLines() { // RFC 2046 §5.1.1
        byte[] letter =
                mixed(
                        "\"b \"",
                        "--b \t ",
                        "",
                        " --b",
                        "--bb",
                        "--b x",
                        "-- b",
                        "--B",
                        "--b --",
                        "--b--x",
                        "--b-- \t",
                        "--b",
                        "epilogue");
        var summary = Structure.of(letter);
        assertThat(summary.root().children()).hasSize(1);
        assertThat(slice(letter, summary.root().children().getFirst().body()))
                .isEqualTo(" --b\r\n--bb\r\n--b x\r\n-- b\r\n--B\r\n--b --\r\n--b--x");
        assertThat(kinds(summary)).isEmpty();
    }

    @Test
    void partsMayBeEmpty() {
        byte[] letter =
                mixed(
                        "b", "--b", "--b", "", "--b", "A: 1", "--b", "A: 1", "", "--b", "", "",
                        "--b--");
        var parts = Structure.of(letter).root().children();
        assertThat(parts)
                .extracting(part -> slice(letter, part.header()))
                .containsExactly("", "\r\n", "A: 1\r\n", "A: 1\r\n\r\n", "\r\n");
        assertThat(parts).extracting(part -> slice(letter, part.body())).containsOnly("");
        assertThat(parts).extracting(Part::lines).containsOnly(0L);
    }

    @Test
    void theLastLineNeedsNoEnd() {
        var summary =
                Structure.of(
                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--"
                                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(summary.root().children().getFirst().body().length()).isEqualTo(1);
        assertThat(kinds(summary)).isEmpty();
    }

    @Test
    void aMultipartWithoutABoundaryIsPlainText() { // RFC 2046 §5.1.1
        for (String boundary : List.of("", "\"\"", "\"  \"", "never-comes")) {
            var summary = multipart(boundary, "--", "--b", "text");
            assertThat(tree(summary.root())).isEqualTo("text/plain");
            assertThat(kinds(summary)).containsExactly(Oddity.Kind.NO_BOUNDARY);
        }
    }

    @Test
    void boundariesAreBounded() { // TRAPS T34
        String longest = "b".repeat(Structure.MAX_BOUNDARY);
        assertThat(tree(multipart(longest, "--" + longest, "", "x", "--" + longest + "--").root()))
                .isEqualTo("multipart/mixed(text/plain)");
        var summary = multipart(longest + "b", "--" + longest + "b", "", "x");
        assertThat(tree(summary.root())).isEqualTo("application/octet-stream");
        assertThat(kinds(summary))
                .containsExactly(Oddity.Kind.LONG_LINE, Oddity.Kind.BOUNDARY_TOO_LONG);
    }

    @Test
    void encodedMessagesAreOpaque() { // RFC 2046 §5.2.1
        var summary =
                Structure.of(
                        message(
                                "Content-Type: message/rfc822",
                                "Content-Transfer-Encoding: base64",
                                "",
                                "U3ViamVjdDogeA0KDQo="));
        assertThat(tree(summary.root())).isEqualTo("application/octet-stream");
        assertThat(kinds(summary)).containsExactly(Oddity.Kind.ENCODED_MESSAGE);
    }

    @Test
    void messagesAreOfTwoKinds() { // RFC 9051 §9: media-message
        for (String kind : List.of("rfc822", "Global")) {
            var root =
                    Structure.of(message("Content-Type: message/" + kind, "", "A: 1", "", "x"))
                            .root();
            assertThat(root.isMessage()).isTrue();
            assertThat(root.children()).hasSize(1);
            assertThat(root.children().getFirst().header().offset())
                    .isEqualTo(root.body().offset());
            assertThat(root.children().getFirst().body().length()).isEqualTo(3);
        }
    }

    @Test
    void aMissingBlankLineIsMissedAtEachLevel() { // RFC 7103 §7.2
        byte[] letter =
                message(
                        "Content-Type: multipart/mixed; boundary=b",
                        "--b",
                        "Content-Type: message/rfc822",
                        "no field",
                        "--b",
                        "text",
                        "--b--");
        var summary = Structure.of(letter);
        assertThat(tree(summary.root()))
                .isEqualTo("multipart/mixed(message/rfc822(text/plain) text/plain)");
        assertThat(slice(letter, summary.root().section(1, 1).orElseThrow().body()))
                .isEqualTo("no field");
        assertThat(slice(letter, summary.root().section(2).orElseThrow().body())).isEqualTo("text");
        assertThat(kinds(summary)).containsExactly(Oddity.Kind.NO_BLANK_LINE);
    }

    @Test
    void aMessageMayHaveNoHeaderOrNoBody() {
        for (String text : List.of("hello", ": y", "\u00fcber: x")) {
            var summary = Structure.of(message(text));
            assertThat(summary.root().header()).isEqualTo(new Span(0, 0));
            assertThat(summary.root().body()).isEqualTo(new Span(0, text.length() + 2L));
        }
        assertThat(Structure.of(message("", "x")).root().header()).isEqualTo(new Span(0, 2));
        assertThat(Structure.of(message("A: 1")).root().header()).isEqualTo(new Span(0, 6));
        assertThat(Structure.of(new byte[0]).root().body()).isEqualTo(new Span(0, 0));
        assertThat(kinds(Structure.of(new byte[0]))).isEmpty();
    }

    @Test
    void aHeaderMayBeginWithAFoldedLine() {
        var summary = Structure.of(message(" lost", "\tagain", "Subject: x", "", "y"));
        assertThat(summary.envelope().subject()).isEqualTo("x");
        assertThat(summary.root().header().length()).isEqualTo(29);
        assertThat(kinds(summary)).containsExactly(Oddity.Kind.FOLDED_FIRST_LINE);
    }

    @Test
    void aFromLineAtTheTopIsNoField() {
        for (String from : List.of("From me Thu Jan  1 00:00:00 1970", ">From me")) {
            byte[] letter = message(from, "Subject: x", "", "y");
            var summary = Structure.of(letter);
            assertThat(summary.envelope().subject()).isEqualTo("x");
            assertThat(summary.fields())
                    .containsExactly(new FieldPlace("Subject", from.length() + 2L, 12));
            assertThat(slice(letter, summary.root().body())).isEqualTo("y\r\n");
            assertThat(kinds(summary)).containsExactly(Oddity.Kind.FROM_LINE);
            assertThat(summary.oddities()).contains(new Oddity(Oddity.Kind.FROM_LINE, 0));
        }
        var below = Structure.of(message("Subject: x", "From me", "To: y"));
        assertThat(kinds(below)).containsExactly(Oddity.Kind.NO_BLANK_LINE);
    }

    @Test
    void oddOctetsBreakNothing() {
        byte[] letter =
                "A: 1\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\ry\0\n--b--\n"
                        .getBytes(StandardCharsets.ISO_8859_1);
        var summary = Structure.of(letter);
        var part = summary.root().section(1).orElseThrow();
        assertThat(slice(letter, part.body())).isEqualTo("x\ry\0");
        assertThat(part.lines()).isZero();
        assertThat(summary.oddities())
                .containsExactlyInAnyOrder(
                        new Oddity(Oddity.Kind.BARE_LF, 4),
                        new Oddity(Oddity.Kind.NO_MIME_VERSION, 5),
                        new Oddity(Oddity.Kind.BARE_CR, part.body().offset() + 1),
                        new Oddity(Oddity.Kind.NUL, part.body().offset() + 3));
    }

    @Test
    void fieldsHavePlaces() {
        var summary = Structure.of(message("From: a@b", "Subject : one", " two", "", "x"));
        assertThat(summary.fields())
                .containsExactly(new FieldPlace("From", 0, 11), new FieldPlace("Subject", 11, 21));
    }

    @Test
    void sectionsAreNumberedAsImapDoes() { // RFC 9051 §6.4.5.1
        var root =
                Structure.of(
                                message(
                                        "Content-Type: multipart/mixed; boundary=a",
                                        "",
                                        "--a",
                                        "",
                                        "1",
                                        "--a",
                                        "Content-Type: message/rfc822",
                                        "",
                                        "Content-Type: multipart/mixed; boundary=b",
                                        "",
                                        "--b",
                                        "",
                                        "2.1",
                                        "--b",
                                        "Content-Type: message/rfc822",
                                        "",
                                        "Subject: x",
                                        "",
                                        "2.2.1",
                                        "--b--",
                                        "--a--"))
                        .root();
        assertThat(root.section()).contains(root);
        assertThat(root.section(1).orElseThrow().body().length()).isEqualTo(1);
        assertThat(root.section(2).orElseThrow().isMessage()).isTrue();
        assertThat(root.section(2, 1).orElseThrow().body().length()).isEqualTo(3);
        assertThat(root.section(2, 2).orElseThrow().isMessage()).isTrue();
        assertThat(root.section(2, 2, 1).orElseThrow().body().length()).isEqualTo(5);
        for (int[] none : new int[][] {{0}, {3}, {1, 1}, {2, 3}, {2, 2, 2}, {2, 2, 1, 1}, {-1}})
            assertThat(root.section(none)).isEmpty();
        var single = Structure.of(message("Subject: x", "", "y")).root();
        assertThat(single.section(1)).contains(single);
        assertThat(single.section(2)).isEmpty();
        assertThat(single.section(1, 1)).isEmpty();
        var forwarded =
                Structure.of(message("Content-Type: message/rfc822", "", "A: 1", "", "y")).root();
        assertThat(forwarded.section(1)).contains(forwarded);
        assertThat(forwarded.section(1, 1)).contains(forwarded.children().getFirst());
    }

    @Test
    void previewIsTheFirstTextsBeginning() {
        assertThat(
                        multipart(
                                        "b",
                                        "--b",
                                        "Content-Type: text/html",
                                        "",
                                        "<p>html</p>",
                                        "--b",
                                        "Content-Disposition: attachment",
                                        "",
                                        "attached",
                                        "--b",
                                        "Content-Transfer-Encoding: base64",
                                        "Content-Type: text/plain; charset=utf-8",
                                        "",
                                        "w6TDtg0KICDDvA==",
                                        "--b--")
                                .preview())
                .isEqualTo("\u00e4\u00f6 \u00fc");
        assertThat(Structure.of(message("A: 1", "", "x".repeat(1000))).preview())
                .isEqualTo("x".repeat(256));
        assertThat(Structure.of(message("A: 1", "", " \r\n\t\u0007 x\u007f\r\ny  ")).preview())
                .isEqualTo("x y");
    }

    @Test
    void previewOfHtmlIsItsWords() {
        assertThat(
                        Structure.of(
                                        message(
                                                "Content-Type: text/html",
                                                "",
                                                "<html><head><title>t</title><STYLE>p{}</STYLE>",
                                                "<script>if (1<2) x</script></head><!-- > no -->",
                                                "<p>Fish &amp; chips &lt;3 &#8364;&#x41;",
                                                "&nbsp;&unknown; &#xD800;&#99999999;<br>end<"))
                                .preview())
                .isEqualTo("Fish & chips <3 \u20acA &unknown; \ufffd&#99999999; end");
    }
}
