package org.postroom.agent.ftp;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that answers FTP commands as a test wants, by verb; what the test says nothing of it does as a
/// server should, without files.
final class FtpImpostor implements AutoCloseable {

    /// What is done when a verb comes.
    @FunctionalInterface
    interface Answer {
        void to(Session session, String argument) throws IOException;
    }

    private final ServerSocket listener;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    FtpImpostor() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        on("", "220 here");
        on("USER", "331 password");
        on("PASS", "230 welcome");
        on("AUTH", "502 no");
        on("PWD", "257 \"/\"");
        on("FEAT", "211-f\r\n MLST type*;size*;\r\n SIZE\r\n REST STREAM\r\n211 e");
        on("QUIT", "221 bye");
        on("SIZE", "550 unknown");
        on("EPSV", (session, _) -> session.listen());
        answers.put(
                "EPRT",
                (session, argument) -> {
                    session.calls(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(),
                                    Integer.parseInt(argument.split("\\|", -1)[3])));
                    session.say("200 fine");
                });
        answers.put(
                "PORT",
                (session, argument) -> {
                    var six = argument.split(",", -1);
                    session.calls(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(),
                                    Integer.parseInt(six[4]) * 256 + Integer.parseInt(six[5])));
                    session.say("200 fine");
                });
        sends("MLSD", "type=file;size=4; file\r\n");
        sends("LIST", "");
        sends("RETR", "data");
        on(
                "STOR",
                (session, _) -> {
                    session.say("150 here");
                    try (var data = session.data()) {
                        data.getInputStream().readAllBytes();
                    }
                    session.say("226 done");
                });
    }

    FtpImpostor on(String verb, Answer answer) {
        answers.put(verb, answer);
        return this;
    }

    FtpImpostor on(String verb, String reply) {
        return on(verb, (session, _) -> session.say(reply));
    }

    /// What a verb sends over a data connection.
    FtpImpostor sends(String verb, String octets) {
        return on(verb, (session, _) -> session.send(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    FtpImpostor start() {
        Thread.ofVirtual()
                .start(() -> {
                    while (!listener.isClosed())
                        try {
                            var socket = listener.accept();
                            Thread.ofVirtual().start(() -> new Session(socket).run());
                        } catch (IOException closed) {
                            return;
                        }
                });
        return this;
    }

    String url(String path) {
        return "ftp://127.0.0.1:" + listener.getLocalPort() + "/" + path;
    }

    List<String> heard() {
        return heard;
    }

    final class Session {

        private final Socket control;
        private @Nullable ServerSocket door;
        private @Nullable InetSocketAddress called;

        Session(Socket control) {
            this.control = control;
        }

        void run() {
            try (control) {
                answer("", "");
                var in = control.getInputStream();
                for (String line = line(in); line != null; line = line(in)) {
                    heard.add(line);
                    int space = line.indexOf(' ');
                    answer(
                            space < 0 ? line : line.substring(0, space),
                            space < 0 ? "" : line.substring(space + 1));
                }
            } catch (IOException gone) {
                heard.add("(gone)");
            }
        }

        private static @Nullable String line(InputStream in) throws IOException {
            var line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read())
                if (c == '\n') return line.toString().strip();
                else if (c < 128) line.append((char) c); // Telnet's commands are none of it
            return null;
        }

        private void answer(String verb, String argument) throws IOException {
            var answer = answers.get(verb);
            if (answer == null) say("200 fine");
            else answer.to(this, argument);
        }

        void say(String reply) throws IOException {
            out().write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        OutputStream out() throws IOException {
            return control.getOutputStream();
        }

        void listen() throws IOException {
            door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            say("229 here (|||" + door.getLocalPort() + "|)");
        }

        int port() {
            var open = door;
            return open == null ? 0 : open.getLocalPort();
        }

        void calls(InetSocketAddress where) {
            called = where;
        }

        @Nullable InetSocketAddress called() {
            return called;
        }

        Socket data() throws IOException {
            var open = door;
            if (open != null) return open.accept();
            var to = called;
            return to == null ? new Socket() : new Socket(to.getAddress(), to.getPort());
        }

        void send(byte[] octets) throws IOException {
            say("150 here");
            try (var data = data()) {
                data.getOutputStream().write(octets);
            }
            say("226 done");
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
