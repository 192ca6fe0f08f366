package org.postroom.store;

/// Row `W` delivery16: that a letter was delivered, so that it is not delivered again.
///
/// Layout 1: when8 email8.
record DeliveryRow(long when, long email) {

    static final KeyRange ALL = KeyRange.of(Key.of('W'));
    private static final int LAYOUT = 1;

    /// A time that no sweep comes to.
    static final long FOR_GOOD = Long.MAX_VALUE;

    static byte[] key(DeliveryId id) {
        return Key.of('W', id.high(), id.low());
    }

    static DeliveryRow read(byte[] row) {
        var in = new RowIn("delivery", row, LAYOUT);
        return new DeliveryRow(in.long8(), in.long8());
    }

    byte[] row() {
        return new RowOut(LAYOUT).long8(when).long8(email).row();
    }
}
