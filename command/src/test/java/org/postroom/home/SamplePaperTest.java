package org.postroom.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.server.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// docs/postroom.toml and the file of a new home are the rows of [Keys], printed.
final class SamplePaperTest {

    private static final Path HOME = Path.of("/somewhere/home");

    @Test
    void theSampleChangesNothing() throws BadConfiguration {
        var configuration = Configuration.parse(Sample.text(), "sample", HOME);
        assertThat(configuration.settings()).isEqualTo(Settings.standard());
    }

    @Test
    void everyLineOfItIsGoodWithoutItsMark(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("relay-password"), "letmein\n");
        var plain =
                Sample.text()
                        .lines()
                        .map(line -> line.replaceFirst("^# (?=[a-z-]+ = |\\[\\[)", ""))
                        .collect(Collectors.joining("\n"));
        var configuration = Configuration.parse(plain, "sample", home);
        var settings = configuration.settings();
        var standard = Settings.standard();
        assertThat(
                        settings.withRoutes(List.of())
                                .withFetches(List.of())
                                .withFtp(standard.ftp())
                                .withAccess(standard.access()))
                .isEqualTo(standard);
        assertThat(settings.access().profiles()).hasSize(1);
        assertThat(settings.ftp().profiles()).hasSize(1);
        assertThat(settings.routes()).hasSize(1);
        assertThat(settings.fetches()).hasSize(1);
        for (var key : Keys.ALL) assertThat(plain).contains("\n" + key.name() + " = ");
    }

    @Test
    void thePaperIsWhatTheRowsSay() throws IOException {
        var file = Path.of(System.getProperty("house", "..")).resolve("docs/postroom.toml");
        if ("true".equals(System.getProperty("write"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, Sample.text());
        }
        assertThat(file)
                .as(
                        "write it anew: mvn -q -pl command -am test -Dtest='*Paper*' -Dwrite=true"
                                + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(Sample.text());
    }
}
