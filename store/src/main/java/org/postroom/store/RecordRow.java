package org.postroom.store;

import java.nio.ByteBuffer;

/// Row `J` kind1 id8: a small object that who stands above the store reads and writes whole, such as an
/// identity or a contact.
///
/// Layout 1: its octets.
final class RecordRow {

    private static final int LAYOUT = 1;

    private RecordRow() {}

    static byte[] key(Kind kind, long id) {
        return ByteBuffer.allocate(10).put((byte) 'J').put((byte) kind.number).putLong(id).array();
    }

    static KeyRange all(Kind kind) {
        return KeyRange.of(new byte[] {'J', (byte) kind.number});
    }

    static long idOf(byte[] key) {
        return Key.longAt(key, 2);
    }

    static byte[] row(byte[] octets) {
        return new RowOut(LAYOUT).counted(octets).row();
    }

    static byte[] read(byte[] row) {
        return new RowIn("record", row, LAYOUT).counted();
    }
}
