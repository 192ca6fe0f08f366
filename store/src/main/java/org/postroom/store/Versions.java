package org.postroom.store;

import org.postroom.store.engine.Row;
import org.postroom.store.engine.Rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What files were before they were replaced or removed, from the rows `F`.
final class Versions {

    /// Rows that are looked through, the latest first, so that one question takes bounded time.
    private static final int LOOKED_AT = 20_000;

    private static final int PAGE = 1_000;

    /// What a file was.
    ///
    /// @param replaced when it was replaced or removed
    private record Version(long replaced, FileRow row) {}

    private Versions() {}

    /// The latest first.
    static List<FileVersion> list(Rows rows, long directory, String name) {
        return all(rows, directory, name).stream()
                .map(version ->
                        new FileVersion(
                                Instant.ofEpochMilli(version.replaced),
                                version.row.size(),
                                Instant.ofEpochMilli(version.row.modified())))
                .toList();
    }

    /// @param replaced when it was, in milliseconds
    static Optional<FileRow> find(Rows rows, long directory, String name, long replaced) {
        return all(rows, directory, name).stream()
                .filter(version -> version.replaced == replaced)
                .map(Version::row)
                .findFirst();
    }

    /// Of all files of a directory, the latest first; of what is there still, too.
    static List<FormerFile> in(Rows rows, long directory) {
        return found(rows, row -> row.parent() == directory).stream()
                .map(version ->
                        new FormerFile(
                                version.row.name(),
                                new FileVersion(
                                        Instant.ofEpochMilli(version.replaced),
                                        version.row.size(),
                                        Instant.ofEpochMilli(version.row.modified()))))
                .toList();
    }

    private static List<Version> all(Rows rows, long directory, String name) {
        return found(rows, row -> row.parent() == directory && row.name().equals(name));
    }

    private static List<Version> found(Rows rows, Predicate<FileRow> wanted) {
        var found = new ArrayList<Version>();
        byte[] to = ExpiryRow.ALL.to();
        for (int looked = 0; looked < LOOKED_AT; looked += PAGE) {
            var page = rows.scanDown(ExpiryRow.ALL.from(), to, PAGE);
            for (var row : page.rows())
                version(row).filter(it -> wanted.test(it.row)).ifPresent(found::add);
            if (!page.more()) break;
            to = page.rows().getLast().key();
        }
        return found;
    }

    private static Optional<Version> version(Row row) {
        return ExpiryRow.read(row.value()) instanceof ExpiryRow.File(_, var file)
                ? Optional.of(new Version(ExpiryRow.when(row.key()), file))
                : Optional.empty();
    }
}
