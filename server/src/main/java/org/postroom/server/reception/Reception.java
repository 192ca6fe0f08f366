package org.postroom.server.reception;

import org.postroom.server.House;
import org.postroom.server.Port;
import org.postroom.server.pop3.Pop3Server;
import org.postroom.wire.Listener;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Opens ports: the one place that knows which conversation is held where.
public final class Reception {

    private Reception() {}

    /// Listens.
    ///
    /// @param at the address; its port 0 takes a free one
    /// @throws IOException the address is in use, or is not this machine's
    public static Listener open(House house, Port port, InetSocketAddress at) throws IOException {
        return Listener.tcp(at, plan(house, port));
    }

    /// What is done at a port.
    public static Listener.Plan plan(House house, Port port) {
        return switch (port) {
            case SMTP, SUBMISSION, SUBMISSIONS, LMTP ->
                    throw new UnsupportedOperationException(port.title);
            case POP3, POP3S -> Pop3Server.plan(house, port);
            case IMAP, IMAPS -> throw new UnsupportedOperationException(port.title);
            case FTP, FTPS -> throw new UnsupportedOperationException(port.title);
        };
    }
}
