package org.postroom.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/// TRAPS T44: what was acknowledged is on disk, whatever was killed or cut.
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
        assertThat(new Crash(folder.toRealPath(), seed, LONGEST).run(() -> subject, 5))
                .as("seed %d", seed)
                .isTrue();
        assertThat(subject.acknowledged()).isPositive();
    }

    /// A control: were the log not synced, we would see it.
    @Test
    void withoutASyncedLogAcknowledgedCommitsAreLost() throws IOException, InterruptedException {
        assertThat(lossWith(PowerCut.Deaf.COMMITS)).startsWith("lost: ");
    }

    /// A control: were large blobs not synced, we would see it.
    @Test
    void withoutSyncedFilesAcknowledgedBlobsAreTorn() throws IOException, InterruptedException {
        assertThat(lossWith(PowerCut.Deaf.BLOBS)).startsWith("torn: ");
    }

    /// A control: were their names not synced, we would see it.
    @Test
    void withoutSyncedFoldersAcknowledgedBlobsAreGone() throws IOException, InterruptedException {
        assertThat(lossWith(PowerCut.Deaf.BLOB_NAMES)).startsWith("a blob is gone: ");
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
                if (complaint.matches("(lost|torn|a blob is gone): .*")) return complaint;
        }
        return "";
    }
}
