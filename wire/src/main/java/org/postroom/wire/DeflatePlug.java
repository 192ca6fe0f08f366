package org.postroom.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Deflated octets over another plug, both ways (RFC 4978 §3). What is written goes out at once, and what
/// came is handed on as far as it makes sense, without waiting for more (TRAPS T22). How much may come
/// out of little is for the wire to bound, as of all that is heard.
final class DeflatePlug implements Plug {

    private static final int BUFFER = 8 * 1024;
    private static final int AT_ONCE =
            32 * 1024; // deflated in one go, on a thread that others need

    private final Plug under;
    private final ReentrantLock writing = new ReentrantLock();
    private final Inflater inflater = new Inflater(true);
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] heard = new byte[BUFFER];
    private int last; // of what was heard
    private boolean closed;

    DeflatePlug(Plug under) {
        this.under = under;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (true) {
            int n = inflated(into, offset, length);
            if (n > 0 || length == 0) return n;
            if (inflater.finished()) return -1;
            int more = under.read(heard, 0, heard.length);
            if (more < 0) return -1;
            last = more;
            inflater.setInput(heard, 0, more);
        }
    }

    private int inflated(byte[] into, int offset, int length) throws IOException {
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException e) {
            throw new IOException("what came is not deflated", e);
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        writing.lock();
        try {
            if (closed) throw new IOException("closed");
            for (int from = 0; from < length; from += AT_ONCE)
                deflate(octets, offset + from, Math.min(AT_ONCE, length - from));
        } finally {
            writing.unlock();
        }
    }

    private void deflate(byte[] octets, int offset, int length) throws IOException {
        deflater.setInput(octets, offset, length);
        var out = new byte[BUFFER];
        int n;
        do {
            n = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            if (n > 0) under.write(out, 0, n);
        } while (n == out.length);
    }

    /// Ends both directions where they stand (RFC 8437 §3).
    ///
    /// @return what has come already and is not deflated any more
    byte[] end() throws IOException {
        if (!inflater.finished()) inflated(new byte[1], 0, 1);
        int rest = inflater.getRemaining();
        var left = rest == 0 ? new byte[0] : Arrays.copyOfRange(heard, last - rest, last);
        release();
        return left;
    }

    Plug under() {
        return under;
    }

    /// The way in may be in use by another thread: the cleaner frees it.
    private void release() {
        writing.lock();
        try {
            if (closed) return;
            closed = true;
            deflater.end();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void wake() {
        under.wake();
    }

    @Override
    public void endOutput() throws IOException {
        under.endOutput();
    }

    @Override
    public boolean endedCleanly() {
        return under.endedCleanly();
    }

    @Override
    public boolean hasUnread() throws IOException {
        return under.hasUnread();
    }

    @Override
    public void close() {
        release();
        under.close();
    }

    @Override
    public void reset() {
        release();
        under.reset();
    }
}
