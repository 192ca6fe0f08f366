package org.postroom.home;

import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;

/// A home: everything that one server has. It is its owner's alone (mode 0700).
///
/// In it: `postroom.toml`, the configuration; `tls/`, the certificate and its key; `run/`, the sockets
/// of the running server and what the first start left for the administrator; `store/` and `lib/`, which
/// are the store's.
public record Home(Path path) {

    static final String CONFIGURATION = "postroom.toml";

    private static final Set<PosixFilePermission> OURS_ALONE =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_OURS_ALONE =
            PosixFilePermissions.fromString("rw-------");

    /// What a Unix socket's path may hold on Linux is 107 octets and the end; other systems have less.
    private static final int SOCKET_PATH = 100;

    /// Makes what is missing of its folders and closes them to others.
    public void prepare() {
        try {
            folder(path);
            folder(path.resolve("tls"));
            folder(path.resolve("run"));
        } catch (IOException e) {
            throw new Fault("the home " + path + " can't be made: " + e.getMessage(), e);
        }
    }

    private static void folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) Files.setPosixFilePermissions(folder, OURS_ALONE);
        else Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OURS_ALONE));
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    public Path configuration() {
        return path.resolve(CONFIGURATION);
    }

    /// Where the first administrator's password is, until somebody takes it away.
    public Path firstAdministrator() {
        return path.resolve("run/first-admin");
    }

    /// A socket in `run/`, by a path that is short enough for one. A home with a long path gets a link
    /// in the system's run-time folder.
    ///
    /// @param name `control`, `imap`, `submission` or `lmtp`
    public Path socket(String name) {
        var direct = path.resolve("run").resolve(name);
        if (direct.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH) return direct;
        try {
            return link(path.resolve("run").toRealPath()).resolve(name);
        } catch (IOException e) {
            throw new Fault("a short link to " + path + "/run can't be made: " + e.getMessage(), e);
        }
    }

    /// The link is ours and points to our folder, or it is not used: others may write there, too.
    private static Path link(Path run) throws IOException {
        var name = "postroom-" + HexFormat.of().toHexDigits(run.toString().hashCode());
        var link = runTime().resolve(name);
        try {
            Files.createSymbolicLink(link, run);
        } catch (FileAlreadyExistsException before) {
            boolean ours =
                    Files.isSymbolicLink(link)
                            && Files.getOwner(link, LinkOption.NOFOLLOW_LINKS)
                                    .equals(Files.getOwner(run))
                            && Files.readSymbolicLink(link).equals(run);
            if (!ours) throw new IOException(link + " is in the way; remove it", before);
        }
        return link;
    }

    private static Path runTime() {
        var given = System.getenv("XDG_RUNTIME_DIR");
        if (given != null && Files.isWritable(Path.of(given))) return Path.of(given);
        var system = Path.of("/run");
        return Files.isWritable(system) ? system : Path.of("/tmp");
    }

    /// Writes a file that nobody else may read, whole or not at all.
    public static void write(Path file, String text) {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(FILE_OURS_ALONE));
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                var octets = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (octets.hasRemaining()) channel.write(octets);
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Fault("writing " + file, e);
        }
    }
}
