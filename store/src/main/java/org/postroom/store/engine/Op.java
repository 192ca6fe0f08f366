package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

/// What becomes of one key: a new value, or none.
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Op(byte[] key, byte @Nullable [] value) {}
