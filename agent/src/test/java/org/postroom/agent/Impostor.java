package org.postroom.agent;

import org.postroom.wire.Certificates;
import org.postroom.wire.Limits;
import org.postroom.wire.Tap;
import org.postroom.wire.Tls;
import org.postroom.wire.Wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A server that answers commands as a test wants: by verb, in IMAP `%t` standing for the tag. What it
/// has no answer to is fine with it.
final class Impostor implements AutoCloseable {

    private final ServerSocket listener;
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicLong said = new AtomicLong();
    private final Thread thread;
    private final Manner manner;

    /// How a protocol is spoken.
    private enum Manner {
        IMAP("* OK here\r\n", "%t OK fine\r\n"),
        POP3("+OK here\r\n", "+OK fine\r\n"),
        SMTP("220 here\r\n", "250 fine\r\n");

        final String greeting;
        final String fine;

        Manner(String greeting, String fine) {
            this.greeting = greeting;
            this.fine = fine;
        }
    }

    /// One that speaks IMAP.
    ///
    /// @param answers verb, answer, verb, answer …; the greeting's verb is empty
    Impostor(String... answers) throws IOException {
        this(Manner.IMAP, answers);
    }

    static Impostor pop3(String... answers) throws IOException {
        return new Impostor(Manner.POP3, answers);
    }

    static Impostor smtp(String... answers) throws IOException {
        return new Impostor(Manner.SMTP, answers);
    }

    private Impostor(Manner manner, String... answers) throws IOException {
        this.manner = manner;
        for (int i = 0; i < answers.length; i += 2) this.answers.put(answers[i], answers[i + 1]);
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
        while (!listener.isClosed())
            try (var socket = listener.accept()) {
                var out = socket.getOutputStream();
                out.write(octets(answers.getOrDefault("", manner.greeting)));
                var in = socket.getInputStream();
                var line = new StringBuilder();
                for (int c = in.read(); c >= 0; c = in.read())
                    if (c != '\n') line.append((char) c);
                    else {
                        heard.add(line.toString().strip());
                        answer(line.toString().strip(), out);
                        line.setLength(0);
                    }
            } catch (IOException gone) {
                heard.add("(gone)");
            }
    }

    private void answer(String line, java.io.OutputStream out) throws IOException {
        var words = line.split(" ", 3);
        int at = manner == Manner.IMAP ? 1 : 0;
        String verb = words.length > at ? words[at] : "";
        if (verb.equals("UID") && words.length > 2) verb = words[2].split(" ", 2)[0];
        String answer = answers.getOrDefault(verb, manner.fine).replace("%t", words[0]);
        do {
            out.write(octets(answer));
            said.addAndGet(answer.length());
        } while (answers.containsKey("endless " + verb));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> heard() {
        return heard;
    }

    /// One that speaks TLS at once, and then says the greeting.
    static ServerSocket secured(Certificates certificates) throws IOException {
        var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(() -> {
                    while (!listener.isClosed())
                        try (var wire = Wire.over(listener.accept(), Limits.CLIENT, Tap.NONE)) {
                            wire.secure(new Tls.Server(certificates));
                            wire.say(org.postroom.wire.Line.of("* OK here"));
                            wire.line();
                        } catch (IOException | org.postroom.wire.Departure gone) {
                            Thread.onSpinWait(); // the next caller
                        }
                });
        return listener;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        thread.interrupt();
    }
}
