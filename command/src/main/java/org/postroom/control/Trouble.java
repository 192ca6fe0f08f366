package org.postroom.control;

import org.postroom.store.engine.DiskFull;
import org.postroom.wire.Fault;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/// What an administrator is told when something of ours broke: what it was, why, what to do, and how
/// the command ends by it.
public final class Trouble {

    private Trouble() {}

    public static Answer.Failed of(Fault fault) {
        String what = String.valueOf(fault.getMessage());
        if (fault instanceof DiskFull)
            return new Answer.Failed(
                    Exit.TEMPORARY, what + ": the disk is full; make room on it and try again.");
        var root = root(fault);
        return switch (root) {
            case AccessDeniedException denied ->
                    new Answer.Failed(
                            Exit.PERMISSION,
                            what
                                    + ": "
                                    + denied.getFile()
                                    + " may not be used by this user; run it as the one whose home"
                                    + " it is.");
            case FileSystemException system -> new Answer.Failed(Exit.SYSTEM, told(what, system));
            default ->
                    new Answer.Failed(
                            Exit.SOFTWARE,
                            fault.getCause() == null ? what + "." : told(what, root));
        };
    }

    private static String told(String what, Throwable why) {
        String said = String.valueOf(why.getMessage());
        String reason =
                why instanceof FileSystemException system && system.getReason() != null
                        ? system.getFile() + ": " + system.getReason()
                        : said;
        return what + ": " + why.getClass().getSimpleName() + ", " + reason;
    }

    private static Throwable root(Throwable of) {
        var root = of;
        while (root.getCause() != null) root = root.getCause();
        return root;
    }
}
