package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Folders and files whose names survive a power cut. A file that is synced, in a folder whose own name
/// is not, is lost with the folder.
public final class Folder {

    private static final Set<PosixFilePermission> FOLDER_OURS_ALONE =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_OURS_ALONE =
            PosixFilePermissions.fromString("rw-------");

    private Folder() {}

    /// Makes the folder and those above it that are missing, for their owner alone; durable when it
    /// returns.
    public static Path make(Path folder) throws IOException {
        var parent = folder.toAbsolutePath().getParent();
        if (Files.isDirectory(folder) || parent == null) return folder;
        make(parent);
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER_OURS_ALONE));
        sync(parent);
        return folder;
    }

    /// Writes a file that nobody else may read, whole or not at all; durable when it returns.
    public static void write(Path file, byte[] octets) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(FILE_OURS_ALONE));
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(octets);
            while (left.hasRemaining()) channel.write(left);
            channel.force(true);
        }
        move(part, file);
    }

    /// Gives a file another name in the same folder, taking the place of what has it; durable when it
    /// returns.
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.toAbsolutePath().getParent());
    }

    /// Makes the names in a folder durable.
    static void sync(@Nullable Path folder) throws IOException {
        if (folder == null) return;
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
