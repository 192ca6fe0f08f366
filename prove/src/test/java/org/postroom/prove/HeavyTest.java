package org.postroom.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The short form; `./postroom prove heavy` runs the long one.
@Timeout(180)
final class HeavyTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void lettersThatAreLargerThanMemoryTogetherAreTakenAndSentOn() throws Exception {
        var result = new Heavy(folder.toRealPath(), 40, 5_000_000, "96m").run();
        assertThat(result.refusals()).isEmpty();
        assertThat(result.sent()).isEqualTo(40);
    }
}
