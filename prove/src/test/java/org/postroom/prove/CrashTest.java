package org.postroom.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

@Timeout(120)
final class CrashTest {

    private static final Duration LONGEST = Duration.ofMillis(600);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void fiveRoundsOfKillAndPowerCutLoseNothing() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        var subject = new StoreSubject();
        assertThat(new Crash(folder.toRealPath(), seed, LONGEST).run(subject, 5))
                .as("seed %d", seed)
                .isTrue();
        assertThat(subject.acknowledged()).isPositive();
    }

    /// The control: were the files not synced, we would see it.
    @Test
    void withoutSyncedFilesAcknowledgedCommitsAreLost() throws IOException, InterruptedException {
        assertThat(lossWith(PowerCut.Deaf.FILES)).startsWith("lost: ");
    }

    /// The control: were the names not synced, we would see it.
    @Test
    void withoutSyncedFoldersAcknowledgedBlobsAreGone() throws IOException, InterruptedException {
        assertThat(lossWith(PowerCut.Deaf.FOLDERS)).isNotEmpty();
    }

    /// The first loss, on a home that was well when the disk went deaf; "" if there was none.
    private String lossWith(PowerCut.Deaf deaf) throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            var subject = new StoreSubject();
            var home = folder.toRealPath().resolve("home" + i);
            var well = new Round(subject, home, 1, null, LONGEST, random).run();
            assertThat(well.complaints()).isEmpty();
            var powerCut = PowerCut.build(folder.toRealPath(), deaf);
            var report = new Round(subject, home, 2, powerCut, LONGEST, random).run();
            for (var complaint : report.complaints())
                if (complaint.matches("(lost|a blob is gone): .*")) return complaint;
        }
        return "";
    }
}
