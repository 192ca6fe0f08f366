package org.postroom.store;

import org.postroom.store.engine.BlobId;

/// The rows of the spool's partition.
///
/// - `m` letter8, layout 1: delivery16 when8 blob16 blobSize8 summary
/// - `r` letter8 number4, layout 1: account8 prefix
final class SpoolRows {

    static final KeyRange LETTERS = KeyRange.of(Key.of('m'));
    static final KeyRange RECIPIENTS = KeyRange.of(Key.of('r'));
    private static final int LAYOUT = 1;

    private SpoolRows() {}

    /// A letter in the spool.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(DeliveryId delivery, long when, BlobId blob, long size, byte[] summary) {

        static Kept read(byte[] row) {
            var in = new RowIn("spool", row, LAYOUT);
            return new Kept(
                    new DeliveryId(in.long8(), in.long8()),
                    in.long8(),
                    BlobId.read(in.raw(BlobId.LENGTH), 0),
                    in.long8(),
                    in.counted());
        }

        byte[] row() {
            return new RowOut(LAYOUT)
                    .long8(delivery.high())
                    .long8(delivery.low())
                    .long8(when)
                    .raw(blob.bytes())
                    .long8(size)
                    .counted(summary)
                    .row();
        }
    }

    static byte[] letter(long letter) {
        return Key.of('m', letter);
    }

    static byte[] recipient(long letter, int number) {
        return Key.of('r', letter, number);
    }

    static KeyRange recipients(long letter) {
        return KeyRange.of(Key.of('r', letter));
    }

    static byte[] recipientRow(Spool.Recipient recipient) {
        return new RowOut(LAYOUT)
                .long8(recipient.account().value())
                .counted(recipient.prefix())
                .row();
    }

    static Spool.Recipient recipientOf(byte[] row) {
        var in = new RowIn("spool", row, LAYOUT);
        return new Spool.Recipient(new AccountId(in.long8()), in.counted());
    }
}
