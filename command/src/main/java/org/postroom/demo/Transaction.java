package org.postroom.demo;

import org.postroom.server.Port;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// HTTP transactions as octets cross the connection, each taken apart (RFC 9112 §2.1): a line, fields, an
/// empty line, a body, in both directions.
final class Transaction {

    /// What one end said.
    ///
    /// @param line the request line, or the status line
    record Part(String line, List<String> fields, String body) {}

    /// A request and what it was answered by.
    record Seen(Part request, Part answer) {}

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private final String password;

    private Transaction(Socket socket, Site site, String who) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.host = site.host;
        this.password =
                Base64.getEncoder()
                        .encodeToString(
                                (who + ":" + Site.PASSWORD.reveal())
                                        .getBytes(StandardCharsets.UTF_8));
    }

    /// Several over one connection, which stays (RFC 9112 §9.3).
    ///
    /// @param requests method and path, and the body, if there is one
    static List<Seen> watch(Site site, String who, List<String[]> requests) throws Failure {
        try (var socket = new Socket()) {
            socket.setSoTimeout(10_000);
            socket.connect(site.tcp(Port.HTTP));
            var transaction = new Transaction(socket, site, who);
            var all = new ArrayList<Seen>();
            for (var request : requests)
                all.add(transaction.ask(request[0], request.length > 1 ? request[1] : ""));
            return all;
        } catch (IOException e) {
            throw new Failure(site.host, String.valueOf(e.getMessage()));
        }
    }

    private Seen ask(String line, String body) throws IOException {
        var fields = new ArrayList<String>();
        fields.add("Host: " + host);
        fields.add("Authorization: Basic " + password);
        if (!body.isEmpty()) fields.add("Content-Length: " + body.length());
        var request = new Part(line + " HTTP/1.1", fields, body);
        var text = new StringBuilder(request.line).append("\r\n");
        fields.forEach(field -> text.append(field).append("\r\n"));
        text.append("\r\n").append(body);
        socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
        return new Seen(blanked(request), hear());
    }

    private static Part blanked(Part request) {
        return new Part(
                request.line,
                request.fields.stream()
                        .map(field ->
                                field.startsWith("Authorization:")
                                        ? "Authorization: Basic ****"
                                        : field)
                        .toList(),
                request.body);
    }

    private Part hear() throws IOException {
        String status = line();
        var fields = new ArrayList<String>();
        int length = 0;
        for (String field = line(); !field.isEmpty(); field = line()) {
            fields.add(field);
            if (field.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                length = Integer.parseInt(field.substring(15).strip());
        }
        return new Part(status, fields, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        var octets = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) throw new IOException("the server closed the connection");
            if (octet != '\r') octets.write(octet);
        }
        return octets.toString(StandardCharsets.UTF_8);
    }
}
