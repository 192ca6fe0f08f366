package org.postroom.server.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;

/// A port that listens for one data connection, at the address that the control connection came to, and
/// from the address that it came from: a stranger is turned away, and the waiting goes on (TRAPS F9).
final class PassivePort implements DataPort {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServerSocket listener;
    private final InetAddress peer;

    /// @param from the first port to choose from, or 0 to let the system choose
    /// @param to the last
    /// @throws IOException no port is free
    PassivePort(InetAddress here, InetAddress peer, int from, int to) throws IOException {
        this.peer = peer;
        this.listener = from == 0 ? new ServerSocket(0, 8, here) : among(here, from, to);
    }

    /// Begins at a random one, so that the next can't be guessed (RFC 2577 §8).
    private static ServerSocket among(InetAddress here, int from, int to) throws IOException {
        int count = to - from + 1;
        int start = RANDOM.nextInt(count);
        for (int i = 0; i < count; i++)
            try {
                return new ServerSocket(from + (start + i) % count, 8, here);
            } catch (IOException taken) {
                // the next may be free
            }
        throw new IOException("all passive ports from " + from + " to " + to + " are taken");
    }

    /// What PASV and EPSV tell.
    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public Wire open(Tap tap) throws Departure {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (listener) {
            while (true) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) throw new Departure(Departure.Kind.IDLE, "nobody called");
                listener.setSoTimeout((int) left);
                Socket socket = listener.accept();
                if (socket.getInetAddress().equals(peer)) return Wire.over(socket, LIMITS, tap);
                socket.close();
            }
        } catch (IOException e) {
            throw new Departure(Departure.Kind.GONE, "no data connection: " + e.getMessage());
        }
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
