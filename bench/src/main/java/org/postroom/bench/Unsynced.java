package org.postroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/// The environment in which a server syncs nothing: a small library is loaded before those of the
/// system, as the crash proof does it, and fsync does nothing. FTP servers do not sync what they take,
/// so files are compared like that. It is the bench's alone: no server can be told such a thing.
final class Unsynced {

    private Unsynced() {}

    static Map<String, String> environment(Site site) throws IOException {
        var library = site.folder().resolve("unsynced.so");
        if (!Files.exists(library)) {
            var source = site.folder().resolve("unsynced.c");
            Files.writeString(source, Resource.text("unsynced.c"));
            Packages.run(
                    site.folder(),
                    List.of(
                            "gcc",
                            "-O2",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            source.toString()));
        }
        return Map.of("LD_PRELOAD", library.toString());
    }
}
