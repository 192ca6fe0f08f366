package org.postroom.command;

import org.postroom.control.CannotServe;
import org.postroom.control.Exit;
import org.postroom.control.Release;
import org.postroom.control.Serving;
import org.postroom.control.Signals;
import org.postroom.home.Home;
import org.postroom.logbook.Logbook;

import java.io.PrintWriter;
import java.util.Optional;

/// `serve`: from the first line on standard output to the last.
final class Serve {

    private Serve() {}

    static int run(Home home, Serving.Wishes wishes, PrintWriter out) throws CannotServe {
        Logbook.begin();
        try (var serving = Serving.start(home, wishes, Optional.empty())) {
            announce(serving, out);
            Signals.on("TERM", serving::stop);
            Signals.on("INT", serving::stop);
            Signals.on("HUP", serving::reload);
            serving.awaitStop();
            out.println("Ending: conversations finish what they are doing.");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            Logbook.close();
        }
        return Exit.OK;
    }

    private static void announce(Serving serving, PrintWriter out) {
        var status = serving.status();
        out.println("Postroom " + Release.VERSION + " runs in " + status.home());
        out.println();
        Shown.table(out, status.listeners());
        out.println();
        var first = serving.firstAdministrator();
        if (first.isPresent()) {
            out.println(
                    "The administrator is "
                            + first.get().name().shown()
                            + "; the first password is in");
            out.println("  " + serving.home().firstAdministrator());
            if (Terminal.find().isPresent())
                out.println("and here: " + first.get().password().reveal());
            serving.firstLink()
                    .ifPresent(link ->
                            out.println("or choose another, once, within a day, at\n  " + link));
            out.println("Remove that file, and this is not shown again.");
            out.println();
        } else if (!serving.isAdministered()) {
            out.println(
                    "Nobody is administrator, so nobody has postmaster's letters; make somebody it"
                            + " by: postroom account appoint ADDRESS");
            out.println();
        }
        out.println("Ready. Ctrl-C, or `postroom stop`, ends it.");
    }
}
