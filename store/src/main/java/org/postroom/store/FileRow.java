package org.postroom.store;

import org.postroom.store.engine.BlobId;

import java.util.ArrayList;
import java.util.List;

/// Row `g` node8: a file or directory of the account's tree; and row `p` parent8 name, the kept part of
/// an upload that died, which looks the same.
///
/// Layout 1: directory1 parent8 name modified8 created8 (blob16 blobSize8 offset8 length8)*. A file is
/// its extents, one after the other: an append adds one and copies nothing. The root is node 0 and
/// has no row.
record FileRow(
        boolean directory,
        long parent,
        String name,
        long modified,
        long created,
        List<Extent> extents) {

    static final long ROOT = 0;
    static final KeyRange ALL = KeyRange.of(Key.of('g'));
    static final KeyRange PARTS = KeyRange.of(Key.of('p'));
    private static final int LAYOUT = 1;

    FileRow {
        extents = List.copyOf(extents);
    }

    static byte[] key(long node) {
        return Key.of('g', node);
    }

    static byte[] partKey(long parent, String name) {
        return Key.of('p', parent, name);
    }

    static FileRow directory(long parent, String name, long now) {
        return new FileRow(true, parent, name, now, now, List.of());
    }

    static FileRow read(byte[] row) {
        var in = new RowIn("file", row, LAYOUT);
        boolean directory = in.bool();
        long parent = in.long8();
        String name = in.text();
        long modified = in.long8();
        long created = in.long8();
        var extents = new ArrayList<Extent>();
        while (in.hasMore())
            extents.add(
                    new Extent(
                            BlobId.read(in.raw(BlobId.LENGTH), 0),
                            in.long8(),
                            in.long8(),
                            in.long8()));
        return new FileRow(directory, parent, name, modified, created, extents);
    }

    byte[] row() {
        var out =
                new RowOut(LAYOUT)
                        .bool(directory)
                        .long8(parent)
                        .text(name)
                        .long8(modified)
                        .long8(created);
        for (var extent : extents)
            out.raw(extent.blob().bytes())
                    .long8(extent.size())
                    .long8(extent.offset())
                    .long8(extent.length());
        return out.row();
    }

    long size() {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    FileRow named(long parent, String name) {
        return new FileRow(directory, parent, name, modified, created, extents);
    }

    FileRow modifiedAt(long millis) {
        return new FileRow(directory, parent, name, millis, created, extents);
    }

    FileRow holding(List<Extent> content, long now) {
        return new FileRow(directory, parent, name, now, created, content);
    }

    /// The extents of the first octets of it.
    static List<Extent> first(List<Extent> extents, long octets) {
        var kept = new ArrayList<Extent>();
        long left = octets;
        for (var extent : extents) {
            if (left == 0) break;
            var part = extent.first(left);
            kept.add(part);
            left -= part.length();
        }
        return kept;
    }
}
