package org.postroom.mime.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

final class VisibleTest {

    @Test
    void controlCharactersAreShownAndNotObeyed() {
        assertThat(Visible.text("\u001B[2J\u0007\b\0\u007F\u009B31m"))
                .isEqualTo("␛[2J␇␈␀␡\\x9b31m");
        assertThat(Visible.text("a\r\nb\rc\td\n")).isEqualTo("a\nb␍c\td\n");
        assertThat(Visible.line("a\nb\tc", 10)).isEqualTo("a␊b c");
        assertThat(Visible.line("abcdef", 3)).isEqualTo("abc…");
    }

    @Test
    void writingFromRightToLeftEndsWithItsLineAndOverridesAreShown() {
        assertThat(Visible.text("\u2067שלום\nx")).isEqualTo("\u2067שלום\u2069\nx");
        assertThat(Visible.text("a\u2069b\u202C")).isEqualTo("ab");
        assertThat(Visible.text("invoice\u202Efdp.exe")).isEqualTo("invoice<U+202E>fdp.exe");
        assertThat(Visible.line("\u2066x\u2069", 20)).isEqualTo("<U+2066>x<U+2069>");
        assertThat(Visible.text("\u200Fא\u200E")).isEqualTo("\u200Fא\u200E");
    }

    @Test
    void whateverComesNothingInItActs() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--)
                text.append(
                        (char)
                                (random.nextBoolean()
                                        ? random.nextInt(0x100)
                                        : 0x2000 + random.nextInt(0x80)));
            int depth = 0;
            for (char c : Visible.text(text.toString()).toCharArray()) {
                assertThat(c == '\n' || c == '\t' || !Character.isISOControl(c))
                        .as("seed %d", seed)
                        .isTrue();
                if (c == 0x202A || c == 0x202B || (c >= 0x2066 && c <= 0x2068)) depth++;
                if (c == 0x202C || c == 0x2069) depth--;
                if (c == '\n') assertThat(depth).as("seed %d", seed).isZero();
                assertThat(c).as("seed %d", seed).isNotIn((char) 0x202D, (char) 0x202E);
            }
            assertThat(depth).as("seed %d", seed).isZero();
        }
    }
}
