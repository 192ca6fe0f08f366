package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Messages made at random, each with the parts that must be found in it.
class GeneratedTest {

    /// What was written, and where.
    private record Made(String type, int offset, int body, int end, List<Made> children) {}

    /// Writes entities; the same seed writes the same.
    private static final class Maker {

        private static final String[] NOISE = {
            "",
            "text",
            "--",
            "--b",
            "-- b",
            "--b1x",
            " --b1",
            "From me",
            "a: b",
            ".",
            "\u00e4\0\u0001",
            "Content-Type: multipart/mixed; boundary=b1"
        };

        private final Random random;
        private final StringBuilder out = new StringBuilder();
        private int boundaries;

        Maker(long seed) {
            random = new Random(seed);
        }

        byte[] octets() {
            return out.toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        Made entity(int depth, boolean inDigest) {
            int offset = out.length();
            for (int i = random.nextInt(3); i > 0; i--) out.append("X-Field: 1\r\n\tfolded\r\n");
            int kind = depth == 0 ? 0 : random.nextInt(5);
            return switch (kind) {
                case 1, 2 -> multipart(depth, offset);
                case 3 -> message(depth, offset, inDigest);
                default -> leaf(offset, inDigest);
            };
        }

        private Made leaf(int offset, boolean inDigest) {
            String type = random.nextBoolean() || inDigest ? "image/gif" : "text/plain";
            if (type.equals("image/gif")) out.append("content-TYPE : Image/GIF (picture)\r\n");
            out.append("\r\n");
            int body = out.length();
            noise();
            return new Made(type, offset, body, out.length(), List.of());
        }

        private Made message(int depth, int offset, boolean inDigest) {
            if (!inDigest || random.nextBoolean()) out.append("Content-Type: message/rfc822\r\n");
            out.append("\r\n");
            int body = out.length();
            var child = entity(depth - 1, false);
            return new Made("message/rfc822", offset, body, out.length(), List.of(child));
        }

        private Made multipart(int depth, int offset) {
            boolean digest = random.nextBoolean();
            String type = digest ? "multipart/digest" : "multipart/mixed";
            // longer with each, so that earlier ones are its beginnings; half of them end in "--"
            String boundary = "b" + "1".repeat(++boundaries) + (random.nextBoolean() ? "" : " --");
            out.append("Content-Type: ").append(type).append(";\r\n\tBoundary=\"");
            out.append(boundary).append("\"\r\n\r\n");
            int body = out.length();
            if (random.nextBoolean()) {
                noise();
                out.append("\r\n");
            }
            var children = new ArrayList<Made>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                out.append("--").append(boundary).append(random.nextBoolean() ? "" : " \t");
                out.append("\r\n");
                children.add(entity(depth - 1, digest));
                out.append("\r\n");
            }
            out.append("--").append(boundary).append("--");
            if (random.nextBoolean()) {
                out.append("\r\n");
                noise();
            }
            return new Made(type, offset, body, out.length(), children);
        }

        private void noise() {
            for (int i = random.nextInt(4); i > 0; i--) {
                out.append(NOISE[random.nextInt(NOISE.length)]);
                if (i > 1 || random.nextBoolean()) out.append("\r\n");
            }
        }
    }

    private static Summary chunked(byte[] message, Random random) {
        var parser = new Structure.Parser();
        int at = 0;
        while (at < message.length) {
            int length = Math.min(message.length - at, 1 + random.nextInt(1 + random.nextInt(40)));
            parser.write(message, at, length);
            at += length;
        }
        return parser.finish();
    }

    @Test
    void everyPartIsFoundWhereItWasWritten() {
        for (long seed = 0; seed < 3_000; seed++) {
            var maker = new Maker(seed);
            maker.out.append("Subject: seed ").append(seed).append("\r\n");
            var made = maker.entity(5, false);
            byte[] message = maker.octets();
            var summary = Structure.of(message);
            compare(
                    "seed " + seed,
                    maker.out,
                    new Made(made.type, 0, made.body, made.end, made.children),
                    summary.root());
            assertThat(summary.size()).isEqualTo(message.length);
            assertThat(chunked(message, new Random(seed))).as("seed %d", seed).isEqualTo(summary);
            assertThat(Summary.decode(summary.encode())).as("seed %d", seed).isEqualTo(summary);
        }
    }

    private static void compare(String seed, StringBuilder out, Made made, Part part) {
        assertThat(part.type().type() + "/" + part.type().subtype()).as(seed).isEqualTo(made.type);
        assertThat(part.header())
                .as(seed)
                .isEqualTo(new Span(made.offset, made.body - made.offset));
        assertThat(part.body()).as(seed).isEqualTo(new Span(made.body, made.end - made.body));
        long lines = out.substring(made.body, made.end).chars().filter(c -> c == '\n').count();
        assertThat(part.lines()).as(seed).isEqualTo(lines);
        assertThat(part.children()).as(seed).hasSameSizeAs(made.children);
        for (int i = 0; i < made.children.size(); i++)
            compare(seed, out, made.children.get(i), part.children().get(i));
    }

    private static final String[] TOKENS = {
        "\r\n",
        "\r\n",
        "\n",
        "\r",
        "\0",
        " ",
        "--b",
        "--b--",
        "--c",
        "a",
        ":",
        ";",
        "=",
        "\"",
        "\\",
        "<",
        ">",
        "@",
        ",",
        "(",
        ")",
        ".",
        "=?utf-8?q?",
        "?=",
        "=3D",
        "\u00e4",
        "From ",
        "From: ",
        "To: ",
        "Date: 1 Jan 2000 00:00",
        "Content-Type: ",
        "multipart/mixed",
        "multipart/digest",
        "message/rfc822",
        "text/html",
        "<p>",
        "&#",
        "; boundary=b",
        "; boundary=c",
        "\r\n\r\n",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename="
    };

    @Test
    void nothingThrowsWhateverTheOctets() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--)
                text.append(TOKENS[random.nextInt(TOKENS.length)]);
            for (int i = random.nextInt(4); i > 0; i--) text.append((char) random.nextInt(256));
            byte[] message = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            var summary = Structure.of(message);
            within("seed " + seed, new Span(0, message.length), summary.root());
            assertThat(chunked(message, random)).as("seed %d", seed).isEqualTo(summary);
            assertThat(Summary.decode(summary.encode())).as("seed %d", seed).isEqualTo(summary);
            readEverything(text.toString(), message);
        }
    }

    private static void within(String seed, Span outer, Part part) {
        assertThat(part.header().offset()).as(seed).isBetween(outer.offset(), outer.end());
        assertThat(part.body().offset()).as(seed).isEqualTo(part.header().end());
        assertThat(part.body().end()).as(seed).isBetween(part.body().offset(), outer.end());
        assertThat(part.lines()).as(seed).isBetween(0L, part.body().length());
        if (part.type().type().equals("multipart"))
            assertThat(part.isMultipart()).as(seed).isTrue();
        if (part.isMessage()) assertThat(part.children()).as(seed).hasSize(1);
        for (var child : part.children()) within(seed, part.body(), child);
    }

    private static void readEverything(String text, byte[] octets) {
        for (var field : Fields.of(octets)) assertThat(field.value()).doesNotContain("\n");
        assertThat(Addresses.parse(text)).isNotNull();
        assertThat(Words.decode(text)).isNotNull();
        assertThat(Dates.parse(text)).isNotNull();
        assertThat(MediaType.parse(text)).isNotNull();
        assertThat(Disposition.parse(text)).isNotNull();
        assertThat(Html.text(text)).isNotNull();
        assertThat(Text.of(octets, text)).isNotNull();
    }
}
