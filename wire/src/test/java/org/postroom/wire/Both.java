package org.postroom.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A wire at each end of a connection.
record Both(Wire server, Wire client) implements AutoCloseable {

    static Both open() throws IOException {
        return open(Ends.LIMITS, Tap.NONE, Tap.NONE);
    }

    static Both open(Limits limits, Tap ofServer, Tap ofClient) throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var socket = new Socket(listening.getInetAddress(), listening.getLocalPort());
            var client = Wire.over(socket, Limits.CLIENT, ofClient);
            return new Both(Wire.over(listening.accept(), limits, ofServer), client);
        }
    }

    static Both openUnix(Limits limits) throws IOException {
        var folder = Files.createTempDirectory("wire");
        var address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(address);
            var client = Wire.over(SocketChannel.open(address), Limits.CLIENT, Tap.NONE);
            return new Both(Wire.over(listening.accept(), limits, Tap.NONE), client);
        } finally {
            Files.delete(address.getPath());
            Files.delete(folder);
        }
    }

    static Both openTls(Limits limits) throws Exception {
        var both = open(limits, Tap.NONE, Tap.NONE);
        both.secure(Papers.server(), Papers.TRUSTING, "mail.example.test");
        return both;
    }

    /// Shakes hands at both ends.
    Both secure(Tls.Server server, Tls.Client client, String host) throws Exception {
        var other = apart(() -> secured(this.client, client, host));
        this.server.secure(server);
        done(other);
        return this;
    }

    private static boolean secured(Wire wire, Tls.Client client, String host) throws Departure {
        wire.secure(client, host);
        return true;
    }

    /// Does something on another virtual thread.
    static <T> CompletableFuture<T> apart(Callable<T> what) {
        var result = new CompletableFuture<T>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(what.call());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }

    /// What that comes to; its failure is thrown.
    static <T> T done(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError("it takes too long", e);
        }
    }

    @Override
    public void close() {
        server.abort();
        client.abort();
    }
}
