package org.postroom.control;

import org.postroom.server.Port;
import org.postroom.server.Settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /// Some offset at which every port of the table is free at loopback: for tests.
    static int freeOffset() throws IOException {
        return freeOffset(InetAddress.getLoopbackAddress());
    }

    /// Some offset at which every port of the table is free at this address.
    static int freeOffset(InetAddress address) throws IOException {
        return freeOffset(ThreadLocalRandom.current().ints(100, 11_000, 31_000), address);
    }

    /// The first of these offsets at which every port of the table is free at all of these addresses.
    /// Somebody else may be faster, so whoever takes them must be ready to fail.
    ///
    /// @throws IOException there is none
    static int freeOffset(IntStream offsets, InetAddress... addresses) throws IOException {
        return offsets.filter(offset -> Stream.of(addresses).allMatch(it -> isFree(it, offset)))
                .findFirst()
                .orElseThrow(() ->
                        new IOException(
                                "too many ports are taken: end what uses them, and try again"));
    }

    private static boolean isFree(InetAddress address, int offset) {
        for (var port : Port.values())
            try (var socket = new ServerSocket(port.number + offset, 1, address)) {
                if (!socket.isBound()) return false;
            } catch (IOException taken) {
                return false;
            }
        return true;
    }
}
