package org.postroom.control;

import org.postroom.home.Home;
import org.postroom.store.StoreSettings;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;

import java.time.Duration;
import java.util.Optional;

/// Carries out an order in a home where no server runs: takes the home's lock, does it, lets go.
public final class Offline {

    private Offline() {}

    /// @throws CannotServe there is no such home, it is in use, or its configuration is damaged and the
    ///     order needs it
    public static Answer carryOut(Home home, Order.OfStore order, Steward.Ear ear)
            throws CannotServe, Departure {
        Stores.demandHome(home);
        boolean isNew = home.state() == Home.State.NEW;
        if (isNew && !order.makesHome())
            throw new CannotServe(
                    Exit.DATA,
                    "There is no home at "
                            + home.path()
                            + "; name another by --home, or begin one by: postroom serve");
        if (isNew) return inNew(home, order, ear);
        var settings =
                order instanceof Order.Sweep
                        ? Serving.read(home).store()
                        : StoreSettings.standard();
        return carryOut(home, settings, order, ear);
    }

    private static Answer inNew(Home home, Order.OfStore order, Steward.Ear ear)
            throws CannotServe, Departure {
        home.prepare();
        var configuration = Serving.read(home);
        Birth.begin(home, configuration);
        return carryOut(home, configuration.store(), order, ear);
    }

    private static Answer carryOut(
            Home home, StoreSettings settings, Order.OfStore order, Steward.Ear ear)
            throws CannotServe, Departure {
        try (var store = Stores.open(home, settings, Duration.ZERO, () -> {})) {
            Birth.finish(home, store);
            return new Steward(store, Optional.empty()).carryOut(order, ear);
        } catch (Fault fault) {
            System.getLogger(Offline.class.getName())
                    .log(System.Logger.Level.ERROR, "an order failed", fault);
            return Trouble.of(fault);
        }
    }
}
