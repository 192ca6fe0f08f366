package org.postroom.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The next so many octets of a stream, and no more.
final class Stretch extends FilterInputStream {

    private long left;

    Stretch(InputStream in, long length) {
        super(in);
        left = length;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) return -1;
        int c = in.read();
        if (c >= 0) left--;
        return c;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        if (len == 0) return 0;
        if (left == 0) return -1;
        int count = in.read(b, off, (int) Math.min(len, left));
        if (count > 0) left -= count;
        return count;
    }

    @Override
    public long skip(long n) throws IOException {
        long count = in.skip(Math.min(n, left));
        left -= count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
