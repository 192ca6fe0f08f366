package org.postroom.agent.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The end of docs/ftp.md is the rows of [Verb] and [Option], printed.
final class ManualPaperTest {

    private static final String BEGIN = "## Every verb\n";

    @Test
    void thePaperIsWhatTheRowsSay() throws IOException {
        var file = Path.of(System.getProperty("house", "..")).resolve("docs/ftp.md");
        String paper = Files.readString(file);
        String expected = paper.substring(0, paper.indexOf(BEGIN)) + BEGIN + Help.paper();
        if ("true".equals(System.getProperty("write"))) Files.writeString(file, expected);
        assertThat(file).as("write it anew with -Dwrite=true").hasContent(expected);
    }
}
