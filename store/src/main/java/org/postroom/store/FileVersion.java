package org.postroom.store;

import java.time.Instant;

/// What a file was before it was replaced or removed, and can be again for a while.
///
/// @param replaced when that was: by it the version is named
/// @param size in octets
/// @param modified when its content had last changed
public record FileVersion(Instant replaced, long size, Instant modified) {}
