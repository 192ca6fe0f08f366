package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

class LineEndsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineEnds ends = new LineEnds(out);

    private String pass(String... chunks) throws IOException {
        for (String chunk : chunks) ends.write(chunk.getBytes(StandardCharsets.ISO_8859_1));
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void canonicalStaysAsItIs() throws IOException {
        assertThat(pass("a\r\nb\r", "\n\r\n", "c")).isEqualTo("a\r\nb\r\n\r\nc");
        assertThat(ends.bareCr() || ends.bareLf() || ends.nul()).isFalse();
    }

    @Test
    void bareLfBecomesCrlf() throws IOException {
        assertThat(pass("\na\n", "\n", "b\r\n\n")).isEqualTo("\r\na\r\n\r\nb\r\n\r\n");
        assertThat(ends.bareLf()).isTrue();
        assertThat(ends.bareCr()).isFalse();
    }

    @Test
    void bareCrIsToldAndLeft() throws IOException {
        assertThat(pass("a\r", "b\r\r\n")).isEqualTo("a\rb\r\r\n");
        assertThat(ends.bareCr()).isTrue();
        assertThat(ends.bareLf()).isFalse();
    }

    @Test
    void crAtTheVeryEndIsBare() throws IOException {
        pass("a\r");
        assertThat(ends.bareCr()).isTrue();
        pass("\n");
        assertThat(ends.bareCr()).isFalse();
    }

    @Test
    void nulIsTold() throws IOException {
        assertThat(pass("a\0b")).isEqualTo("a\0b");
        assertThat(ends.nul()).isTrue();
    }

    @Test
    void chunksMakeNoDifference() throws IOException {
        var random = new Random(5321);
        for (int round = 0; round < 500; round++) {
            var text = new StringBuilder();
            for (int i = 0; i < 40; i++) text.append("a\r\n\0".charAt(random.nextInt(4)));
            var whole = new ByteArrayOutputStream();
            var wholeEnds = new LineEnds(whole);
            wholeEnds.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            var pieces = new ByteArrayOutputStream();
            var pieceEnds = new LineEnds(pieces);
            for (int i = 0; i < text.length(); i++) pieceEnds.write(text.charAt(i));
            assertThat(pieces.toByteArray()).isEqualTo(whole.toByteArray());
            assertThat(pieceEnds.bareCr()).isEqualTo(wholeEnds.bareCr());
            assertThat(pieceEnds.bareLf()).isEqualTo(wholeEnds.bareLf());
            assertThat(pieceEnds.nul()).isEqualTo(wholeEnds.nul());
        }
    }
}
