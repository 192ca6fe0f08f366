package org.postroom.wire;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Listeners for the tests.
final class Plans {

    /// A conversation that may end by a departure.
    @FunctionalInterface
    interface Talk {
        void run(Wire wire) throws Departure;
    }

    private Plans() {}

    static InetSocketAddress anywhere() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static Listener.Plan of(Talk talk, Tls.@Nullable Server implicit) {
        return of(new Gate(100_000, 100_000, _ -> false), Ends.LIMITS, talk, implicit);
    }

    static Listener.Plan of(Gate gate, Limits limits, Talk talk, Tls.@Nullable Server implicit) {
        return new Listener.Plan(
                "test",
                gate,
                Line.of("421 busy"),
                implicit,
                () -> limits,
                () -> Tap.NONE,
                wire -> {
                    try {
                        talk.run(wire);
                    } catch (Departure departure) {
                        farewell(wire, departure);
                    }
                });
    }

    private static void farewell(Wire wire, Departure departure) {
        try {
            if (departure.kind() != Departure.Kind.GONE)
                wire.say(Line.of("421 " + departure.kind()));
        } catch (Departure gone) {
            throw new AssertionError(gone);
        }
    }

    /// Answers each line, until the peer goes.
    static void echo(Wire wire) throws Departure {
        wire.say(Line.of("220 ready"));
        while (true) wire.say(Line.of("250 " + wire.line().text()));
    }
}
