package org.postroom.control;

import org.postroom.home.Home;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.engine.HomeRefused;

/// Opens a home's store, or says why not in an administrator's words.
final class Stores {

    private Stores() {}

    /// @param broke is run should the store break for good
    /// @throws CannotServe another process has it, or a newer program wrote it
    static Store open(Home home, Runnable broke) throws CannotServe {
        try {
            return Store.open(home.path(), StoreSettings.standard(), broke);
        } catch (HomeRefused refused) {
            throw new CannotServe(Exit.TEMPORARY, String.valueOf(refused.getMessage()));
        }
    }
}
