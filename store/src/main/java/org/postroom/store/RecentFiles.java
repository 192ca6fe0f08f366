package org.postroom.store;

import org.jspecify.annotations.Nullable;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What was asked for of an account's files since the latest change of one, shared by all who ask.
final class RecentFiles {

    private static final int LISTED = 100; // pages
    private static final int OPENED = 2_000; // files

    /// How often anything in the tree changed; with it what was listed before is known to be so still.
    private final AtomicLong changes = new AtomicLong();

    /// Soft, since the handles of all accounts stay.
    private volatile SoftReference<Known> known = new SoftReference<>(null);

    /// A part of a directory.
    record Place(long directory, String after) {}

    /// As of one moment, and what is read after it was asked for is not older.
    record Known(long changes, Map<Place, FileTree.Listing> pages, Map<FilePath, FileRow> opened) {

        FileTree.@Nullable Listing page(Place place) {
            return pages.get(place);
        }

        void keep(Place place, FileTree.Listing page) {
            if (pages.size() < LISTED) pages.put(place, page);
        }

        @Nullable FileRow file(FilePath path) {
            return opened.get(path);
        }

        void keep(FilePath path, FileRow file) {
            if (opened.size() < OPENED) opened.put(path, file);
        }
    }

    Known known() {
        long now = changes.get();
        var there = known.get();
        if (there != null && there.changes == now) return there;
        var fresh = new Known(now, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        known = new SoftReference<>(fresh);
        return fresh;
    }

    /// Said by each commit that touched a file or a directory, before it returns.
    void changed() {
        changes.incrementAndGet();
    }
}
