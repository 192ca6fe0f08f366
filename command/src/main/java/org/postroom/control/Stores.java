package org.postroom.control;

import org.postroom.home.Home;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.engine.HomeRefused;

import java.time.Duration;

/// Opens a home's store, or says why not in an administrator's words.
final class Stores {

    private static final long PAUSE = 50; // milliseconds

    private Stores() {}

    /// @param patience how long to wait for another process that has it: an order is soon carried out
    /// @param broke is run should the store break for good
    /// @throws CannotServe another process has it, or a newer program wrote it
    static Store open(Home home, StoreSettings settings, Duration patience, Runnable broke)
            throws CannotServe {
        long end = System.nanoTime() + patience.toNanos();
        while (true)
            try {
                return Store.open(home.path(), settings, broke);
            } catch (HomeRefused refused) {
                if (!refused.isInUse())
                    throw new CannotServe(Exit.DATA, String.valueOf(refused.getMessage()));
                if (System.nanoTime() - end >= 0)
                    throw new CannotServe(
                            Exit.TEMPORARY,
                            refused.getMessage() + "; end that, or name another home by --home.");
                pause();
            }
    }

    /// @throws CannotServe the home's path is that of something else
    static void demandHome(Home home) throws CannotServe {
        if (home.state() == Home.State.FOREIGN)
            throw new CannotServe(
                    Exit.DATA,
                    home.path()
                            + " is a folder of something else; name a home by --home, or a new or"
                            + " empty folder to begin one.");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
