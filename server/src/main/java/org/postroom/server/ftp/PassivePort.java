package org.postroom.server.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.util.Optional;

/// A port that listens for one data connection, at the address that the control connection came to, and
/// from the address that it came from: a stranger is turned away, and the waiting goes on (TRAPS F9).
final class PassivePort implements DataPort {

    private static final int BACKLOG = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServerSocketChannel listener;
    private final InetAddress peer;

    /// @param from the first port to choose from, or 0 for any of those that nobody has by right
    /// @param to the last
    /// @throws IOException no port is free
    PassivePort(InetAddress here, InetAddress peer, int from, int to) throws IOException {
        this.peer = peer;
        this.listener = from == 0 ? among(here, 49_152, 65_535) : among(here, from, to);
    }

    /// Begins at a random one, so that the next can't be guessed (RFC 2577 §8). To let the system choose
    /// takes ten times as long once some thousand connections are in TIME_WAIT: it looks them over.
    private static ServerSocketChannel among(InetAddress here, int from, int to)
            throws IOException {
        int count = to - from + 1;
        int start = RANDOM.nextInt(count);
        var listener = ServerSocketChannel.open();
        for (int i = 0; i < count; i++)
            try {
                return listener.bind(
                        new InetSocketAddress(here, from + (start + i) % count), BACKLOG);
            } catch (IOException taken) {
                // the next may be free
            }
        listener.close();
        throw new IOException("all passive ports from " + from + " to " + to + " are taken");
    }

    /// What PASV and EPSV tell.
    InetSocketAddress address() {
        return (InetSocketAddress) listener.socket().getLocalSocketAddress();
    }

    @Override
    public Wire open(Tap tap) throws Departure {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (listener) {
            while (true) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) throw new Departure(Departure.Kind.IDLE, "nobody called");
                listener.socket().setSoTimeout((int) left);
                var socket = listener.socket().accept();
                if (socket.getInetAddress().equals(peer)) return Wire.over(socket, LIMITS, tap);
                socket.close();
            }
        } catch (IOException e) {
            throw none(e);
        }
    }

    @Override
    public Optional<Wire> ready(Tap tap) throws Departure {
        try {
            listener.configureBlocking(false);
            var called = listener.accept();
            listener.configureBlocking(true);
            if (called == null) return Optional.empty();
            var socket = called.socket();
            if (socket.getInetAddress().equals(peer))
                return Optional.of(Wire.over(socket, LIMITS, tap));
            socket.close();
            return Optional.empty();
        } catch (IOException e) {
            throw none(e);
        }
    }

    private static Departure none(IOException why) {
        return new Departure(Departure.Kind.GONE, "no data connection: " + why.getMessage());
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException gone) {
            // it is closed, which is all that was wanted
        }
    }
}
