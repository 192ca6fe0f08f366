package org.postroom.store.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The blob files that are sealed and that no commit has taken yet: their drafts may still remove
/// them. From the moment a commit that keeps one is to be written, only the sweep may.
final class Unkept {

    private final Set<BlobId> ids = ConcurrentHashMap.newKeySet();

    void add(BlobId id) {
        ids.add(id);
    }

    /// Whether it was among them.
    boolean remove(BlobId id) {
        return ids.remove(id);
    }

    boolean has(BlobId id) {
        return ids.contains(id);
    }
}
