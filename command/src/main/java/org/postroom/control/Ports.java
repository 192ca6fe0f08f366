package org.postroom.control;

import org.postroom.server.Port;
import org.postroom.server.Settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Where each row of the port table listens.
@FunctionalInterface
public interface Ports {

    InetSocketAddress of(Port port);

    /// The well-known number plus the offset, at the address that is listened at; LMTP, which has no
    /// sign-in, at loopback only, whatever that address is.
    static Ports by(Settings.Server server) {
        return port ->
                new InetSocketAddress(
                        port == Port.LMTP
                                ? InetAddress.getLoopbackAddress()
                                : InetAddress.ofLiteral(server.listen()),
                        port.number + server.portOffset());
    }

    /// A free port each, at loopback: for tests.
    static Ports free() {
        return _ -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
