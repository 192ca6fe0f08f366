package org.postroom.wire;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// An address that callers come to, whatever is spoken there.
public interface Listening extends AutoCloseable {

    /// As it is called in the log and in `status`.
    String name();

    /// Where it is, the port that it got included.
    SocketAddress address();

    default int port() {
        return address() instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /// How many are connected.
    int size();

    /// Takes no more callers and lets those that are here finish what they are doing.
    void drain();

    /// Takes no more callers and cuts off those that are here.
    @Override
    void close();
}
