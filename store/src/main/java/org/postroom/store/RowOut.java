package org.postroom.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes a row's value: the version byte, then fields big-endian; what has a length of its own
/// comes behind four octets that tell it.
public final class RowOut {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    public RowOut(int version) {
        out.write(version);
    }

    public RowOut octet(int value) {
        out.write(value);
        return this;
    }

    public RowOut bool(boolean value) {
        return octet(value ? 1 : 0);
    }

    public RowOut int4(int value) {
        return raw(ByteBuffer.allocate(4).putInt(value).array());
    }

    public RowOut long8(long value) {
        return raw(ByteBuffer.allocate(8).putLong(value).array());
    }

    public RowOut raw(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    public RowOut counted(byte[] octets) {
        return int4(octets.length).raw(octets);
    }

    public RowOut text(String text) {
        return counted(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] row() {
        return out.toByteArray();
    }
}
