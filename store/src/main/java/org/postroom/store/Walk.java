package org.postroom.store;

import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Fault;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// Finds nodes of a file tree by their paths.
final class Walk {

    /// A node that is there.
    record Found(long node, FileRow row) {

        Node shown() {
            return Walk.shown(node, row);
        }
    }

    private static final Found ROOT = new Found(FileRow.ROOT, FileRow.directory(0, "", 0));

    private Walk() {}

    static Node shown(long node, FileRow row) {
        return new Node(
                node,
                row.name(),
                row.directory() ? Node.Kind.DIRECTORY : Node.Kind.FILE,
                row.size(),
                Instant.ofEpochMilli(row.modified()),
                Instant.ofEpochMilli(row.created()),
                row.directory() ? Long.toHexString(row.modified()) : row.body().tag());
    }

    static Optional<Found> node(Rows rows, long node) {
        if (node == FileRow.ROOT) return Optional.of(ROOT);
        byte[] row = rows.get(FileRow.key(node));
        return row == null ? Optional.empty() : Optional.of(new Found(node, FileRow.read(row)));
    }

    static Optional<Found> child(Rows rows, long directory, String name) {
        byte[] row = rows.get(NameRow.key(directory, name));
        if (row == null) return Optional.empty();
        var found = node(rows, NameRow.read(row));
        if (found.isEmpty()) throw new Fault("a file's name without its node");
        return found;
    }

    /// @throws Refused NO_SUCH_FILE, NOT_A_DIRECTORY
    static Found find(Rows rows, FilePath path) throws Refused {
        var at = ROOT;
        for (var name : path.names())
            at = child(rows, directory(at).node, name).orElseThrow(Walk::none);
        return at;
    }

    /// @throws Refused NO_SUCH_FILE, IS_A_DIRECTORY, NOT_A_DIRECTORY
    static Found file(Rows rows, FilePath path) throws Refused {
        var found = find(rows, path);
        if (found.row.directory()) throw new Refused(Reason.IS_A_DIRECTORY);
        return found;
    }

    /// The directory in which a path's last name stands.
    ///
    /// @throws Refused NO_SUCH_FILE, NOT_A_DIRECTORY
    static Found above(Rows rows, FilePath path) throws Refused {
        return directory(find(rows, path.parent()));
    }

    private static Found directory(Found found) throws Refused {
        if (!found.row.directory()) throw new Refused(Reason.NOT_A_DIRECTORY);
        return found;
    }

    private static Refused none() {
        return new Refused(Reason.NO_SUCH_FILE);
    }

    /// Whether the second is the first or lies below it.
    static boolean isWithin(Rows rows, long node, long below) {
        if (node == FileRow.ROOT) return true;
        for (long at = below; at != FileRow.ROOT; ) {
            if (at == node) return true;
            at = node(rows, at).map(found -> found.row.parent()).orElse(FileRow.ROOT);
        }
        return false;
    }

    /// Where a node is.
    static FilePath path(Rows rows, long node) {
        var names = new ArrayDeque<String>();
        for (long at = node; at != FileRow.ROOT; ) {
            var found = node(rows, at);
            if (found.isEmpty()) throw new Fault("a node without those above it");
            names.addFirst(found.get().row.name());
            at = found.get().row.parent();
        }
        return new FilePath(List.copyOf(names));
    }

    /// The part that is kept for a name.
    static Optional<FileRow> part(Rows rows, long directory, String name) {
        byte[] row = rows.get(FileRow.partKey(directory, name));
        return row == null ? Optional.empty() : Optional.of(FileRow.read(row));
    }
}
