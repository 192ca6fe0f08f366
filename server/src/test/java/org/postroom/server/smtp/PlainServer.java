package org.postroom.server.smtp;

import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A next hop that announces what it is told to, and takes everything.
final class PlainServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final String[] extensions;

    PlainServer(String... extensions) throws IOException {
        this.extensions = extensions;
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            var call = socket.accept();
                            Thread.ofVirtual().start(() -> converse(call));
                        }
                    } catch (IOException closed) {
                        // the end
                    }
                });
    }

    int port() {
        return socket.getLocalPort();
    }

    /// Every line, of commands and letters, call by call.
    List<String> heard() {
        return calls.stream().flatMap(List::stream).toList();
    }

    private void converse(Socket call) {
        var heard = new CopyOnWriteArrayList<String>();
        calls.add(heard);
        try (var wire = Wire.over(call, Limits.CLIENT, Tap.NONE)) {
            wire.say(Line.of("220 plain"));
            boolean letter = false;
            while (true) {
                String line = wire.line().text();
                heard.add(line);
                if (letter && !line.equals(".")) continue;
                letter = line.equals("DATA");
                if (line.startsWith("EHLO")) {
                    wire.say(Line.of("250-plain"));
                    for (var extension : extensions) wire.say(Line.of("250-" + extension));
                }
                wire.say(Line.of(letter ? "354 go on" : "250 fine"));
                if (line.equals("QUIT")) {
                    wire.flush();
                    return;
                }
            }
        } catch (IOException | Departure gone) {
            // the next
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
