package org.postroom.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Holds every open wire to its deadlines. One platform thread looks at all of them ten times a
/// second: a look is two comparisons, and no read or write needs a timer of its own, whatever it
/// stands on.
final class Watchman {

    private static final long ROUND_MILLIS = 100;
    private static final Set<Wire> WIRES = ConcurrentHashMap.newKeySet();

    static {
        Thread.ofPlatform().daemon().name("deadlines").start(Watchman::walk);
    }

    private Watchman() {}

    static void watch(Wire wire) {
        WIRES.add(wire);
    }

    static void forget(Wire wire) {
        WIRES.remove(wire);
    }

    private static void walk() {
        while (true) {
            try {
                Thread.sleep(ROUND_MILLIS);
            } catch (InterruptedException nobodyMay) {
                Thread.currentThread().interrupt();
                return;
            }
            long now = System.nanoTime();
            for (var wire : WIRES) wire.hold(now);
        }
    }
}
