package org.postroom.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A TCP connection.
final class TcpPlug implements Plug {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean ended;
    private volatile boolean parks;

    TcpPlug(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(
                true); // a reply must not wait for the acknowledgement of the one before
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = in.read(into, offset, length);
        parks |= Thread.currentThread().isVirtual();
        if (n < 0) ended = true;
        return n;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
        parks |= Thread.currentThread().isVirtual();
    }

    /// A channel that a virtual thread has used is one that never blocks, below: what does not fit is left.
    /// Before that, or on a socket without a channel, a platform thread would be held.
    @Override
    public boolean isDirect() {
        return parks && socket.getChannel() != null;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int n = socket.getChannel().read(into);
        if (n < 0) ended = true;
        return n;
    }

    @Override
    public long offer(FileChannel file, long from, long length) throws IOException {
        return file.transferTo(from, length, socket.getChannel());
    }

    @Override
    public void urgentInLine() throws IOException {
        socket.setOOBInline(true);
    }

    @Override
    public void urgent(int octet) throws IOException {
        socket.sendUrgentData(octet);
    }

    @Override
    public void wake() {
        try {
            socket.shutdownInput();
        } catch (IOException gone) {
            close();
        }
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public boolean endedCleanly() {
        return ended;
    }

    @Override
    public boolean hasUnread() throws IOException {
        return in.available() > 0;
    }

    @Override
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // it is closed already
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed, which is all that was wanted
        }
    }
}
