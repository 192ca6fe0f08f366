package org.postroom.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A connection over a socket in the home's `run` folder.
final class UnixPlug implements Plug {

    private final SocketChannel channel;
    private volatile boolean ended;

    UnixPlug(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = channel.read(ByteBuffer.wrap(into, offset, length));
        if (n < 0) ended = true;
        return n;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        var buffer = ByteBuffer.wrap(octets, offset, length);
        while (buffer.hasRemaining()) channel.write(buffer);
    }

    @Override
    public void wake() {
        try {
            channel.shutdownInput();
        } catch (IOException gone) {
            close();
        }
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean endedCleanly() {
        return ended;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // it is closed, which is all that was wanted
        }
    }
}
