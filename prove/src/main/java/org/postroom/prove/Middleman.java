package org.postroom.prove;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between two servers and knows which transactions are open when a conversation breaks off. It
/// hears SMTP in clear text: STARTTLS is not announced through it.
///
/// A transaction is open from MAIL until the sender says its next command: whoever says that has written
/// down what came of the letter before. So some are counted that were settled while the connection
/// rested; none is left out.
final class Middleman implements AutoCloseable {

    private final ServerSocket listener;
    private final int port;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    /// @param port where the server is that calls are handed on to
    Middleman(int port) throws IOException {
        this.port = port;
        listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    /// Where it is called.
    int port() {
        return listener.getLocalPort();
    }

    /// Transactions that were open when their conversation broke off, so far.
    int open() {
        return open.get();
    }

    /// Those among them whose last reply had come this far.
    int answered() {
        return answered.get();
    }

    private void serve() {
        try {
            while (true) {
                var caller = listener.accept();
                Thread.ofVirtual().start(() -> converse(caller));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private void converse(Socket caller) {
        var conversation = new Conversation();
        try (caller;
                var server = new Socket()) {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            caller.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            var back = Thread.ofVirtual().start(() -> conversation.back(server, caller));
            conversation.forth(caller, server);
            server.shutdownOutput();
            back.join();
        } catch (IOException gone) {
            // one of them is
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        conversation.ends();
    }

    private final class Conversation {

        private boolean begun; // a transaction
        private int awaited = 1; // replies; the first is the greeting

        /// What the sender says.
        void forth(Socket caller, Socket server) throws IOException {
            var in = new BufferedInputStream(caller.getInputStream(), 1 << 16);
            var out = new BufferedOutputStream(server.getOutputStream(), 1 << 16);
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var words = line.strip().toUpperCase(Locale.ROOT).split(" ", -1);
                said(words[0]);
                write(line, out);
                if (words[0].equals("BDAT")) copy(in, out, Long.parseLong(words[1]));
                if (words[0].equals("DATA")) {
                    out.flush();
                    letter(in, out);
                }
                if (in.available() == 0) out.flush();
            }
        }

        private synchronized void said(String verb) {
            awaited += verb.equals("DATA") ? 2 : 1;
            switch (verb) {
                case "MAIL" -> begun = true;
                case "RCPT", "DATA", "BDAT" -> {}
                default -> begun = false;
            }
        }

        /// What is answered.
        void back(Socket server, Socket caller) {
            try (caller) {
                var in = new BufferedInputStream(server.getInputStream(), 1 << 16);
                var out = new BufferedOutputStream(caller.getOutputStream(), 1 << 16);
                for (var line = line(in); !line.isEmpty(); line = line(in)) {
                    if (line.charAt(3) != '-') heard();
                    write(line.replace("STARTTLS", "XNOTLS"), out);
                    if (in.available() == 0) out.flush();
                }
            } catch (IOException gone) {
                // one of them is
            }
        }

        private synchronized void heard() {
            awaited--;
        }

        synchronized void ends() {
            if (!begun) return;
            open.incrementAndGet();
            if (awaited <= 0) answered.incrementAndGet();
        }
    }

    /// With its end; empty at the end of all.
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(128);
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.write(octet);
            if (octet == '\n') return line.toString(StandardCharsets.ISO_8859_1);
        }
        return "";
    }

    private static void write(String line, OutputStream out) throws IOException {
        out.write(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void copy(InputStream in, OutputStream out, long octets) throws IOException {
        byte[] slice = new byte[1 << 14];
        for (long left = octets; left > 0; ) {
            int n = in.read(slice, 0, (int) Math.min(slice.length, left));
            if (n < 0) throw new EOFException();
            out.write(slice, 0, n);
            left -= n;
        }
    }

    private static void letter(InputStream in, OutputStream out) throws IOException {
        String line;
        do {
            line = line(in);
            if (line.isEmpty()) throw new EOFException();
            write(line, out);
        } while (!line.equals(".\r\n"));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
