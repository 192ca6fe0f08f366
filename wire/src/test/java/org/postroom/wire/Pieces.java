package org.postroom.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A plug that gives what it was given, one piece a read, and keeps what is written, write by write.
final class Pieces implements Plug {

    private final ArrayDeque<String> reads;
    final List<String> writes = new ArrayList<>();

    Pieces(String... reads) {
        this.reads = new ArrayDeque<>(List.of(reads));
    }

    /// A wire that stands on it.
    Wire wire(Limits limits) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new Wire(this, address, address, java.util.Optional.empty(), limits, Tap.NONE);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        var next = reads.poll();
        if (next == null) return -1;
        if (next.length() > length) {
            reads.addFirst(next.substring(length));
            next = next.substring(0, length);
        }
        System.arraycopy(Ends.octets(next), 0, into, offset, next.length());
        return next.length();
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        writes.add(Ends.latin(octets).substring(offset, offset + length));
    }

    @Override
    public void wake() {}

    @Override
    public void endOutput() {}

    @Override
    public boolean endedCleanly() {
        return reads.isEmpty();
    }

    @Override
    public void close() {}
}
