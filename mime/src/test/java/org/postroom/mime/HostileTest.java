package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.mime.StructureTest.kinds;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// TRAPS T34, T35: what is meant to cost us dearly costs what its length costs. Memory is measured
/// as what was allocated in all. The sizes are such that quadratic time would be hours: the limit
/// of a minute is far from what any machine takes.
@Timeout(60)
class HostileTest {

    private static final int MEGA = 1 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Structure.Parser parser = new Structure.Parser();
    private final long before = THREADS.getCurrentThreadAllocatedBytes();

    private long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void write(String text) {
        byte[] octets = octets(text);
        parser.write(octets, 0, octets.length);
    }

    private void write(byte[] octets, int times) {
        for (int i = 0; i < times; i++) parser.write(octets, 0, octets.length);
    }

    private static int depth(Part part) {
        return 1 + part.children().stream().mapToInt(HostileTest::depth).max().orElse(0);
    }

    private static int count(Part part) {
        return 1 + part.children().stream().mapToInt(HostileTest::count).sum();
    }

    @Test
    void aHundredThousandNestedMultiparts() {
        nested("multipart/mixed; boundary=b%d", "--b%d\r\n");
    }

    @Test
    void aHundredThousandNestedMessages() {
        nested("message/rfc822", "");
    }

    private void nested(String type, String delimiter) {
        var nest = new Structure.Parser();
        for (int i = 0; i < 100_000; i++) {
            byte[] level =
                    octets(
                            String.format(
                                    Locale.ROOT,
                                    "Content-Type: " + type + "\r\n\r\n" + delimiter,
                                    i,
                                    i));
            nest.write(level, 0, level.length);
        }
        var summary = nest.finish();
        assertThat(depth(summary.root())).isEqualTo(Structure.MAX_DEPTH);
        assertThat(kinds(summary)).contains(Oddity.Kind.TOO_DEEP);
        var deepest = summary.root();
        while (!deepest.children().isEmpty()) deepest = deepest.children().getFirst();
        assertThat(deepest.type()).isEqualTo(MediaType.OPAQUE);
        assertThat(deepest.body().end()).isEqualTo(summary.size());
        assertThat(Summary.decode(summary.encode())).isEqualTo(summary);
    }

    @Test
    void manyDelimitersAmongAHundredOpenMultiparts() {
        for (int i = 0; i < 99; i++)
            write(
                    "Content-Type: multipart/mixed; boundary="
                            + "b".repeat(1900)
                            + i
                            + "\r\n\r\n--"
                            + "b".repeat(1900)
                            + i
                            + "\r\n");
        write(octets("\r\n--" + "b".repeat(1900) + "x"), 20_000);
        assertThat(depth(parser.finish().root())).isEqualTo(Structure.MAX_DEPTH);
    }

