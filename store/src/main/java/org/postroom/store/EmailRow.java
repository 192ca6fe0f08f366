package org.postroom.store;

import org.postroom.store.engine.BlobId;

/// Row `E` email8: what never changes about an email. It outlives the last of its places until
/// history is swept.
///
/// Layout 1: blob16 blobSize8 prefix summary. The prefix is the account's own trace fields; the
/// summary is of both together, by the parser whose version it carries.
@SuppressWarnings("ArrayRecordComponent") // never compared
record EmailRow(BlobId blob, long blobSize, byte[] prefix, byte[] summary) {

    private static final int LAYOUT = 1;

    static final KeyRange ALL = KeyRange.of(Key.of('E'));

    static byte[] key(long email) {
        return Key.of('E', email);
    }

    /// The row that says that this email holds its blob.
    static byte[] reference(BlobId blob, long email) {
        return blob.reference(key(email));
    }

    static EmailRow read(byte[] row) {
        var in = new RowIn("email", row, LAYOUT);
        return new EmailRow(
                BlobId.read(in.raw(BlobId.LENGTH), 0), in.long8(), in.counted(), in.counted());
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .raw(blob.bytes())
                .long8(blobSize)
                .counted(prefix)
                .counted(summary)
                .row();
    }

    long size() {
        return prefix.length + blobSize;
    }
}
