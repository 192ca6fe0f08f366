package org.postroom.bench;

import org.postroom.server.Port;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// An HTTP client of few words: one connection that stays, a name and a password with each request.
final class HttpTalk implements AutoCloseable {

    private static final int PIECE = 128 << 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String fields;
    private final byte[] piece = new byte[PIECE];
    private int at;
    private int end;

    private HttpTalk(Socket socket, String login) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = new BufferedOutputStream(socket.getOutputStream(), PIECE);
        var password = login + ":" + Stage.PASSWORD;
        this.fields =
                " HTTP/1.1\r\nHost: "
                        + Stage.DOMAIN
                        + "\r\nAuthorization: Basic "
                        + Base64.getEncoder()
                                .encodeToString(password.getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
    }

    static HttpTalk to(Subject subject, int account, boolean tls) throws IOException {
        var at = subject.at(tls ? Port.HTTPS : Port.HTTP);
        var plain = new Socket(at.getAddress(), at.getPort());
        plain.setTcpNoDelay(true);
        var socket =
                tls ? subject.tls().createSocket(plain, Stage.DOMAIN, at.getPort(), true) : plain;
        return new HttpTalk(socket, subject.login(account));
    }

    /// Puts so many octets, none of them of interest.
    void put(String name, long octets, byte[] slice) throws IOException {
        say("PUT /files/" + name + fields + "Content-Length: " + octets + "\r\n\r\n");
        for (long left = octets; left > 0; left -= slice.length)
            out.write(slice, 0, (int) Math.min(left, slice.length));
        out.flush();
        read(2);
    }

    /// Gets a file, and tells how long it was.
    long get(String name) throws IOException {
        say("GET /files/" + name + fields + "\r\n");
        out.flush();
        return read(2);
    }

    private void say(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private long read(int kind) throws IOException {
        String status = line();
        if (status.length() < 12 || status.charAt(9) != '0' + kind) throw new IOException(status);
        long length = 0;
        for (String field = line(); !field.isEmpty(); field = line())
            if (field.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                length = Long.parseLong(field.substring(15).strip());
        long left = length;
        while (left > 0) {
            if (at == end) fill();
            int taken = (int) Math.min(left, end - at);
            at += taken;
            left -= taken;
        }
        return length;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            if (at == end) fill();
            char c = (char) piece[at++];
            if (c == '\n') return line.toString();
            if (c != '\r') line.append(c);
        }
    }

    private void fill() throws IOException {
        at = 0;
        end = in.read(piece);
        if (end < 0) throw new IOException("the server closed the connection");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
