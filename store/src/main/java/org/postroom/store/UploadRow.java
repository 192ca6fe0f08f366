package org.postroom.store;

import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Change;

/// Row `u` blob16: what a client uploaded and may still put to use (RFC 8620 §6.1). It holds its blob
/// for a day.
///
/// Layout 1: size8 when8.
record UploadRow(long size, long when) {

    static final KeyRange ALL = KeyRange.of(Key.of('u'));
    private static final int LAYOUT = 1;

    static byte[] key(BlobId blob) {
        byte[] key = new byte[1 + BlobId.LENGTH];
        key[0] = 'u';
        System.arraycopy(blob.bytes(), 0, key, 1, BlobId.LENGTH);
        return key;
    }

    static BlobId blob(byte[] key) {
        return BlobId.read(key, 1);
    }

    static UploadRow read(byte[] row) {
        var in = new RowIn("upload", row, LAYOUT);
        return new UploadRow(in.long8(), in.long8());
    }

    byte[] row() {
        return new RowOut(LAYOUT).long8(size).long8(when).row();
    }

    static void forget(Change change, byte[] key) {
        change.delete(key);
        change.delete(blob(key).reference(key));
    }
}
