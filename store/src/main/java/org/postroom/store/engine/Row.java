package org.postroom.store.engine;

/// A key and its value, as the engine gave them. Both arrays are the receiver's own.
@SuppressWarnings("ArrayRecordComponent") // rows are handed over, never compared
public record Row(byte[] key, byte[] value) {}
