package org.postroom.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A disk of 8 MiB, in a name space of its own. [FullDiskChild] says what is asked of it.
@Timeout(60)
final class FullDiskTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @Test
    void aFullDiskRefusesLosesNothingAndIsOvercomeWithoutARestart()
            throws IOException, InterruptedException {
        run("floor");
    }

    @Test
    void aDiskThatIsFullBeforeWeKnowLosesNothingAndIsOvercomeWithoutARestart()
            throws IOException, InterruptedException {
        run("none");
    }

    private void run(String kind) throws IOException, InterruptedException {
        boolean mounts = canMount();
        if (!mounts && "required".equals(System.getProperty("peers")))
            throw new AssertionError("no tmpfs can be mounted by unshare -Urm");
        assumeTrue(mounts, "unshare -Urm and a tmpfs");
        Files.createDirectories(home.resolve("store"));
        var script =
                "mount -t tmpfs -o size=8m tmpfs \"$1/store\" && exec \"$2\" -Xmx256m"
                        + " --enable-native-access=ALL-UNNAMED -cp \"$3\" \"$4\" \"$1\" \"$5\"";
        var child =
                new ProcessBuilder(
                                "unshare",
                                "-Urm",
                                "sh",
                                "-c",
                                script,
                                "sh",
                                home.toString(),
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                System.getProperty("java.class.path"),
                                FullDiskChild.class.getName(),
                                kind)
                        .redirectErrorStream(true)
                        .start();
        var said = new String(child.getInputStream().readAllBytes(), UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).contains("all well");
    }

    private static boolean canMount() throws IOException, InterruptedException {
        return new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }
}
