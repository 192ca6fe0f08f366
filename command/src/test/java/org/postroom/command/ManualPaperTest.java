package org.postroom.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// docs/commands.md is the rows of [Verb] and [Parameter], printed.
final class ManualPaperTest {

    @Test
    void thePaperIsWhatTheRowsSay() throws IOException {
        var file = Path.of(System.getProperty("house", "..")).resolve("docs/commands.md");
        if ("true".equals(System.getProperty("write"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, Manual.text());
        }
        assertThat(file)
                .as(
                        "write it anew: mvn -q -pl command -am test -Dtest='*Paper*' -Dwrite=true"
                                + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(Manual.text());
    }
}
