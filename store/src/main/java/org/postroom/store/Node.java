package org.postroom.store;

import java.time.Instant;

/// What a file tree tells of a file or directory: the facts of a listing (RFC 3659 §7.5).
///
/// @param id stable for the node's life, under every name, never reused (the fact `unique`)
/// @param name the last name of its path, empty for the root
/// @param size in octets; 0 for a directory
/// @param modified when its content last changed, or what MFMT set
/// @param created when it came to be
/// @param tag names the content: another one has another tag
public record Node(
        long id, String name, Kind kind, long size, Instant modified, Instant created, String tag) {

    public enum Kind {
        FILE,
        DIRECTORY
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }
}
