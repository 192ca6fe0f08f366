package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.nio.ByteBuffer;

/// The row `V` of a partition: its version, and the id of the commit that made it so.
///
/// On disk: one byte 1 (the layout), 8 of the version, 8 of the commit id, big-endian.
record Version(long number, long commitId) {

    private static final byte LAYOUT = 1;

    static byte[] key() {
        return new byte[] {'V'};
    }

    static boolean isKey(byte[] key) {
        return key.length == 1 && key[0] == 'V';
    }

    /// @param row null for a partition that was never written
    static Version read(byte @Nullable [] row) {
        if (row == null) return new Version(0, 0);
        if (row.length != 17 || row[0] != LAYOUT) throw new Fault("version row of unknown layout");
        return new Version(ByteBuffer.wrap(row).getLong(1), ByteBuffer.wrap(row).getLong(9));
    }

    Op write() {
        byte[] row = ByteBuffer.allocate(17).put(LAYOUT).putLong(number).putLong(commitId).array();
        return new Op(key(), row);
    }
}