    @Test
    void aMillionParts() {
        write("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        write(octets("--b\r\n\r\nx\r\n"), 1_000_000);
        write("--b--\r\nepilogue");
        var summary = parser.finish();
        assertThat(count(summary.root())).isEqualTo(Structure.MAX_PARTS);
        assertThat(kinds(summary)).containsExactly(Oddity.Kind.TOO_MANY_PARTS);
        var last = summary.root().children().getLast();
        assertThat(last.body().end()).isEqualTo(summary.size() - 17);
    }

    @Test
    void aMillionMessagesInADigest() {
        write("Content-Type: multipart/digest; boundary=b\r\n\r\n");
        write(octets("--b\r\n\r\nTo: a@b\r\n\r\nx\r\n"), 1_000_000);
        assertThat(count(parser.finish().root())).isEqualTo(Structure.MAX_PARTS);
    }

    @Test
    void partsWithAMegabyteOfFieldsEach() {
        write("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        byte[] address = octets("a@b,".repeat(1000) + "\r\n ");
        for (int i = 0; i < 60; i++) {
            write("--b\r\nContent-Type: message/rfc822\r\nContent-Description: ");
            write("x".repeat(500_000));
            write("\r\n\r\nTo: ");
            write(address, 100);
            write("\r\n\r\n");
        }
        var summary = parser.finish();
        assertThat(summary.encode().length).isLessThan(2 * Structure.MAX_KEPT);
        assertThat(kinds(summary))
                .contains(
                        Oddity.Kind.TOO_MUCH_TO_KEEP,
                        Oddity.Kind.VALUE_TOO_LONG,
                        Oddity.Kind.TOO_MANY_ADDRESSES);
    }

    @Test
    void aHeaderSectionOf60Megabytes() {
        write("Subject: x\r\n");
        byte[] field = octets("X-Filler: " + "x".repeat(1024) + "\r\n");
        write(field, 60 * MEGA / field.length);
        write("\r\nbody");
        var summary = parser.finish();
        assertThat(summary.root().body().length()).isEqualTo(4);
        assertThat(summary.envelope().subject()).isEqualTo("x");
        assertThat(kinds(summary))
                .containsExactly(
                        Oddity.Kind.LONG_LINE,
                        Oddity.Kind.HEADER_TOO_LARGE,
                        Oddity.Kind.TOO_MANY_FIELDS);
        assertThat(allocated()).isLessThan(20 * MEGA);
    }

    @Test
    void aHeaderLineOf60Megabytes() {
        write("Subject: ");
        write("x".repeat(MEGA).getBytes(StandardCharsets.ISO_8859_1), 60);
        write("\r\nFrom: a@b\r\n\r\nbody");
        var summary = parser.finish();
        assertThat(summary.root().body().length()).isEqualTo(4);
        assertThat(summary.envelope().subject()).hasSize(Structure.MAX_VALUE);
        assertThat(kinds(summary))
                .containsExactlyInAnyOrder(
                        Oddity.Kind.LONG_LINE,
                        Oddity.Kind.HEADER_TOO_LARGE,
                        Oddity.Kind.VALUE_TOO_LONG);
        assertThat(allocated()).isLessThan(20 * MEGA);
    }

    @Test
    void aBodyOf256Megabytes() {
        write("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n");
        byte[] chunk = octets(("x".repeat(70) + "\r\n").repeat(1000) + "-".repeat(MEGA - 72_000));
        write(chunk, 256);
        write("\r\n--b--");
        var summary = parser.finish();
        assertThat(summary.root().children().getFirst().body().length()).isEqualTo(256L * MEGA);
        assertThat(allocated()).isLessThan(4 * MEGA);
    }

    @Test
    void aMillionAddresses() {
        String value = "Joe (x) <joe@x.test>,\"a\" b:c@d;".repeat(500_000);
        assertThat(Addresses.parse(value)).hasSizeBetween(Structure.MAX_ADDRESSES, 10_010);
        write("To: ");
        write(octets("a@b,"), 1_000_000);
        var summary = parser.finish();
        assertThat(summary.envelope().to()).hasSize(Structure.MAX_ADDRESSES);
        assertThat(kinds(summary)).contains(Oddity.Kind.TOO_MANY_ADDRESSES);
    }

    @Test
    void unbalancedAddressLists() {
        for (String piece :
                new String[] {
                    "(", "\"", "<", "((\\", "\"(", "(\"<", "<@", "@", "@a", "<a@", "a ", ". ", "a:",
                    ")", "[", "a@[", "\\", "a@b ", "a@b<", "a@b@", "<a", "\"\"", "()", "<@a,",
                    "a@(", "<>"
                })
            assertThat(Addresses.parse(piece.repeat(1_000_000)).size())
                    .as(piece)
                    .isLessThanOrEqualTo(Structure.MAX_ADDRESSES + 2);
    }

    @Test
    void aMillionParameters() {
        write("Content-Type: text/plain");
        write(octets(";\r\n a=b"), 1_000_000);
        var summary = parser.finish();
        assertThat(summary.root().type().parameters()).hasSize(Structure.MAX_PARAMETERS);
        assertThat(kinds(summary))
                .contains(Oddity.Kind.TOO_MANY_PARAMETERS, Oddity.Kind.VALUE_TOO_LONG);
    }

    @Test
    void brokenParameters() {
        for (String piece :
                new String[] {
                    ";", "; ", ";a", ";a=", ";a=\"", "(", ";(", ";a=(", "=", "\"", "\\", ";\"",
                    ";a b"
                })
            assertThat(MediaType.parse("text/plain" + piece.repeat(1_000_000)))
                    .as(piece)
                    .isPresent();
    }

    @Test
    void brokenEncodedWords() {
        for (String piece :
                new String[] {
                    "=?",
                    "=?a?q?",
                    "=?utf-8?q?",
                    "=?utf-8?q?=?=",
                    "=?utf-8?q??=",
                    "=?x?q?a?= ",
                    "=?utf-8?b?=?= ",
                    "=?utf-8?q?a?= ",
                    "\u00e4=?",
                    "?="
                }) assertThat(Words.decode(piece.repeat(100_000))).as(piece).isNotNull();
    }

    @Test
    void brokenHtml() {
        for (String piece :
                new String[] {"<", "<!--", "&", "&#", "<script>", "</", "<style", "&#x;"})
            assertThat(Html.text(piece.repeat(1_000_000))).as(piece).isNotNull();
    }

    @Test
    void brokenDates() {
        for (String piece : new String[] {"(", ")", "a", "1", ", ", "1 Jan ", ":", "-"})
            assertThat(Dates.parse(piece.repeat(1_000_000))).as(piece).isEmpty();
    }

    @Test
    void manyFieldsAndManyLines() {
        write(octets("a:\n"), 1_000_000);
        var summary = parser.finish();
        assertThat(summary.fields()).hasSize(Structure.MAX_FIELDS);
        assertThat(summary.root().header().length()).isEqualTo(3_000_000);
        assertThat(kinds(summary)).contains(Oddity.Kind.TOO_MANY_FIELDS);
    }
}
