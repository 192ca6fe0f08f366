package org.postroom.wire;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Accepts connections at one address and gives each a virtual thread and a [Wire].
///
/// A caller over a cap hears the protocol's own word for it and is closed. When descriptors run out
/// the listener lets the longest idle connection go; where none is idle it gives up a descriptor that
/// it holds in reserve and turns the caller away (TRAPS T18). It never spins and never dies.
///
/// A front end that the gate trusts introduces its callers first ([Introduction]); from then on the
/// caller is who it says. What such a word from anybody else is, the protocol decides: no command.
public final class Listener implements Listening {

    /// The id of the connection whose thread this is, for the log.
    public static final ScopedValue<String> CONNECTION = ScopedValue.newInstance();

    private static final System.Logger LOG = System.getLogger(Listener.class.getName());
    private static final int INTRODUCTION_MILLIS = 5_000; // for each piece of it
    private static final int CALLS_WAITING = 1024; // until they are taken; more are sent away

    /// One conversation, from greeting to good-bye.
    @FunctionalInterface
    public interface Conversation {
        void run(Wire wire);
    }

    /// What a listener needs to know.
    ///
    /// @param name what its threads and log lines are called: `smtp`, `imaps`
    /// @param gate the caps, shared by all listeners of a server
    /// @param busy what a caller over a cap hears; nothing under implicit TLS
    /// @param implicit TLS from the first octet, or null
    /// @param limits the limits of a new wire, asked for each connection so that a reload counts
    /// @param tap the tap of a new wire
    public record Plan(
            String name,
            Gate gate,
            Sayable busy,
            Tls.@Nullable Server implicit,
            Supplier<Limits> limits,
            Supplier<Tap> tap,
            Conversation conversation) {}

    private interface Door {
        Opened accept() throws IOException;

        void close() throws IOException;
    }

    /// @param socket of a TCP connection
    private record Opened(SocketAddress from, WireMaker maker, @Nullable Socket socket) {}

    private interface WireMaker {
        Wire make(Limits limits, Tap tap) throws IOException;
    }

    private final Plan plan;
    private final Door door;
    private final SocketAddress address;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private @Nullable SocketChannel reserve;

    private Listener(Plan plan, Door door, SocketAddress address) {
        this.plan = plan;
        this.door = door;
        this.address = address;
        setAside();
        Thread.ofPlatform().daemon().name("accept-" + plan.name()).start(this::accept);
    }

    /// Listens by TCP; port 0 takes a free one.
    ///
    /// @throws IOException the address is in use or is not this machine's
    public static Listener tcp(InetSocketAddress at, Plan plan) throws IOException {
        var server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(at, CALLS_WAITING);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new Listener(
                plan,
                new Door() {
                    @Override
                    public Opened accept() throws IOException {
                        var socket = server.accept();
                        return new Opened(
                                socket.getRemoteSocketAddress(),
                                (limits, tap) -> {
                                    var wire = Wire.over(socket, limits, tap);
                                    return at.getAddress().isLoopbackAddress()
                                            ? wire
                                            : wire.openToAll();
                                },
                                socket);
                    }

                    @Override
                    public void close() throws IOException {
                        server.close();
                    }
                },
                server.getLocalSocketAddress());
    }

    /// Listens at a Unix socket. The caller has seen to it that the path is free and its folder closed
    /// to others.
    public static Listener unix(Path at, Plan plan) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        var address = UnixDomainSocketAddress.of(at);
        try {
            server.bind(address, CALLS_WAITING);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new Listener(
                plan,
                new Door() {
                    @Override
                    public Opened accept() throws IOException {
                        SocketChannel channel = server.accept();
                        return new Opened(
                                address, (limits, tap) -> Wire.over(channel, limits, tap), null);
                    }

                    @Override
                    public void close() throws IOException {
                        server.close();
                    }
                },
                address);
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public void drain() {
        stopAccepting();
        for (var wire : wires) wire.drain();
    }

    @Override
    public int size() {
        return wires.size();
    }

    @Override
    public void close() {
        stopAccepting();
        for (var wire : wires) wire.abort();
    }

    private void stopAccepting() {
        closed = true;
        try {
            door.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, plan.name() + ": closing the listener", e);
        }
    }

