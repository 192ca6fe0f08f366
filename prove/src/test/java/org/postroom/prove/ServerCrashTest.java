package org.postroom.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

@Timeout(180)
final class ServerCrashTest {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void whatTheServerAcknowledgedOutlivesAKillAndAPowerCut()
            throws IOException, InterruptedException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var subject = new ServerSubject();
        var home = folder.toRealPath().resolve("home");
        var powerCut = PowerCut.build(folder.toRealPath(), PowerCut.Deaf.NOTHING);
        for (int number = 1; number <= 2; number++) {
            var cut = number == 1 ? powerCut : null;
            var report = new Round(subject, home, number, cut, LONGEST, random).run();
            System.out.println("seed " + seed + ", " + report);
            assertThat(report.complaints()).as("seed %d, round %d", seed, number).isEmpty();
            assertThat(report.acknowledged()).isPositive();
        }
    }

    /// A control: were the log not synced, we would see it.
    @Test
    void withoutASyncedLogAcknowledgedLettersAreLost() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var powerCut = PowerCut.build(folder.toRealPath(), PowerCut.Deaf.COMMITS);
        for (int i = 0; i < 4; i++) {
            var home = folder.toRealPath().resolve("home" + i);
            var report = new Round(new ServerSubject(), home, 1, powerCut, LONGEST, random).run();
            System.out.println("seed " + seed + ", " + report);
            if (report.complaints().stream().anyMatch(said -> said.startsWith("lost: "))) return;
        }
        throw new AssertionError("nothing was lost, seed " + seed);
    }
}
