package org.postroom.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Debian packages that are not installed, since they exclude each other, but unpacked below
/// `target/peers` and run from there.
final class Unpacked {

    private static final Path PEERS = Path.of("target", "peers").toAbsolutePath();

    final Path folder;

    private Unpacked(Path folder) {
        this.folder = folder;
    }

    /// The packages, unpacked over each other; the test is skipped, or fails, when they can't be had.
    static Unpacked of(String name, String... packages) throws IOException, InterruptedException {
        var folder = PEERS.resolve(name);
        if (!Files.exists(folder.resolve("whole"))) {
            Peer.require("apt-get");
            Peer.require("dpkg");
            var archives = Files.createDirectories(PEERS.resolve(name + ".debs"));
            var download =
                    Peer.of("sh", "-c", "cd \"$0\" && apt-get -q download \"$@\"", archives)
                            .with((Object[]) packages)
                            .run();
            if (download.exit() != 0) missing(Arrays.toString(packages) + download.output());
            try (var all = Files.newDirectoryStream(archives, "*.deb")) {
                for (var archive : all) Peer.of("dpkg", "-x", archive, folder).run().succeeded();
            }
            Files.createFile(folder.resolve("whole"));
        }
        return new Unpacked(folder);
    }

    private static void missing(String what) {
        if ("required".equals(System.getProperty("peers")))
            throw new AssertionError("can't download " + what);
        assumeTrue(false, "can't download " + what);
    }

    /// Where its shared libraries lie.
    String libraries(String... folders) {
        var all = new StringBuilder();
        for (var each : folders) all.append(all.isEmpty() ? "" : ":").append(folder.resolve(each));
        return all.toString();
    }
}
