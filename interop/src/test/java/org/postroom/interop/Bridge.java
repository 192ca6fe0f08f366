package org.postroom.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port at which each caller talks to a process of its own, as inetd did it.
final class Bridge implements AutoCloseable {

    private final ServerSocket listener;
    private final String command;

    Bridge(String command) throws IOException {
        this.command = command;
        this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed())
            try (var socket = listener.accept()) {
                var process = new ProcessBuilder("/bin/sh", "-c", command).start();
                var in = socket.getInputStream();
                var to = process.getOutputStream();
                var forth = Thread.ofPlatform().daemon().start(() -> copy(in, to));
                copy(process.getInputStream(), socket.getOutputStream());
                process.destroy();
                forth.interrupt();
            } catch (IOException gone) {
                Thread.onSpinWait(); // the next caller
            }
    }

    private static void copy(InputStream in, OutputStream out) {
        try (out) {
            byte[] buffer = new byte[8192];
            for (int n; (n = in.read(buffer)) >= 0; ) {
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException gone) {
            return; // one side hung up, and so does the other
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
