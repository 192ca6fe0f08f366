package org.postroom.control;

import org.postroom.home.Home;
import org.postroom.wire.Fault;

import java.util.Optional;

/// Carries out an order in a home where no server runs: takes the home's lock, does it, lets go.
public final class Offline {

    private Offline() {}

    /// @throws CannotServe there is no such home, it is in use, or its configuration is damaged
    public static Answer carryOut(Home home, Order.OfStore order) throws CannotServe {
        if (!home.exists() && !order.makesHome())
            throw new CannotServe(
                    Exit.DATA,
                    "There is no home at "
                            + home.path()
                            + "; name another by --home, or begin one by: postroom serve");
        home.prepare();
        var configuration = Serving.read(home);
        try (var store = Stores.open(home, () -> {})) {
            if (order.makesHome()) Birth.attend(home, configuration, store);
            return new Steward(store, Optional.empty()).carryOut(order);
        } catch (Fault fault) {
            System.getLogger(Offline.class.getName())
                    .log(System.Logger.Level.ERROR, "an order failed", fault);
            return new Answer.Failed(Exit.SOFTWARE, String.valueOf(fault.getMessage()));
        }
    }
}
