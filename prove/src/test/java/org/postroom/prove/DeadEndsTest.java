package org.postroom.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The short form; `./postroom prove dead` runs the long one.
@Timeout(180)
final class DeadEndsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theLivingAreDoneWhileRecipientsWaitWithTheDead() throws Exception {
        var result = new DeadEnds(folder.toRealPath(), 12, 50).run(System.out);
        assertThat(result.beside()).isNotEmpty();
        assertThat(result.mute()).isPositive();
        assertThat(result.waited()).isGreaterThanOrEqualTo(120);
    }
}
