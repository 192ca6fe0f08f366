package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

/// A blob that is complete and not yet kept: a large one is a file that is on disk already; a small
/// one is here in memory, and a commit will write it.
///
/// @param small the bytes of a small one, not to be changed
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Sealed(BlobId id, long size, byte @Nullable [] small) {}
