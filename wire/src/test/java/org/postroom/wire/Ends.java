package org.postroom.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The two ends of a connection over loopback: a wire, and a bare socket to talk to it.
record Ends(Wire wire, Socket peer) implements AutoCloseable {

    /// Limits that no test runs into by being slow.
    static final Limits LIMITS =
            new Limits(1000, Duration.ofSeconds(20), Duration.ofSeconds(20), 5, true);

    static Ends open() throws IOException {
        return open(LIMITS, Tap.NONE);
    }

    static Ends open(Limits limits, Tap tap) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var peer = new Socket(server.getInetAddress(), server.getLocalPort());
            peer.setTcpNoDelay(true);
            peer.setSoTimeout(20_000);
            return new Ends(Wire.over(server.accept(), limits, tap), peer);
        }
    }

    /// Sends characters as octets.
    void send(String octets) throws IOException {
        peer.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Waits for so many octets.
    String hear(int length) throws IOException {
        return latin(peer.getInputStream().readNBytes(length));
    }

    /// Waits for the end.
    String hearAll() throws IOException {
        return latin(peer.getInputStream().readAllBytes());
    }

    void finish() throws IOException {
        peer.shutdownOutput();
    }

    static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    static byte[] octets(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// A sink that keeps all.
    static final class Kept implements Sink {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public void write(byte[] more, int offset, int length) {
            octets.write(more, offset, length);
        }

        String text() {
            return latin(octets.toByteArray());
        }
    }

    @Override
    public void close() throws IOException {
        wire.abort();
        peer.close();
    }
}
