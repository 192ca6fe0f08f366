package org.postroom.store.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Folders whose names survive a power cut. A file that is synced, in a folder whose own name is not,
/// is lost with the folder.
final class Folder {

    private Folder() {}

    /// Makes the folder and those above it that are missing; durable when it returns.
    static Path make(Path folder) throws IOException {
        var parent = folder.toAbsolutePath().getParent();
        if (Files.isDirectory(folder) || parent == null) return folder;
        make(parent);
        Files.createDirectories(folder);
        sync(parent);
        return folder;
    }

    /// Makes the names in a folder durable.
    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
