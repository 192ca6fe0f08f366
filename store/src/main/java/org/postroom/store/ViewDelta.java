package org.postroom.store;

import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one commit did to one mailbox, as far as a view of it must know.
final class ViewDelta {

    private final TreeMap<Integer, UidRow> rows = new TreeMap<>();
    private final TreeSet<Integer> gone = new TreeSet<>();

    void put(UidRow row) {
        rows.put(row.uid(), row);
    }

    void remove(int uid) {
        rows.remove(uid);
        gone.add(uid);
    }

    /// The view after the commit. Chunks that it did not touch are the older view's own.
    View applyTo(View view, View.Head head) {
        var builder = new ViewBuilder();
        var last = view.chunks().length - 1;
        int end = last < 0 ? 0 : view.chunks()[last].lastUid();
        var arrived = rows.tailMap(end, false);
        for (int i = 0; i <= last; i++) {
            var chunk = view.chunks()[i];
            boolean filling = i == last && !arrived.isEmpty() && chunk.count() < Chunk.LIMIT;
            if (!filling && !touches(chunk)) builder.add(chunk);
            else rebuild(chunk, builder);
        }
        arrived.values().forEach(builder::add);
        return builder.build(head);
    }

    private boolean touches(Chunk chunk) {
        return between(gone, chunk) || between(rows.navigableKeySet(), chunk);
    }

    private static boolean between(NavigableSet<Integer> uids, Chunk chunk) {
        var first = uids.ceiling(chunk.firstUid());
        return first != null && first <= chunk.lastUid();
    }

    private void rebuild(Chunk chunk, ViewBuilder builder) {
        for (int i = 0; i < chunk.count(); i++) {
            int uid = chunk.uid[i];
            if (gone.contains(uid)) continue;
            var row = rows.get(uid);
            if (row == null) builder.add(chunk, i);
            else builder.add(row);
        }
    }
}
