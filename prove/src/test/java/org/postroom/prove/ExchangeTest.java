package org.postroom.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The short form; `./postroom prove relay` runs the long one.
@Timeout(180)
final class ExchangeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    // RFC 1047
    @Test
    void twoServersOfWhichEitherIsKilledLoseNoLetter() throws Exception {
        long seed = System.nanoTime();
        var result = new Exchange(folder.toRealPath(), 200, 1, seed).run();
        assertThat(result.missing()).as("seed %d", seed).isEmpty();
        assertThat(result.strange()).isZero();
        assertThat(result.taken()).isGreaterThanOrEqualTo(200);
        assertThat(result.doubles()).as("seed %d", seed).isLessThanOrEqualTo(result.open());
    }
}
