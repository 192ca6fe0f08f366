package org.postroom.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// A client's connection, as light as it can be: what it says was made before, and of a long answer it
/// looks at the end only.
final class Talk implements AutoCloseable {

    private static final int PATIENCE = 120_000; // milliseconds

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[512];
    private int at;
    private int end;

    private Talk(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    static Talk to(InetSocketAddress address) throws IOException {
        return new Talk(new Socket(address.getAddress(), address.getPort()));
    }

    /// The same with TLS from now on.
    ///
    /// @param known the port under which an earlier session is looked for: a data connection resumes that
    ///     of its control connection, as clients do
    Talk secured(SSLSocketFactory tls, int known) throws IOException {
        var secure = (SSLSocket) tls.createSocket(socket, Stage.DOMAIN, known, true);
        secure.startHandshake();
        return new Talk(secure);
    }

    /// What PLAIN says (RFC 4616 §2).
    static String plain(String user, String password) {
        byte[] octets = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(octets);
    }

    void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.US_ASCII));
    }

    void say(byte[] octets) throws IOException {
        out.write(octets);
    }

    /// The next line, without its end.
    String line() throws IOException {
        int scanned = at;
        while (true) {
            for (; scanned < end; scanned++)
                if (buffer[scanned] == '\n') {
                    int length = scanned - at;
                    if (length > 0 && buffer[scanned - 1] == '\r') length--;
                    var line = new String(buffer, at, length, StandardCharsets.ISO_8859_1);
                    at = scanned + 1;
                    return line;
                }
            int before = at;
            more();
            scanned -= before - at;
        }
    }

    /// The next line, which has to begin like this.
    String expect(String beginning) throws IOException {
        String line = line();
        if (!line.startsWith(beginning))
            throw new IOException("expected " + beginning + ", heard " + line);
        return line;
    }

    /// An SMTP or FTP reply of any number of lines; the last one.
    String reply(String code) throws IOException {
        String line = line();
        while ((line.length() > 3 && line.charAt(3) == '-') || line.startsWith(" ")) line = line();
        if (!line.startsWith(code)) throw new IOException("expected " + code + ", heard " + line);
        return line;
    }

    private void more() throws IOException {
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        if (end == buffer.length) buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        int n = in.read(buffer, end, buffer.length - end);
        if (n < 0) throw new IOException("the server hung up");
        end += n;
    }

    /// Hears an answer of any length whose last line begins like this, and looks at nothing else of it.
    /// There must be nothing to hear after it.
    ///
    /// @return its length in octets
    long through(String lastLine) throws IOException {
        byte[] beginning = lastLine.getBytes(StandardCharsets.US_ASCII);
        if (buffer.length < 64 * 1024) buffer = Arrays.copyOf(buffer, 64 * 1024);
        long length = 0;
        while (!endsWith(beginning)) {
            if (end == buffer.length) {
                int kept = 512; // no last line is longer
                length += end - kept - at;
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
                at = 0;
                end = kept;
            }
            int n = in.read(buffer, end, buffer.length - end);
            if (n < 0) throw new IOException("the server hung up");
            end += n;
        }
        length += end - at;
        at = end = 0;
        return length;
    }

    private boolean endsWith(byte[] beginning) {
        if (end - at < 2 || buffer[end - 1] != '\n') return false;
        int line = end - 1;
        while (line > at && buffer[line - 1] != '\n') line--;
        return end - line >= beginning.length
                && Arrays.equals(
                        buffer, line, line + beginning.length, beginning, 0, beginning.length);
    }

    /// Reads to the end of the connection.
    ///
    /// @return how many octets there were
    long drain() throws IOException {
        byte[] slice = new byte[128 * 1024];
        long length = (long) end - at;
        for (int n = in.read(slice); n >= 0; n = in.read(slice)) length += n;
        return length;
    }

    /// Whether the server greets like this, now.
    /// Whether anybody listens there.
    static boolean isThere(InetSocketAddress address) {
        try (var talk = to(address)) {
            return talk.socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    static boolean isGreeted(InetSocketAddress address, String greeting) {
        try (var talk = to(address)) {
            talk.socket.setSoTimeout(5_000);
            return talk.line().startsWith(greeting);
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
