package org.postroom.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Many servers in one process, each at an address of its own and all at one port: they live, or never
/// speak, or hang when they have the letter. Nobody is at [Kind#REFUSING]'s addresses.
///
/// Its parent reads the port from the first line of its output; to every line of input it says how many
/// recipients the living have, how many calls the mute, and how many recipients wait with those that hang.
final class Sinks {

    /// Each has a block of addresses.
    enum Kind {
        LIVING(21),
        MUTE(22),
        HANGING(23),
        REFUSING(24);

        private final int block;

        Kind(int block) {
            this.block = block;
        }

        InetAddress address(int number) {
            return InetAddress.ofLiteral(
                    "127." + block + "." + number / 250 + "." + (1 + number % 250));
        }
    }

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger mute = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final List<Socket> calls = new ArrayList<>();

    private Sinks() {}

    /// Its arguments are how many there are of each kind.
    public static void main(String[] args) throws IOException {
        var sinks = new Sinks();
        int port = 0;
        var counts = Stream.of(args).map(Integer::valueOf).iterator();
        for (var kind : List.of(Kind.LIVING, Kind.MUTE, Kind.HANGING)) {
            int count = counts.next();
            for (int i = 0; i < count; i++) port = sinks.open(kind, kind.address(i), port);
        }
        System.out.println(port);
        var questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null)
            System.out.println(sinks.taken + " " + sinks.mute + " " + sinks.hanging);
        System.exit(0);
    }

    private int open(Kind kind, InetAddress address, int port) throws IOException {
        var server = new ServerSocket();
        server.bind(new InetSocketAddress(address, port), 100);
        Thread.ofVirtual().start(() -> serve(server, kind));
        return server.getLocalPort();
    }

    private void serve(ServerSocket server, Kind kind) {
        try {
            while (true) {
                var call = server.accept();
                if (kind == Kind.MUTE) keep(call);
                else Thread.ofVirtual().start(() -> converse(call, kind));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private synchronized void keep(Socket call) {
        calls.add(call);
        mute.incrementAndGet();
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
                        hanging.addAndGet(named);
                        in.transferTo(Writer.nullWriter());
                        hanging.addAndGet(-named);
                        return;
                    }
                    taken.addAndGet(named);
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
}
