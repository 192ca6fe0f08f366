package org.postroom.server.ftp;

import org.postroom.wire.Departure;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/// Calls the client, from the port beside the control port (RFC 959 §5.2: L-1) where the system lets
/// us have it.
final class ActivePort implements DataPort {

    private final InetSocketAddress from;
    private final InetSocketAddress to;
    private final Socket socket;

    /// @throws IOException no socket is to be had
    ActivePort(InetAddress here, int port, InetSocketAddress to) throws IOException {
        this.socket = SocketChannel.open().socket(); // a channel takes files as they are
        this.from = new InetSocketAddress(here, port);
        this.to = to;
    }

    @Override
    public Wire open(Tap tap) throws Departure {
        try {
            bind();
            socket.connect(to, (int) PATIENCE.toMillis() / 3);
            return Wire.over(socket, LIMITS, tap);
        } catch (IOException e) {
            close();
            throw new Departure(Departure.Kind.GONE, "no data connection: " + e.getMessage());
        }
    }

    /// The port may be another program's, or the system's own below 1024: then any will do.
    private void bind() throws IOException {
        socket.setReuseAddress(true);
        try {
            socket.bind(from);
        } catch (IOException notOurs) {
            socket.bind(new InetSocketAddress(from.getAddress(), 0));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed, which is all that was wanted
        }
    }
}
