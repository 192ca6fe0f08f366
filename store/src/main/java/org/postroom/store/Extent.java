package org.postroom.store;

import org.postroom.store.engine.BlobId;

/// A stretch of a file: so many octets of a blob, from an offset in it.
///
/// @param size the whole blob's; by it the blob is found
record Extent(BlobId blob, long size, long offset, long length) {

    Extent first(long octets) {
        return new Extent(blob, size, offset, Math.min(octets, length));
    }
}
