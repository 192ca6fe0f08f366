package org.postroom.store;

/// Row `O` of an account's partition: its second factor (RFC 6238), the seed sealed.
///
/// Layout 1: seed, step8 (the latest whose code was taken).
@SuppressWarnings("ArrayRecordComponent") // never compared
record SecondFactorRow(byte[] seed, long step) {

    static final byte[] KEY = Key.of('O');
    private static final int LAYOUT = 1;

    static SecondFactorRow read(byte[] row) {
        var in = new RowIn("second factor", row, LAYOUT);
        return new SecondFactorRow(in.counted(), in.long8());
    }

    byte[] row() {
        return new RowOut(LAYOUT).counted(seed).long8(step).row();
    }
}
