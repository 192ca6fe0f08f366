package org.postroom.store;

/// Row `G` parent8 name: that a directory has a node of this name.
///
/// Layout 1: node8.
final class NameRow {

    static final KeyRange ALL = KeyRange.of(Key.of('G'));
    private static final int LAYOUT = 1;

    private NameRow() {}

    static byte[] key(long parent, String name) {
        return Key.of('G', parent, name);
    }

    /// All names of a directory.
    static KeyRange in(long directory) {
        return KeyRange.of(Key.of('G', directory));
    }

    static long parent(byte[] key) {
        return Key.longAt(key, 1);
    }

    static String name(byte[] key) {
        return Key.textFrom(key, 9);
    }

    static long read(byte[] row) {
        return new RowIn("name", row, LAYOUT).long8();
    }

    static byte[] row(long node) {
        return new RowOut(LAYOUT).long8(node).row();
    }
}
