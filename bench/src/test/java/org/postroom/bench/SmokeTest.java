package org.postroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Every row once, with little of everything and no peers: the loads are understood and yield
/// figures. How large those are is no matter here.
@Timeout(300)
final class SmokeTest {

    private static final List<String> PROGRAM =
            List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    org.postroom.command.Main.class.getName());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void everyRowYieldsItsFigures() throws IOException {
        var rows =
                Rows.of(Scale.SMOKE).stream()
                        .filter(row -> row.contenders().getFirst().isOurs())
                        .map(Row::alone)
                        .toList();
        var site =
                new Site(
                        folder.toRealPath(),
                        folder.resolve("peers"),
                        PROGRAM,
                        Hashes.NONE,
                        Optional.empty());
        var outcomes = new Run(site, Scale.SMOKE, System.out).of(rows, _ -> {});
        assertThat(outcomes).hasSameSizeAs(rows);
        for (var outcome : outcomes) {
            assertThat(outcome.failure()).as(outcome.row().name()).isEmpty();
            for (int figure = 0; figure < outcome.row().figures().size(); figure++)
                assertThat(outcome.series(0, figure)).as(outcome.row().name()).doesNotContain(0);
        }
    }
}
