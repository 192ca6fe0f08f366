package org.postroom.server.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

final class PatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "*.txt, a.txt, true",
        "*.txt, a.txt.gz, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "[!a-c]x, dx, true",
        "[]]x, ]x, true",
        "[x, [x, true",
        "a*b*c, a--b--b--c, true",
        "a*b*c, a--c--b, false",
        "**, a, true"
    })
    void aPatternFitsOrDoesNot(String pattern, String name, boolean fits) {
        assertThat(Pattern.of(pattern).fits(name)).isEqualTo(fits);
    }

    @Test
    void f23MatchingIsBounded() { // TRAPS F23
        var pattern = Pattern.of("*a".repeat(120) + "b");
        assertTimeout(
                Duration.ofSeconds(2),
                () -> {
                    for (int i = 0; i < 1_000; i++)
                        assertThat(pattern.fits("a".repeat(255))).isFalse();
                });
    }
}
