package org.postroom.store;

import org.postroom.store.Lock.Terms;

import java.nio.ByteBuffer;
import java.util.UUID;

/// Row `w` node8 token16: a write lock of a node of the file tree. One whose time is over counts for
/// nothing, and goes when another is taken.
///
/// Layout 1: exclusive1 deep1 ends8 owner.
///
/// @param ends milliseconds
record LockRow(long node, UUID token, Terms terms, long ends) {

    static final KeyRange ALL = KeyRange.of(Key.of('w'));
    private static final String SCHEME = "urn:uuid:";
    private static final int LAYOUT = 1;

    static LockRow read(byte[] key, byte[] row) {
        var in = new RowIn("lock", row, LAYOUT);
        var token = new UUID(Key.longAt(key, 9), Key.longAt(key, 17));
        boolean exclusive = in.bool();
        boolean deep = in.bool();
        long ends = in.long8();
        return new LockRow(Key.longAt(key, 1), token, new Terms(exclusive, deep, in.text()), ends);
    }

    byte[] key() {
        return ByteBuffer.allocate(25)
                .put((byte) 'w')
                .putLong(node)
                .putLong(token.getMostSignificantBits())
                .putLong(token.getLeastSignificantBits())
                .array();
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .bool(terms.exclusive())
                .bool(terms.deep())
                .long8(ends)
                .text(terms.owner())
                .row();
    }

    String uri() {
        return SCHEME + token;
    }

    LockRow until(long millis) {
        return new LockRow(node, token, terms, millis);
    }

    LockRow at(long other) {
        return new LockRow(other, token, terms, ends);
    }
}
