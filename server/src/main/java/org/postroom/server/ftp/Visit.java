package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Appe;
import org.postroom.ftp.Command.Eprt;
import org.postroom.ftp.Command.Epsv;
import org.postroom.ftp.Command.Noop;
import org.postroom.ftp.Command.Pasv;
import org.postroom.ftp.Command.Port;
import org.postroom.ftp.Command.Prot;
import org.postroom.ftp.Command.Rest;
import org.postroom.ftp.Command.Retr;
import org.postroom.ftp.Command.Rnto;
import org.postroom.ftp.Command.SetMode;
import org.postroom.ftp.Command.SetStructure;
import org.postroom.ftp.Command.SetType;
import org.postroom.ftp.Command.Stor;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Refused;

import java.util.Optional;

/// Somebody who is signed in: whose files, where in them, and what a command before asked of the next.
/// All of it ends with a new USER (RFC 959 §4.1.1).
final class Visit {

    final FileTree files;
    private FilePath directory = FilePath.ROOT;
    private long restart;
    private Optional<FilePath> renaming = Optional.empty();

    Visit(FileTree files) {
        this.files = files;
    }

    FilePath directory() {
        return directory;
    }

    void directory(FilePath other) {
        directory = other;
    }

    /// @throws Refused BAD_NAME
    FilePath resolve(String path) throws Refused {
        return directory.resolve(path);
    }

    /// @throws Refused BAD_NAME
    FilePath resolve(Optional<String> path) throws Refused {
        return path.isPresent() ? resolve(path.get()) : directory;
    }

    /// REST (RFC 3659 §5).
    void restart(long offset) {
        restart = offset;
    }

    /// Where the transfer that is asked for now begins; the next begins at 0 again.
    long takeRestart() {
        long offset = restart;
        restart = 0;
        return offset;
    }

    /// RNFR.
    void renaming(FilePath from) {
        renaming = Optional.of(from);
    }

    /// What RNTO gives a new name, if RNFR came right before.
    Optional<FilePath> takeRenaming() {
        var from = renaming;
        renaming = Optional.empty();
        return from;
    }

    /// Forgets what was asked of the next command where this is another (TRAPS F6). NOOP affects no
    /// "previously entered commands" (RFC 959 §4.1.3).
    void before(Command command) {
        if (command instanceof Noop) return;
        if (!(command instanceof Rnto)) renaming = Optional.empty();
        if (!isTransfer(command) && !preparesTransfer(command)) restart = 0;
    }

    void forget() {
        renaming = Optional.empty();
        restart = 0;
    }

    private static boolean isTransfer(Command command) {
        return command instanceof Retr || command instanceof Stor || command instanceof Appe;
    }

    private static boolean preparesTransfer(Command command) {
        return command instanceof Rest
                || command instanceof Port
                || command instanceof Pasv
                || command instanceof Eprt
                || command instanceof Epsv
                || command instanceof SetType
                || command instanceof SetStructure
                || command instanceof SetMode
                || command instanceof Prot;
    }
}
