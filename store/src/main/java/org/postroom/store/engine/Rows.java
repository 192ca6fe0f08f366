package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

/// The rows of one partition, to be read. Keys are never empty and are ordered as unsigned bytes.
public interface Rows {

    byte @Nullable [] get(byte[] key);

    /// The rows with keys in [from, to), ascending, no more than `limit`; an empty `to` means up to
    /// the partition's end.
    Page scan(byte[] from, byte[] to, int limit);

    /// As [#scan], but the last rows of the range, descending.
    Page scanDown(byte[] from, byte[] to, int limit);
}
