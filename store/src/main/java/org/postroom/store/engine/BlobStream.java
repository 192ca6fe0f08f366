package org.postroom.store.engine;

import java.io.InputStream;

/// A stretch of a blob as a stream.
final class BlobStream extends InputStream {

    private static final int AHEAD = 64 << 10;

    private final Blob blob;
    private final long end;
    private byte[] buffer = {};
    private final int ahead;
    private long next;
    private int at;
    private int filled;

    BlobStream(Blob blob, long offset, long length) {
        this.blob = blob;
        this.next = Math.clamp(offset, 0, blob.size());
        this.end = next + Math.clamp(length, 0, blob.size() - next);
        this.ahead = (int) Math.min(AHEAD, end - next);
    }

    @Override
    public int read() {
        return fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) return 0;
        if (at == filled && length >= ahead) return direct(into, offset, length);
        if (!fill()) return -1;
        int count = Math.min(length, filled - at);
        System.arraycopy(buffer, at, into, offset, count);
        at += count;
        return count;
    }

    /// Whoever asks for much needs nothing read ahead.
    private int direct(byte[] into, int offset, int length) {
        int wanted = (int) Math.min(length, end - next);
        int count = wanted == 0 ? 0 : blob.read(next, into, offset, wanted);
        next += count;
        return count > 0 ? count : -1;
    }

    @Override
    public int available() {
        return filled - at;
    }

    private boolean fill() {
        if (at < filled) return true;
        if (buffer.length == 0) buffer = new byte[ahead];
        int wanted = (int) Math.min(buffer.length, end - next);
        filled = wanted == 0 ? 0 : blob.read(next, buffer, 0, wanted);
        at = 0;
        next += filled;
        return filled > 0;
    }
}
