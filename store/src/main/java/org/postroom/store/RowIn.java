package org.postroom.store;

import org.postroom.wire.Fault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Reads a row's value as [RowOut] wrote it. A row that is damaged, or of a version that this program
/// does not know, is a Fault that names the kind of row.
public final class RowIn {

    private final ByteBuffer in;
    private final String kind;

    /// @param version the one version there is so far; when there are more, the row's class looks
    public RowIn(String kind, byte[] row, int version) {
        this.kind = kind;
        this.in = ByteBuffer.wrap(row);
        if (octet() != version) throw new Fault(kind + " row of unknown version " + row[0]);
    }

    public int octet() {
        need(1);
        return in.get() & 0xFF;
    }

    public boolean bool() {
        return octet() != 0;
    }

    public int int4() {
        need(4);
        return in.getInt();
    }

    public long long8() {
        need(8);
        return in.getLong();
    }

    public byte[] raw(int length) {
        need(length);
        byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    public byte[] counted() {
        return raw(int4());
    }

    public String text() {
        return new String(counted(), StandardCharsets.UTF_8);
    }

    public boolean hasMore() {
        return in.hasRemaining();
    }

    private void need(int octets) {
        if (octets < 0 || in.remaining() < octets)
            throw new Fault(kind + " row is damaged", new BufferUnderflowException());
    }
}
