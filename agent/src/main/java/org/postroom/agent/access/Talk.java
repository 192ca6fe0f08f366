package org.postroom.agent.access;

import org.postroom.agent.account.Calls;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Place;
import org.postroom.wire.Departure;

import java.io.UncheckedIOException;

/// What is said between us and a server in one go, whatever the protocol.
@FunctionalInterface
interface Talk<T> {

    /// What the server refuses is a [Hindrance] already.
    T with() throws Departure, Hindrance;

    /// Has it said. A server that leaves is hung up on.
    static <T> T ask(Place place, Runnable hangUp, Talk<T> talk) throws Hindrance {
        try {
            return talk.with();
        } catch (Departure gone) {
            hangUp.run();
            throw Calls.gone(place, gone);
        } catch (UncheckedIOException e) {
            throw Fetched.unwritten(e);
        }
    }
}
