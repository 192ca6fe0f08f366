package org.postroom.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// TLS over another plug. The engine, not the socket, so that it works over any plug, so that a
/// missing close_notify is seen, and so that a read which was woken leaves the way out open.
///
/// An idle connection holds one buffer of a kilobyte; those of a record's size are lent for the work
/// on one record.
final class TlsPlug implements Plug {

    private static final int RECORD = 17 * 1024; // RFC 8446 §5.2: 2^14 + 256, and the header
    private static final ArrayBlockingQueue<ByteBuffer> LENT = new ArrayBlockingQueue<>(64);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Plug under;
    private final SSLEngine engine;
    private final ReentrantLock writing = new ReentrantLock();
    private ByteBuffer sealed = ByteBuffer.allocate(1024).flip(); // from the peer, to be opened
    private ByteBuffer open = NOTHING; // opened, to be read
    private volatile boolean ended;

    TlsPlug(Plug under, SSLEngine engine) {
        this.under = under;
        this.engine = engine;
    }

    SSLEngine engine() {
        return engine;
    }

    void handshake() throws IOException {
        try {
            shakeHands();
        } catch (SSLException refused) {
            tell(refused);
            throw refused;
        }
    }

    /// Sends the alert that the engine has ready, so that the peer learns why.
    private void tell(SSLException refused) {
        try {
            engine.closeOutbound();
            for (int i = 0; i < 8 && !engine.isOutboundDone(); i++) wrap(NOTHING);
        } catch (IOException gone) {
            refused.addSuppressed(gone);
        }
    }

    private void shakeHands() throws IOException {
        engine.beginHandshake();
        while (true)
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_TASK -> work();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap()) throw new SSLException("closed during the handshake");
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return;
                }
            }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        while (!open.hasRemaining()) {
            if (!unwrap()) return -1;
            answer();
        }
        int n = Math.min(length, open.remaining());
        open.get(into, offset, n);
        if (!open.hasRemaining()) {
            giveBack(open);
            open = NOTHING;
        }
        return n;
    }

    /// Says what TLS has to say itself: to a key update, or before it refuses a renegotiation.
    private void answer() throws IOException {
        while (true)
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> work();
                case NEED_WRAP -> {
                    if (!wrap(NOTHING)) return;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
                    return;
                }
            }
    }

    /// Opens one record, reading what is missing of it; false at the end.
    private boolean unwrap() throws IOException {
        while (true) {
            if (sealed.hasRemaining()) {
                var into = lend();
                SSLEngineResult result;
                try {
                    result = engine.unwrap(sealed, into);
                } finally {
                    into.flip();
                    if (into.hasRemaining()) open = into;
                    else {
                        giveBack(into);
                        open = NOTHING;
                    }
                }
                switch (result.getStatus()) {
                    case OK -> {
                        return true;
                    }
                    case CLOSED -> {
                        ended = true;
                        return false;
                    }
                    case BUFFER_OVERFLOW ->
                            throw new SSLException("a record larger than TLS allows");
                    case BUFFER_UNDERFLOW -> {}
                }
            }
            if (!fill()) return false;
        }
    }

    private boolean fill() throws IOException {
        if (!sealed.hasRemaining()) {
            if (sealed.capacity() > 1024 && under instanceof TcpPlug)
                sealed = ByteBuffer.allocate(1024);
            sealed.clear();
        } else if (sealed.limit() == sealed.capacity()) {
            if (sealed.position() == 0) {
                if (sealed.capacity() >= RECORD)
                    throw new SSLException("a record larger than TLS allows");
                sealed = ByteBuffer.allocate(RECORD).put(sealed);
            } else sealed.compact();
        } else sealed.compact();
        int n =
                under.read(
                        sealed.array(),
                        sealed.arrayOffset() + sealed.position(),
                        sealed.remaining());
        if (n > 0) sealed.position(sealed.position() + n);
        sealed.flip();
        return n >= 0;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        var from = ByteBuffer.wrap(octets, offset, length);
        while (from.hasRemaining()) wrap(from);
    }

    /// @return whether there was anything to send
    private boolean wrap(ByteBuffer from) throws IOException {
        writing.lock();
        var into = lend();
        try {
            var result = engine.wrap(from, into);
            into.flip();
            if (into.hasRemaining()) under.write(into.array(), into.arrayOffset(), into.limit());
            if (from.hasRemaining() && result.bytesConsumed() == 0 && result.bytesProduced() == 0)
                throw new SSLException("TLS is closed");
            return result.bytesProduced() > 0;
        } finally {
            giveBack(into);
            writing.unlock();
        }
    }

    private void work() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) task.run();
    }

    @Override
    public void urgentInLine() throws IOException {
        under.urgentInLine();
    }

    @Override
    public void wake() {
        under.wake();
    }

    /// RFC 8446 §6.1: close_notify ends one direction.
    @Override
    public void endOutput() throws IOException {
        engine.closeOutbound();
        boolean goesOn = true; // a handshake that is stuck says nothing more
        while (goesOn && !engine.isOutboundDone()) {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) work();
            goesOn = wrap(NOTHING);
        }
        under.endOutput();
    }

    @Override
    public boolean endedCleanly() {
        return ended;
    }

    /// A server of TLS 1.3 sends tickets when it likes (RFC 8446 §4.6.1), also to a client that only
    /// writes and closes: FTP's upload.
    @Override
    public boolean hasUnread() throws IOException {
        return engine.getUseClientMode() || sealed.hasRemaining() || under.hasUnread();
    }

    @Override
    public void close() {
        under.close();
    }

    @Override
    public void reset() {
        under.reset();
    }

    private static ByteBuffer lend() {
        var buffer = LENT.poll();
        return buffer == null ? ByteBuffer.allocate(RECORD) : buffer.clear();
    }

    private static void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() == RECORD) LENT.offer(buffer);
    }
}
