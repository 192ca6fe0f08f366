package org.postroom.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Row `g` node8: a file or directory of the account's tree; and row `p` parent8 name, the kept part of
/// an upload that died, which looks the same.
///
/// Layout 1: directory1 parent8 name modified8 created8 (blob16 blobSize8 offset8 length8)*. A file is
/// its extents, one after the other: an append adds one and copies nothing. The root is node 0 and
/// has no row.
///
/// Layout 2, of a file of which more is known: the same up to created8, then shape1 count4 extents
/// count4 extents (of the records' lengths) count4 pages, and to the end digests, each its algorithm
/// and its hexadecimal digits.
///
/// @param digests of all its octets, by algorithm, as far as somebody asked
record FileRow(
        boolean directory,
        long parent,
        String name,
        long modified,
        long created,
        FileBody body,
        Map<String, String> digests) {

    static final long ROOT = 0;
    static final KeyRange ALL = KeyRange.of(Key.of('g'));
    static final KeyRange PARTS = KeyRange.of(Key.of('p'));
    private static final int OCTETS_ONLY = 1;
    private static final int LAYOUT = 2;

    FileRow {
        digests = Map.copyOf(digests);
    }

    static byte[] key(long node) {
        return Key.of('g', node);
    }

    static byte[] partKey(long parent, String name) {
        return Key.of('p', parent, name);
    }

    static FileRow directory(long parent, String name, long now) {
        return new FileRow(true, parent, name, now, now, FileBody.EMPTY, Map.of());
    }

    static FileRow file(long parent, String name, long now, FileBody body) {
        return new FileRow(false, parent, name, now, now, body, Map.of());
    }

    static FileRow read(byte[] row) {
        int layout = row.length > 0 && row[0] == OCTETS_ONLY ? OCTETS_ONLY : LAYOUT;
        var in = new RowIn("file", row, layout);
        boolean directory = in.bool();
        long parent = in.long8();
        String name = in.text();
        long modified = in.long8();
        long created = in.long8();
        if (layout == OCTETS_ONLY) {
            var extents = new ArrayList<Extent>();
            while (in.hasMore()) extents.add(Extent.read(in));
            var body = extents.isEmpty() ? FileBody.EMPTY : FileBody.plain(extents);
            return new FileRow(directory, parent, name, modified, created, body, Map.of());
        }
        var body = FileBody.read(in);
        var digests = new TreeMap<String, String>();
        while (in.hasMore()) digests.put(in.text(), in.text());
        return new FileRow(directory, parent, name, modified, created, body, digests);
    }

    byte[] row() {
        boolean octetsOnly = body.shape().equals(Shape.PLAIN) && digests.isEmpty();
        var out =
                new RowOut(octetsOnly ? OCTETS_ONLY : LAYOUT)
                        .bool(directory)
                        .long8(parent)
                        .text(name)
                        .long8(modified)
                        .long8(created);
        if (octetsOnly) body.extents().forEach(extent -> extent.write(out));
        else {
            body.write(out);
            new TreeMap<>(digests).forEach((algorithm, hex) -> out.text(algorithm).text(hex));
        }
        return out.row();
    }

    List<Extent> extents() {
        return body.extents();
    }

    long size() {
        return body.size();
    }

    FileRow named(long parent, String name) {
        return new FileRow(directory, parent, name, modified, created, body, digests);
    }

    FileRow modifiedAt(long millis) {
        return new FileRow(directory, parent, name, millis, created, body, digests);
    }

    /// Another content, of which nothing was computed yet.
    FileRow holding(FileBody content, long now) {
        return new FileRow(directory, parent, name, now, created, content, Map.of());
    }

    /// The same octets, in other stretches.
    FileRow gathered(FileBody content) {
        return new FileRow(directory, parent, name, modified, created, content, digests);
    }

    FileRow digested(String algorithm, String hex) {
        var more = new TreeMap<>(digests);
        more.put(algorithm, hex);
        return new FileRow(directory, parent, name, modified, created, body, more);
    }
}
