package org.postroom.store;

/// A file of a directory as it was before it was replaced or removed.
///
/// @param name that it had
public record FormerFile(String name, FileVersion version) {}
