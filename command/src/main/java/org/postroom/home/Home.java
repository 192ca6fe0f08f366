package org.postroom.home;

import org.postroom.store.engine.Folder;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
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

    /// What a Unix socket's path may hold on Linux is 107 octets and the end; other systems have less.
    private static final int SOCKET_PATH = 100;

    /// What is at its path.
    public enum State {
        /// Nothing, or a folder in which nothing but a home has begun, or an administrator has written
        /// the configuration ahead.
        NEW,
        /// A home.
        BEGUN,
        /// A folder of something else. It is not to be touched.
        FOREIGN
    }

    /// What a folder that is to become a home may hold.
    private static final Set<String> NAMES =
            Set.of(CONFIGURATION, "tls", "run", "store", "lib", "lost+found");

    public State state() {
        if (Files.exists(path.resolve("store/FORMAT"))) return State.BEGUN;
        if (!Files.exists(path)) return State.NEW;
        try (var there = Files.list(path)) {
            return there.allMatch(it -> NAMES.contains(it.getFileName().toString()))
                    ? State.NEW
                    : State.FOREIGN;
        } catch (IOException e) {
            throw new Fault("looking into " + path, e);
        }
    }

    /// Makes what is missing of its folders, durably, and closes them to others.
    public void prepare() {
        try {
            for (var folder : List.of(path, path.resolve("tls"), run()))
                Files.setPosixFilePermissions(Folder.make(folder), OURS_ALONE);
        } catch (IOException e) {
            throw new Fault("making the home " + path, e);
        }
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    /// Whether this process may use it.
    public boolean isOpen() {
        return Files.isWritable(path) && Files.isExecutable(path);
    }

    public Path configuration() {
        return path.resolve(CONFIGURATION);
    }

    /// Where the first administrator's name and password are, until somebody takes them away.
    public Path firstAdministrator() {
        return run().resolve("first-admin");
    }

    /// Where a socket of `run/` is, by a path that is short enough for one: that of a home with a long
    /// path goes by a link ([#link]).
    ///
    /// @param name `control`, `imap`, `submission` or `lmtp`
    public Path socket(String name) {
        var direct = run().resolve(name);
        return isShort(direct) ? direct : shortRun().resolve(name);
    }

    /// Makes the link, in the system's run-time folder, if the home needs one. It is ours and points to
    /// our folder, or it is not used: others may write there, too.
    public void link() {
        if (isShort(run().resolve("submission"))) return;
        var link = shortRun();
        try {
            Files.createSymbolicLink(link, run());
        } catch (FileAlreadyExistsException before) {
            if (!isOurs(link)) throw new Fault(link + " is in the way; remove it", before);
        } catch (IOException e) {
            throw new Fault("a short link to " + run() + " can't be made", e);
        }
    }

    /// Removes the link, if there is one.
    public void unlink() {
        var link = shortRun();
        try {
            if (isOurs(link)) Files.delete(link);
        } catch (IOException e) {
            throw new Fault("removing " + link, e);
        }
    }

    private boolean isOurs(Path link) {
        try {
            return Files.isSymbolicLink(link)
                    && Files.readSymbolicLink(link).equals(run())
                    && Files.getOwner(link, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(path));
        } catch (IOException none) {
            return false;
        }
    }

    private Path run() {
        return path.resolve("run");
    }

    private Path shortRun() {
        return runTime()
                .resolve("postroom-" + HexFormat.of().toHexDigits(run().toString().hashCode()));
    }

    private static boolean isShort(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH;
    }

    private static Path runTime() {
        var given = System.getenv("XDG_RUNTIME_DIR");
        if (given != null && Files.isWritable(Path.of(given))) return Path.of(given);
        var system = Path.of("/run");
        return Files.isWritable(system) ? system : Path.of("/tmp");
    }

    /// Writes a file that nobody else may read, whole or not at all; durable when it returns.
    public static void write(Path file, String text) {
        try {
            Folder.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Fault("writing " + file, e);
        }
    }
}
