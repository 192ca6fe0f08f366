package org.postroom.store;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Row `y` node8: what clients keep with a node of the file tree, values by names. What it is, they know
/// (RFC 4918 §4: dead properties). Its octets are in the account's quota.
///
/// Layout 1: to the end, a name and its value.
record PropertiesRow(SortedMap<String, String> values) {

    static final KeyRange ALL = KeyRange.of(Key.of('y'));
    static final int MOST = 500;
    static final int LARGEST = 256 * 1024;
    private static final int LAYOUT = 1;

    PropertiesRow {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    static byte[] key(long node) {
        return Key.of('y', node);
    }

    static PropertiesRow read(byte @Nullable [] row) {
        var values = new TreeMap<String, String>();
        if (row == null) return new PropertiesRow(values);
        var in = new RowIn("properties", row, LAYOUT);
        while (in.hasMore()) values.put(in.text(), in.text());
        return new PropertiesRow(values);
    }

    byte[] row() {
        var out = new RowOut(LAYOUT);
        values.forEach((name, value) -> out.text(name).text(value));
        return out.row();
    }

    /// Octets of names and values.
    long size() {
        long size = 0;
        for (Map.Entry<String, String> one : values.entrySet())
            size += octets(one.getKey()) + octets(one.getValue());
        return size;
    }

    private static long octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
