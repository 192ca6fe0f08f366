package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;

/// Rows that are on disk, seen through changes that are not yet.
final class Overlay {

    /// A scan of what lies beneath.
    interface Scan {
        Page scan(byte[] from, byte[] to, int limit);
    }

    private Overlay() {}

    /// The part of the map with keys in [from, to), an empty `to` meaning no end.
    static <V> NavigableMap<byte[], V> range(NavigableMap<byte[], V> map, byte[] from, byte[] to) {
        if (to.length == 0) return map.tailMap(from, true);
        return Arrays.compareUnsigned(from, to) < 0
                ? map.subMap(from, true, to, false)
                : map.headMap(new byte[0], false);
    }

    static Page scan(
            NavigableMap<byte[], Op> changes, Scan beneath, byte[] from, byte[] to, int limit) {
        if (changes.isEmpty()) return beneath.scan(from, to, limit);
        return new Merge(changes.values().iterator(), 1)
                .run(at -> beneath.scan(at == null ? from : after(at), to, limit), limit);
    }

    static Page scanDown(
            NavigableMap<byte[], Op> changes, Scan beneath, byte[] from, byte[] to, int limit) {
        if (changes.isEmpty()) return beneath.scan(from, to, limit);
        return new Merge(changes.descendingMap().values().iterator(), -1)
                .run(at -> beneath.scan(from, at == null ? to : at, limit), limit);
    }

    /// The least key greater than this one.
    static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /// The next page beneath, behind the last key of the page before; null for the first.
    private interface Pages {
        Page after(byte @Nullable [] key);
    }

    /// Two sorted sequences made one; where both have a key, the change wins.
    private static final class Merge {

        private final Iterator<Op> changes;
        private final int direction;
        private final List<Row> rows = new ArrayList<>();
        private @Nullable Op change;

        /// @param direction 1 ascending, -1 descending
        Merge(Iterator<Op> changes, int direction) {
            this.changes = changes;
            this.direction = direction;
            this.change = next();
        }

        private @Nullable Op next() {
            return changes.hasNext() ? changes.next() : null;
        }

        /// One row more than asked for tells whether there is more.
        Page run(Pages beneath, int limit) {
            var page = beneath.after(null);
            while (rows.size() <= limit) {
                for (var row : page.rows()) {
                    changesBefore(row.key());
                    if (change != null && compare(change.key(), row.key()) == 0) takeChange();
                    else rows.add(row);
                    if (rows.size() > limit) break;
                }
                if (!page.more() || page.rows().isEmpty()) break;
                if (rows.size() <= limit) page = beneath.after(page.rows().getLast().key());
            }
            while (change != null && rows.size() <= limit) takeChange();
            return rows.size() > limit
                    ? new Page(List.copyOf(rows.subList(0, limit)), true)
                    : new Page(List.copyOf(rows), false);
        }

        private void changesBefore(byte[] key) {
            while (change != null && compare(change.key(), key) < 0) takeChange();
        }

        private void takeChange() {
            var op = change;
            if (op != null && op.value() != null) rows.add(new Row(op.key(), op.value()));
            change = next();
        }

        private int compare(byte[] a, byte[] b) {
            return direction * Arrays.compareUnsigned(a, b);
        }
    }
}
