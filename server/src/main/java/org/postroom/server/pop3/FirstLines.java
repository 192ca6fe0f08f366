package org.postroom.server.pop3;

import java.io.IOException;
import java.io.InputStream;

/// A message up to so many lines of its body: what TOP sends (RFC 1939 §7).
final class FirstLines extends InputStream {

    private final InputStream message;
    private long header;
    private int lines;

    /// @param header octets before the body
    FirstLines(InputStream message, long header, int lines) {
        this.message = message;
        this.header = header;
        this.lines = lines;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (header > 0) {
            int n = message.read(into, offset, (int) Math.min(length, header));
            if (n > 0) header -= n;
            return n;
        }
        if (lines == 0) return -1;
        int n = message.read(into, offset, length);
        for (int i = 0; i < n; i++) if (into[offset + i] == '\n' && --lines == 0) return i + 1;
        return n;
    }

    @Override
    public void close() throws IOException {
        message.close();
    }
}
