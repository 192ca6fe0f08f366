package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A message larger than the memory there is. `-Dmessage.mebibytes=1024` makes it a gibibyte.
class BigMessageTest {

    private static final long MEBIBYTES = Long.getLong("message.mebibytes", 128);

    @Test
    void isReadWith64Megabytes() throws Exception {
        var out = Files.createTempFile("big", ".out");
        try {
            var child =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx64m",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    System.getProperty(
                                            "surefire.test.class.path",
                                            System.getProperty("java.class.path")),
                                    Reader.class.getName(),
                                    Long.toString(MEBIBYTES))
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(out)).isEqualTo("2 parts, " + MEBIBYTES + " MiB\n");
        } finally {
            Files.delete(out);
        }
    }

    /// The child: a message of two parts, most of it text, with a field of ten megabytes.
    static final class Reader {

        private Reader() {}

        public static void main(String[] arguments) {
            long size = Long.parseLong(arguments[0]) << 20;
            var parser = new Structure.Parser();
            long written =
                    write(
                            parser,
                            "To: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\nSubject: ");
            for (int i = 0; i < 10_000; i++) written += write(parser, "x".repeat(1022) + "\r\n ");
            written += write(parser, "\r\n\r\n--b\r\n\r\n");
            byte[] lines =
                    ("text\0 ".repeat(12) + "\r\n")
                            .repeat(1000)
                            .getBytes(StandardCharsets.US_ASCII);
            String end = "\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--b--\r\n";
            while (written < size) {
                int length = (int) Math.min(lines.length, size - written);
                parser.write(lines, 0, length);
                written += length;
            }
            write(parser, end);
            var summary = parser.finish();
            System.out.print(
                    summary.root().children().size()
                            + " parts, "
                            + (summary.size() >> 20)
                            + " MiB\n");
        }

        private static long write(Structure.Parser parser, String text) {
            byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
            parser.write(octets, 0, octets.length);
            return octets.length;
        }
    }
}
