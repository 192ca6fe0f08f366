package org.postroom.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes a row's value: the version byte, then fields big-endian; what has a length of its own
/// comes behind four octets that tell it.
final class RowOut {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    RowOut(int version) {
        out.write(version);
    }

    RowOut octet(int value) {
        out.write(value);
        return this;
    }

    RowOut bool(boolean value) {
        return octet(value ? 1 : 0);
    }

    RowOut int4(int value) {
        return raw(ByteBuffer.allocate(4).putInt(value).array());
    }

    RowOut long8(long value) {
        return raw(ByteBuffer.allocate(8).putLong(value).array());
    }

    RowOut raw(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    RowOut counted(byte[] octets) {
        return int4(octets.length).raw(octets);
    }

    RowOut text(String text) {
        return counted(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] row() {
        return out.toByteArray();
    }
}
