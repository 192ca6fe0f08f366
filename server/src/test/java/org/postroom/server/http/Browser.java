package org.postroom.server.http;

import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// A client that says octets and reads answers one by one, so that a test sees what crosses the wire.
final class Browser implements AutoCloseable {

    private static final Pattern TOKEN =
            Pattern.compile("name=\"csrf\" value=\"([A-Za-z0-9_-]+)\"");

    private final Socket socket;
    private String cookie = "none=none";
    private final InputStream in;

    Browser(TestHouse house) throws IOException {
        var address = house.address(Port.HTTP);
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(30_000);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    /// What came back.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Heard(int status, Map<String, String> fields, byte[] body) {

        String field(String name) {
            return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    void say(String octets) throws IOException {
        say(octets.getBytes(StandardCharsets.UTF_8));
    }

    void say(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /// A request with fields, and an answer to it.
    Heard ask(String line, String... fields) throws IOException {
        return send(line, "", fields);
    }

    /// A request with a body, and an answer to it.
    Heard send(String line, String body, String... fields) throws IOException {
        var head = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (var field : fields) head.append(field).append("\r\n");
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        if (octets.length > 0) head.append("Content-Length: ").append(octets.length).append("\r\n");
        say(head + "\r\n" + body);
        return hear(line.startsWith("HEAD"));
    }

    /// Signs in by the page, and bears the cookie from then on.
    void signIn(String name, String password) throws IOException {
        var heard = post("/sign-in", "name=" + name + "&password=" + password);
        if (heard.status() != 303) throw new IOException("not signed in: " + heard.status());
        keepCookie(heard);
    }

    void keepCookie(Heard heard) {
        cookie = heard.field("Set-Cookie").split(";")[0];
    }

    /// A page, with the cookie.
    Heard page(String path) throws IOException {
        return ask("GET " + path, "Accept: text/html", "Cookie: " + cookie);
    }

    /// A form, with the cookie.
    Heard post(String path, String form) throws IOException {
        return send(
                "POST " + path,
                form,
                "Accept: text/html",
                "Content-Type: application/x-www-form-urlencoded",
                "Cookie: " + cookie);
    }

    /// A form that bears what a page of ours gave it.
    Heard postHere(String page, String path, String form) throws IOException {
        return post(path, "csrf=" + token(page) + "&" + form);
    }

    /// A file, as a form brings it.
    Heard upload(String path, String name, String text) throws IOException {
        return send(
                "POST " + path,
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + name
                        + "\"\r\n\r\n"
                        + text
                        + "\r\n--x--\r\n",
                "Content-Type: multipart/form-data; boundary=x",
                "Cookie: " + cookie);
    }

    String token(String page) throws IOException {
        var found = TOKEN.matcher(page(page).text());
        if (!found.find()) throw new IOException("the page has no form");
        return found.group(1);
    }

    /// The next answer.
    Heard hear(boolean head) throws IOException {
        String line = line();
        int status = Integer.parseInt(line.split(" ")[1]);
        var fields = new LinkedHashMap<String, String>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            fields.put(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip());
        }
        byte[] body = new byte[0];
        if (!head && status != 204 && status != 304 && status != 100)
            if (fields.containsKey("content-length"))
                body = in.readNBytes(Integer.parseInt(fields.get("content-length")));
            else if ("chunked".equals(fields.get("transfer-encoding"))) body = chunks();
            else body = in.readAllBytes();
        return new Heard(status, fields, body);
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        for (int size = size(); size > 0; size = size()) {
            all.write(in.readNBytes(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int size() throws IOException {
        return Integer.parseInt(line().split(";")[0], 16);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) throw new IOException("the server closed after: " + line);
            if (octet != '\r') line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    boolean isClosedByPeer() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
