package org.postroom.crypto.letter;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Text whose lines end with LF, read as lines that end with CRLF.
final class Lines extends FilterInputStream {

    private boolean owesFeed;
    private int last;

    Lines(InputStream in) {
        super(new BufferedInputStream(in, 32 << 10));
    }

    @Override
    public int read() throws IOException {
        last = next();
        return last;
    }

    private int next() throws IOException {
        if (owesFeed) {
            owesFeed = false;
            return '\n';
        }
        int c = in.read();
        owesFeed = c == '\n' && last != '\r';
        return owesFeed ? '\r' : c;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int count = 0;
        while (count < len) {
            int c = read();
            if (c < 0) break;
            b[off + count++] = (byte) c;
        }
        return count == 0 && len > 0 ? -1 : count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
