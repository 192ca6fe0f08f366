package org.postroom.agent.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The agent's own folder: the accounts, what was accepted and written down, what waits to be sent.
/// Nobody else may look into it.
///
/// `$XDG_CONFIG_HOME/postroom`, else `~/.config/postroom`.
public record Folder(Path path) {

    public static Folder ofUser() {
        String configured = System.getenv("XDG_CONFIG_HOME");
        var base =
                configured == null || configured.isEmpty()
                        ? Path.of(System.getProperty("user.home", "."), ".config")
                        : Path.of(configured);
        return new Folder(base.resolve("postroom"));
    }

    /// A file in it; the folder is made when something is written.
    public Path file(String name) {
        return path.resolve(name);
    }

    public void make() throws IOException {
        make(path);
    }

    private static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        try {
            Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException another) {
            if (!Files.isDirectory(folder)) throw another;
        }
    }

    /// A folder within.
    public Path folder(String name) throws IOException {
        make();
        make(file(name));
        return file(name);
    }

    /// The lines of a file; none where there is no file.
    public List<String> lines(String name) throws IOException {
        try {
            return Files.readAllLines(file(name), StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    public void append(String name, String line) throws IOException {
        make();
        Files.writeString(
                file(name),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }

    /// Replaces a file whole, or not at all.
    public void replace(String name, List<String> lines) throws IOException {
        make();
        var fresh = Files.createTempFile(path, name, ".new");
        Files.write(fresh, lines, StandardCharsets.UTF_8);
        Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