    private void accept() {
        while (!closed)
            try {
                greet(door.accept());
            } catch (IOException e) {
                if (!closed) backOff(e);
            }
    }

    private void greet(Opened opened) {
        var socket = opened.socket();
        if (socket != null && plan.gate().isProxy(opened.from())) {
            Thread.ofVirtual().name(plan.name()).start(() -> introduced(socket));
            return;
        }
        var answer = plan.gate().enter(opened.from());
        Thread.ofVirtual()
                .name(plan.name())
                .start(() -> {
                    if (answer == Gate.Answer.COME_IN) serve(opened);
                    else turnAway(opened, answer);
                });
    }

    /// Hears whom a front end passes on. Nobody is a process of this machine from here on.
    private void introduced(Socket socket) {
        try {
            socket.setSoTimeout(INTRODUCTION_MILLIS);
            var caller = Introduction.read(socket.getInputStream());
            socket.setSoTimeout(0);
            var local = caller.<SocketAddress>map(Introduction::local);
            var from = caller.<SocketAddress>map(Introduction::remote);
            var opened =
                    new Opened(
                            from.orElse(socket.getRemoteSocketAddress()),
                            (limits, tap) ->
                                    Wire.over(
                                                    socket,
                                                    local.orElse(socket.getLocalSocketAddress()),
                                                    from.orElse(socket.getRemoteSocketAddress()),
                                                    limits,
                                                    tap)
                                            .openToAll(),
                            socket);
            var answer = plan.gate().enter(opened.from());
            if (answer == Gate.Answer.COME_IN) serve(opened);
            else turnAway(opened, answer);
        } catch (IOException silent) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: the front end {1} does not say who calls: {2}",
                    plan.name(),
                    socket.getRemoteSocketAddress(),
                    silent.getMessage());
            closed(socket);
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed, which is all that was wanted
        }
    }

    private void serve(Opened opened) {
        try (var wire = opened.maker().make(plan.limits().get(), plan.tap().get())) {
            wires.add(wire);
            plan.gate().add(wire);
            if (closed) wire.drain();
            try {
                ScopedValue.where(CONNECTION, wire.id()).run(() -> converse(wire));
            } finally {
                wires.remove(wire);
                plan.gate().remove(wire);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: gone before the greeting", plan.name());
        } finally {
            plan.gate().leave(opened.from());
        }
    }

    private void converse(Wire wire) {
        try {
            var implicit = plan.implicit();
            if (implicit != null) wire.secure(implicit);
            plan.conversation().run(wire);
        } catch (Departure gone) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", wire.id(), gone.getMessage());
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.ERROR, plan.name() + " " + wire.id(), broken);
        }
    }

    private void turnAway(Opened opened, Gate.Answer answer) {
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: {1} turned away: {2}",
                plan.name(),
                opened.from(),
                answer);
        try (var wire = opened.maker().make(plan.limits().get(), Tap.NONE)) {
            if (plan.implicit() == null) wire.say(plan.busy());
        } catch (IOException | Departure gone) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: gone before it was told", plan.name());
        }
    }

    /// The reserve goes first: even to log may take a descriptor.
    private void backOff(IOException e) {
        try {
            var spare = reserve;
            reserve = null;
            if (spare != null) spare.close();
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", plan.name(), e.getMessage());
            if (!plan.gate().shedIdlest() && spare != null) {
                var opened = door.accept();
                Thread.ofVirtual().start(() -> turnAway(opened, Gate.Answer.TOO_MANY));
            }
            Thread.sleep(100);
            setAside();
        } catch (IOException still) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", plan.name(), still.getMessage());
        } catch (InterruptedException nobodyMay) {
            Thread.currentThread().interrupt();
        }
    }

    /// Opens a descriptor for nothing, to be given up when there are no others.
    private void setAside() {
        try {
            reserve = SocketChannel.open();
        } catch (IOException none) {
            LOG.log(System.Logger.Level.WARNING, "{0}: no descriptor in reserve", plan.name());
        }
    }
}
