package org.postroom.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;

/// Dovecot's IMAP process, which talks by its input and output: no port, no sign-in. It does not like
/// to be root.
final class Dovecot implements AutoCloseable {

    private static final String NOBODY = "65534";

    private final Unpacked packages;
    private final Path folder;
    private final String user;

    private Dovecot(Unpacked packages, Path folder, String user) {
        this.packages = packages;
        this.folder = folder;
        this.user = user;
    }

    static Dovecot start() throws IOException, InterruptedException {
        var packages = Unpacked.of("dovecot", "dovecot-core", "dovecot-imapd");
        var folder = Files.createTempDirectory("dovecot");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        String user = Peer.of("id", "-u").run().succeeded().output().strip();
        if (user.equals("0")) {
            user = NOBODY;
            Peer.of("chown", user + ":" + user, folder).run().succeeded();
        }
        return new Dovecot(packages, folder, user);
    }

    /// What the shell runs for a session.
    String command() {
        return "cd / && USER=ann HOME="
                + folder
                + " LD_LIBRARY_PATH="
                + packages.libraries("usr/lib/dovecot")
                + " exec "
                + packages.folder.resolve("usr/lib/dovecot/imap")
                + " -O -o mail_location=maildir:~/mail -o ssl=no -o log_path=~/log"
                + " 2>/dev/null -o first_valid_uid=0 -o first_valid_gid=0 -o mail_uid="
                + user
                + " -o mail_gid="
                + user;
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < 100 && Files.exists(folder); i++) sweep();
    }

    /// A process that still ends may make and remove files meanwhile.
    private void sweep() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        } catch (UncheckedIOException | DirectoryNotEmptyException changed) {
            LockSupport.parkNanos(20_000_000);
        }
    }
}
