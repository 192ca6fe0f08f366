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
                        .filter(row -> row.contenders().getFirst().isOurs() && row.hasPeers())
                        .map(Row::alone)
                        .toList();
        var outcomes = outcomes(rows);
        assertThat(outcomes).hasSameSizeAs(rows);
        for (var outcome : outcomes) {
            assertThat(outcome.failure()).as(outcome.row().name()).isEmpty();
            for (int figure = 0; figure < outcome.row().figures().size(); figure++)
                assertThat(outcome.series(0, figure)).as(outcome.row().name()).doesNotContain(0);
        }
    }

    /// How fast it is can't be told in so short a time; what it allocates can.
    @Test
    void aSummaryTakesFewerOctetsThanOthers() throws IOException {
        var rows = Rows.of(Scale.SMOKE).stream().filter(row -> !row.hasPeers()).toList();
        var comparisons = outcomes(rows).getFirst().comparisons();
        assertThat(comparisons.stream().filter(it -> it.figure().unit() == Unit.PER_SUMMARY))
                .hasSize(2)
                .allMatch(Comparison::isReached);
    }

    private List<Outcome> outcomes(List<Row> rows) throws IOException {
        var site =
                new Site(
                        folder.toRealPath(),
                        folder.resolve("peers"),
                        PROGRAM,
                        Hashes.NONE,
                        Optional.empty());
        return new Run(site, Scale.SMOKE, System.out).of(rows, _ -> {});
    }
}
