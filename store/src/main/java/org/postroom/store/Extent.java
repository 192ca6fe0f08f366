package org.postroom.store;

import org.postroom.store.engine.BlobId;

/// A stretch of a file: so many octets of a blob, from an offset in it; or a hole, which reads as zeros
/// and takes no room.
///
/// @param size the whole blob's; by it the blob is found
record Extent(BlobId blob, long size, long offset, long length) {

    private static final BlobId NONE = new BlobId(0, 0);

    static Extent hole(long length) {
        return new Extent(NONE, 0, 0, length);
    }

    boolean isHole() {
        return blob.equals(NONE);
    }

    Extent first(long octets) {
        return new Extent(blob, size, offset, Math.min(octets, length));
    }

    static Extent read(RowIn in) {
        return new Extent(
                BlobId.read(in.raw(BlobId.LENGTH), 0), in.long8(), in.long8(), in.long8());
    }

    void write(RowOut out) {
        out.raw(blob.bytes()).long8(size).long8(offset).long8(length);
    }
}
