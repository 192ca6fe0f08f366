package org.postroom.server.ftp;

import org.postroom.ftp.Command;
import org.postroom.ftp.Grammar;
import org.postroom.ftp.Refusal;
import org.postroom.ftp.Reply;
import org.postroom.ftp.Verb;
import org.postroom.server.Settings;
import org.postroom.store.FilePath;
import org.postroom.store.Refused;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What an anonymous visitor may do (RFC 1635, TRAPS F26): see one account's files by the commands that
/// the administrator chose, and put new ones into the drop box, which can't be looked into.
final class Guest {

    private static final Set<String> NAMES = Set.of("anonymous", "ftp");

    /// How data crosses changes nobody's files.
    private static final Set<Verb> HARMLESS =
            EnumSet.of(Verb.PASV, Verb.EPSV, Verb.TYPE, Verb.STRU, Verb.MODE, Verb.ALLO, Verb.AVBL);

    private final Settings.Anonymous settings;
    private final Optional<FilePath> dropBox;

    Guest(Settings.Anonymous settings) throws Refused {
        this.settings = settings;
        this.dropBox =
                settings.dropBox().isEmpty()
                        ? Optional.empty()
                        : Optional.of(FilePath.ROOT.resolve(settings.dropBox()));
    }

    /// Whether somebody who says this name wants to be one.
    static boolean isName(String user) {
        return NAMES.contains(user.toLowerCase(Locale.ROOT));
    }

    /// @throws Refusal it is not for guests
    void admit(Visit visit, Command.ForVisitor command) throws Refusal, Refused {
        var verb = verb(command);
        boolean chosen =
                settings.commands().contains(verb) && Settings.ANONYMOUS_COMMANDS.contains(verb);
        if (!chosen && !HARMLESS.contains(verb)) throw new Refusal(Reply.NOT_FOR_GUESTS);
        switch (command) {
            case Command.Stor(var path) -> deposit(visit, visit.resolve(path));
            case Command.Stou() -> deposit(visit, visit.resolve("stou"));
            case Command.Retr(var path) -> look(visit.resolve(path));
            case Command.Cwd(var path) -> look(visit.resolve(path));
            case Command.Size(var path) -> look(visit.resolve(path));
            case Command.Mdtm(var path) -> look(visit.resolve(path));
            case Command.Hash(var path) -> look(visit.resolve(path));
            case Command.List(var path) -> look(visit.resolve(path));
            case Command.Nlst(var path) -> look(visit.resolve(path));
            case Command.Mlsd(var path) -> look(visit.resolve(path));
            case Command.Mlst(var path) -> look(visit.resolve(path));
            case Command.Stat(var path) -> look(visit.resolve(path));
            case Command.ForVisitor _ -> {} // names nothing
        }
    }

    /// The verb that a command begins with when it is said.
    private static Verb verb(Command command) {
        String line = Grammar.print(command).text();
        int blank = line.indexOf(' ');
        return Verb.valueOf(blank < 0 ? line : line.substring(0, blank));
    }

    /// New names in the drop box, and nothing else.
    private void deposit(Visit visit, FilePath path) throws Refusal, Refused {
        if (dropBox.isEmpty() || !path.parent().equals(dropBox.get()))
            throw new Refusal(Reply.NOT_FOR_GUESTS);
        try {
            visit.files.resolve(path);
        } catch (Refused refused) {
            if (refused.reason() == Refused.Reason.NO_SUCH_FILE) return;
            throw refused;
        }
        throw new Refusal(Reply.NAME_TAKEN);
    }

    /// What was dropped is seen by the account's owner alone.
    private void look(FilePath path) throws Refusal {
        if (dropBox.isEmpty()) return;
        var box = dropBox.get().names();
        boolean within =
                path.names().size() >= box.size()
                        && path.names().subList(0, box.size()).equals(box);
        if (within) throw new Refusal(Reply.NOT_FOR_GUESTS);
    }
}
