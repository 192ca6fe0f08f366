package org.postroom.server.ftp;

import org.jspecify.annotations.Nullable;
import org.postroom.ftp.Command;
import org.postroom.ftp.Command.Noop;
import org.postroom.ftp.Command.Prot;
import org.postroom.ftp.Command.Rnto;
import org.postroom.ftp.Command.SiteCpto;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.server.ftp.RestartPoint.Offset;
import org.postroom.store.Account;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Refused;
import org.postroom.store.Reservation;

import java.util.Optional;

/// Somebody who is signed in: whose files, where in them, and what a command before asked of the next.
/// All of it ends with a new USER (RFC 959 §4.1.1).
final class Visit implements AutoCloseable {

    final String name;
    final Account account;
    final FileTree files;
    private FilePath directory = FilePath.ROOT;
    private RestartPoint restart = RestartPoint.START;
    private Span range = Span.WHOLE;
    private Optional<FilePath> renaming = Optional.empty();
    private Optional<FilePath> copying = Optional.empty();
    private @Nullable Reservation room;
    private long expected;

    private final Optional<Guest> guest;

    /// @param guest what he may do who gave no name of his own
    Visit(String name, Account account, Optional<Guest> guest) {
        this.guest = guest;
        this.name = name;
        this.account = account;
        this.files = account.files();
    }

    FilePath directory() {
        return directory;
    }

    void directory(FilePath other) {
        directory = other;
    }

    /// @throws Refusal it is not for anonymous visitors
    void admit(Command command) throws Refusal, Refused {
        if (guest.isPresent() && command instanceof Command.ForVisitor asked)
            guest.get().admit(this, asked);
    }

    boolean isPublic() {
        return guest.isPresent();
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
    void restart(RestartPoint at) {
        restart = at;
        range = Span.WHOLE;
    }

    /// RANG (draft-bryan-ftp-range).
    void range(Span other) {
        range = other;
        restart = RestartPoint.START;
    }

    /// Where the transfer that is asked for now begins; the next begins at 0 again.
    RestartPoint takeRestart() {
        var at = restart;
        restart = RestartPoint.START;
        return at;
    }

    /// What part of a file is asked for now, by REST or by RANG.
    ///
    /// @throws Refusal a place in an upload is none in a file
    Span takeSpan() throws Refusal {
        var span = range;
        range = Span.WHOLE;
        return switch (takeRestart()) {
            case Offset(long octets) -> octets == 0 ? span : Span.from(octets);
            case RestartPoint.Kept _ -> throw new Refusal(Reply.NO_SUCH_MARKER);
        };
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

    /// SITE CPFR.
    void copying(FilePath from) {
        copying = Optional.of(from);
    }

    /// What SITE CPTO copies, if SITE CPFR came right before.
    Optional<FilePath> takeCopying() {
        var from = copying;
        copying = Optional.empty();
        return from;
    }

    /// ALLO: nobody else gets this room until the next upload has it (TRAPS F25).
    ///
    /// @throws Refused OVER_QUOTA
    void expect(long octets) throws Refused {
        close();
        room = account.reserve(octets);
        expected = octets;
    }

    /// How much room the upload that is asked for now was promised.
    long takeExpected() {
        long octets = expected;
        close();
        return octets;
    }

    /// Forgets what was asked of the next command where this is another (TRAPS F6). NOOP affects no
    /// "previously entered commands" (RFC 959 §4.1.3).
    void before(Command command) {
        if (command instanceof Noop) return;
        if (!(command instanceof Rnto)) renaming = Optional.empty();
        if (!(command instanceof SiteCpto)) copying = Optional.empty();
        if (!preparesTransfer(command)) {
            restart = RestartPoint.START;
            range = Span.WHOLE;
        }
    }

    void forget() {
        renaming = Optional.empty();
        copying = Optional.empty();
        restart = RestartPoint.START;
        range = Span.WHOLE;
    }

    private static boolean preparesTransfer(Command command) {
        return command instanceof Command.ForParameters
                || command instanceof Prot
                || command instanceof Command.Hash
                || command instanceof Command.Rest
                || command instanceof Command.Rang
                || command instanceof Command.Allo
                || command instanceof Command.Retr
                || command instanceof Command.Stor
                || command instanceof Command.Appe;
    }

    @Override
    public void close() {
        var held = room;
        if (held != null) held.close();
        room = null;
        expected = 0;
    }
}
