package org.postroom.queue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Servers at addresses of their own and one port: some live, some accept the call and never speak,
/// some hang when they have the letter.
final class Sinks implements AutoCloseable {

    enum Kind {
        LIVING,
        MUTE,
        HANGING
    }

    private final List<ServerSocket> servers = new ArrayList<>();
    private final List<Socket> calls = new ArrayList<>();
    final AtomicInteger recipients = new AtomicInteger();
    final AtomicInteger stuck = new AtomicInteger();
    final int port;

    /// @param first takes a port that the others will have, too
    Sinks(String first, Kind kind) throws IOException {
        port = add(first, kind, 0);
    }

    void add(String address, Kind kind) throws IOException {
        add(address, kind, port);
    }

    private int add(String address, Kind kind, int at) throws IOException {
        var server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), at), 100);
        servers.add(server);
        Thread.ofVirtual().start(() -> serve(server, kind));
        return server.getLocalPort();
    }

    private void serve(ServerSocket server, Kind kind) {
        try {
            while (true) {
                var call = server.accept();
                synchronized (calls) {
                    calls.add(call);
                }
                if (kind == Kind.MUTE) stuck.incrementAndGet();
                else Thread.ofVirtual().start(() -> converse(call, kind));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private void converse(Socket call, Kind kind) {
        try (call) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    call.getInputStream(), StandardCharsets.ISO_8859_1));
            say(call, "220 sink");
            int named = 0;
            for (var line = in.readLine(); line != null; line = in.readLine())
                if (line.startsWith("DATA")) {
                    say(call, "354 go on");
                    for (var text = in.readLine(); !".".equals(text); text = in.readLine())
                        if (text == null) return;
                    if (kind == Kind.HANGING) {
                        stuck.addAndGet(named);
                        in.transferTo(java.io.Writer.nullWriter());
                        return;
                    }
                    recipients.addAndGet(named);
                    named = 0;
                    say(call, "250 taken");
                } else {
                    if (line.startsWith("RCPT")) named++;
                    say(call, line.startsWith("QUIT") ? "221 bye" : "250 fine");
                }
        } catch (IOException gone) {
            // so it is
        }
    }

    private static void say(Socket call, String line) throws IOException {
        call.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) server.close();
        synchronized (calls) {
            for (var call : calls) call.close();
        }
    }
}
