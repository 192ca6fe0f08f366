package org.postroom.server;

import org.postroom.wire.Tap;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Whoever wants to hear conversations that begin from now on: the demo, a test, an administrator.
public final class Taps {

    private final List<Function<Port, Tap>> listeners = new CopyOnWriteArrayList<>();
    private final List<Function<SocketAddress, Tap>> callers = new CopyOnWriteArrayList<>();

    /// Hears every conversation that begins until the handle is closed.
    ///
    /// @param maker gives each conversation its tap, or [Tap#NONE]
    public Handle listen(Function<Port, Tap> maker) {
        listeners.add(maker);
        return () -> listeners.remove(maker);
    }

    /// The tap of a new conversation.
    public Tap of(Port port) {
        if (listeners.isEmpty()) return Tap.NONE;
        return Tap.all(
                listeners.stream()
                        .map(maker -> maker.apply(port))
                        .filter(tap -> !tap.equals(Tap.NONE))
                        .toList());
    }

    /// Hears every call that this server makes from now on, to a next hop.
    public Handle listenToCalls(Function<SocketAddress, Tap> maker) {
        callers.add(maker);
        return () -> callers.remove(maker);
    }

    /// The tap of a call to a next hop.
    public Tap ofCall(SocketAddress to) {
        if (callers.isEmpty()) return Tap.NONE;
        return Tap.all(
                callers.stream()
                        .map(maker -> maker.apply(to))
                        .filter(tap -> !tap.equals(Tap.NONE))
                        .toList());
    }

    /// Ends the listening.
    @FunctionalInterface
    public interface Handle extends AutoCloseable {
        @Override
        void close();
    }
}
