package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ToleranceTest {

    private static final String SECTION = "RFC [0-9]+ §[0-9A-Z][0-9.]*";

    @Test
    void eachBendsASectionAndIsNamedWhereItDoes() throws IOException {
        var sources = new StringBuilder();
        try (var files = Files.list(Path.of("src", "main", "java", "org", "postroom", "mime"))) {
            for (var file : files.toList())
                if (Files.isRegularFile(file) && !file.endsWith("Tolerance.java"))
                    sources.append(Files.readString(file));
        }
        for (var tolerance : Tolerance.values()) {
            assertThat(tolerance.section).matches(SECTION);
            assertThat(sources)
                    .as("where %s is on", tolerance)
                    .containsPattern("Tolerance[.#]" + tolerance + "\\b");
        }
    }

    @Test
    void eachOddityNamesASectionAndSaysItInAFewWords() {
        for (var kind : Oddity.Kind.values()) {
            assertThat(kind.section).matches(SECTION);
            assertThat(kind.text).isNotBlank().hasSizeLessThan(60);
        }
    }
}
