package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/// Twice the input takes at most two and a half times as long, whatever it is made of. Time is this
/// thread's own on the processor, the best of several, so that a busy machine tells nothing.
@Timeout(300)
class LinearTest {

    private static final int BEST_OF = 7;
    private static final int ATTEMPTS = 8;
    private static final double MOST = 2.5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// A message in pieces: the first, one many times over, the last.
    private record Made(String first, IntFunction<String> each, String last) {

        Summary read(int times) {
            var parser = new Structure.Parser();
            write(parser, first);
            for (int i = 0; i < times; i++) write(parser, each.apply(i));
            write(parser, last);
            return parser.finish();
        }

        private static void write(Structure.Parser parser, String text) {
            byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
            parser.write(octets, 0, octets.length);
        }
    }

    private static long time(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < BEST_OF; i++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            work.run();
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - begin);
        }
        return best;
    }

    private static void isLinear(Runnable once, Runnable twice) {
        double ratio = 0;
        for (int i = 0; i < ATTEMPTS; i++) {
            ratio = (double) time(twice) / time(once);
            if (ratio <= MOST) return;
        }
        assertThat(ratio).isLessThanOrEqualTo(MOST);
    }

    private static void isLinear(Made message, int times) {
        isLinear(() -> message.read(times), () -> message.read(2 * times));
    }

    private static void isLinear(String piece, int times, Reads reads) {
        String once = piece.repeat(times);
        String twice = piece.repeat(2 * times);
        isLinear(() -> reads.read(once), () -> reads.read(twice));
    }

    private interface Reads {
        Object read(String text);
    }

    @Test
    void parts() {
        var parts =
                new Made(
                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
                        i -> "--b\r\nContent-Type: text/html\r\n\r\nx\r\n",
                        "--b--\r\n");
        assertThat(parts.read(100_000).root().children()).hasSize(Structure.MAX_PARTS - 1);
        isLinear(parts, 100_000);
    }

    @Test
    void levels() {
        var levels =
                new Made(
                        "",
                        i ->
                                "Content-Type: multipart/mixed; boundary=b"
                                        + i
                                        + "\r\n\r\n--b"
                                        + i
                                        + "\r\n",
                        "");
        assertThat(StructureTest.kinds(levels.read(10_000))).contains(Oddity.Kind.TOO_DEEP);
        isLinear(levels, 10_000);
    }

    @Test
    void levelsOfMessages() {
        isLinear(new Made("", i -> "Content-Type: message/rfc822\r\n\r\n", ""), 10_000);
    }

    @Test
    void closingDelimiters() {
        isLinear(
                new Made(
                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n",
                        i -> "--b" + i + "--\r\n",
                        ""),
                100_000);
    }

    @Test
    void oneFieldOfTenMegabytes() {
        for (String name : new String[] {"Subject", "To", "References", "Content-Type", "X"}) {
            var field =
                    new Made(name + ": a", i -> "x".repeat(998) + "\r\n ", "\r\nFrom: a@b\r\n\r\n");
            var summary = field.read(10_500);
            assertThat(summary.envelope().from())
                    .containsExactly(new Address(null, null, "a", "b"));
            assertThat(summary.encode().length).isLessThan(1 << 20);
            isLinear(field, 5_000);
        }
    }

    @Test
    void manyFields() {
        isLinear(new Made("", i -> "X-Field: value\r\n", "\r\n"), 200_000);
    }

    @Test
    void aMillionAddresses() {
        var addresses = new Made("To: a@b", i -> ",\r\n Joe <joe@x.test>", "\r\n\r\n");
        assertThat(addresses.read(1_000_000).envelope().to()).hasSize(Structure.MAX_ADDRESSES);
        isLinear(addresses, 500_000);
        isLinear(new Made("To: a@b", i -> "\r\nTo: Joe <joe@x.test>", "\r\n\r\n"), 200_000);
    }

    @Test
    void values() {
        Reads[] readers = {
            Addresses::parse,
            MessageIds::parse,
            BaseSubject::of,
            Words::decode,
            Dates::parse,
            text -> MediaType.parse("a/b;" + text),
            text -> Flowed.paragraphs(text, false),
            text -> Text.of(text.getBytes(StandardCharsets.ISO_8859_1), "utf-7"),
        };
        String[] pieces = {
            "(",
            "\"",
            "<",
            "<a@b ",
            "[a]",
            "re: ",
            "=?utf-8?q?a?= ",
            "=?x?q?a",
            "=?utf-8?q?",
            "a=\"",
            ";a=b",
            ";a*1=b",
            "> a \r\n",
            "+AGE",
            "\\",
            "a@b,"
        };
        for (var reader : readers)
            for (String piece : pieces) isLinear(piece, 100_000 / piece.length(), reader);
    }
}
