package org.postroom.smtp;

import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A server that says what it is told to. A step `S…` is said (several lines in one step go out in
/// one write), a step `C…` waits for a line that begins so.
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener;
    private final Thread thread;
    private final List<String> surprises = new ArrayList<>();

    ScriptedServer(String... steps) throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().start(() -> play(steps));
    }

    private void play(String[] steps) {
        try (var socket = listener.accept()) {
            var in = socket.getInputStream();
            for (var step : steps) {
                String text = step.substring(1);
                if (step.startsWith("S"))
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                else {
                    var line = new StringBuilder();
                    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read())
                        if (c != '\r') line.append((char) c);
                    if (!line.toString().startsWith(text))
                        surprises.add("expected " + text + ", heard " + line);
                }
            }
        } catch (IOException gone) {
            surprises.add(String.valueOf(gone.getMessage()));
        }
    }

    Wire call() throws Departure {
        return Wire.connect(
                new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()),
                5_000,
                Limits.CLIENT,
                Tap.NONE);
    }

    /// What the client said that was not in the script, once the script is over.
    List<String> surprises() throws InterruptedException {
        thread.join();
        return surprises;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
