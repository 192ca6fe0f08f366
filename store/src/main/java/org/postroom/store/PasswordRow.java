package org.postroom.store;

/// Row `P` 0 of an account's partition: the chosen password as Argon2id leaves it.
///
/// Layout 1: memory4 (KiB) passes4 lanes4 salt hash.
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by hand
record PasswordRow(int memory, int passes, int lanes, byte[] salt, byte[] hash) {

    static final byte[] KEY = Key.of('P', 0L);
    private static final int LAYOUT = 1;

    static PasswordRow read(byte[] row) {
        var in = new RowIn("password", row, LAYOUT);
        return new PasswordRow(in.int4(), in.int4(), in.int4(), in.counted(), in.counted());
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .int4(memory)
                .int4(passes)
                .int4(lanes)
                .counted(salt)
                .counted(hash)
                .row();
    }
}
