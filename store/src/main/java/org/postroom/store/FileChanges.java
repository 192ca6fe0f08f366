package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;
import org.postroom.store.Upload.Place;
import org.postroom.store.Walk.Found;
import org.postroom.store.engine.Sealed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What happens to files; each method is the work of one commit.
final class FileChanges {

    /// A file of more stretches than this must be written anew.
    private static final int EXTENTS = 10_000;

    private static final byte[] HELD = {1};

    private FileChanges() {}

    static Node makeDirectory(Edit edit, FilePath path) throws Refused {
        if (path.isRoot()) throw new Refused(Reason.NAME_TAKEN);
        var rows = edit.change();
        var above = Walk.above(rows, path);
        if (Walk.child(rows, above.node(), path.name()).isPresent())
            throw new Refused(Reason.NAME_TAKEN);
        var made =
                new Found(edit.newId(), FileRow.directory(above.node(), path.name(), edit.now()));
        enter(edit, above, made);
        return made.shown();
    }

    /// A node that is new in its directory, under the name that its row tells.
    private static void enter(Edit edit, Found above, Found made) {
        edit.put(NameRow.key(above.node(), made.row().name()), NameRow.row(made.node()));
        edit.file(made.node(), null, made.row());
        touch(edit, above);
    }

    /// A directory changes when its names do.
    private static void touch(Edit edit, Found directory) {
        if (directory.node() != FileRow.ROOT)
            edit.file(directory.node(), directory.row(), directory.row().modifiedAt(edit.now()));
    }

    static Node rename(Edit edit, FilePath from, FilePath to) throws Refused {
        var rows = edit.change();
        if (from.isRoot()) throw new Refused(Reason.BAD_NAME);
        if (to.isRoot()) throw new Refused(Reason.NAME_TAKEN);
        var source = Walk.find(rows, from);
        var above = Walk.above(rows, to);
        if (source.row().directory() && Walk.isWithin(rows, source.node(), above.node()))
            throw new Refused(Reason.INTO_ITSELF);
        var taken = Walk.child(rows, above.node(), to.name());
        if (taken.isPresent()) {
            var there = taken.get();
            if (there.node() == source.node()) return source.shown();
            if (there.row().directory() || source.row().directory())
                throw new Refused(Reason.NAME_TAKEN);
            remove(edit, there);
        }
        long before = source.row().parent();
        edit.delete(NameRow.key(before, source.row().name()));
        edit.put(NameRow.key(above.node(), to.name()), NameRow.row(source.node()));
        var renamed = source.row().named(above.node(), to.name());
        edit.file(source.node(), source.row(), renamed);
        touch(edit, above);
        if (before != above.node()) Walk.node(rows, before).ifPresent(left -> touch(edit, left));
        return Walk.shown(source.node(), renamed);
    }

    static void removeFile(Edit edit, FilePath path) throws Refused {
        var rows = edit.change();
        var found = Walk.file(rows, path);
        remove(edit, found);
        edit.delete(NameRow.key(found.row().parent(), found.row().name()));
        Walk.node(rows, found.row().parent()).ifPresent(above -> touch(edit, above));
    }

    /// Takes a file's node away and keeps its content for a while; its name is the caller's.
    private static void remove(Edit edit, Found file) {
        retain(edit, file, List.of());
        edit.file(file.node(), file.row(), null);
        edit.count(-file.row().size());
        edit.row().files--;
    }

    /// What a file held and will hold no more is kept with its old row.
    private static void retain(Edit edit, Found file, List<Extent> remaining) {
        byte[] expiry = edit.newExpiry();
        edit.put(expiry, new ExpiryRow.File(file.node(), file.row()).row());
        for (var reference : ExpiryRow.references(expiry, file.row())) edit.put(reference, HELD);
        var still = new HashSet<>(remaining.stream().map(Extent::blob).toList());
        for (var blob : Walk.blobs(file.row()))
            if (!still.contains(blob)) edit.delete(blob.reference(FileRow.key(file.node())));
    }

    static void removeDirectory(Edit edit, FilePath path) throws Refused {
        var rows = edit.change();
        if (path.isRoot()) throw new Refused(Reason.BAD_NAME);
        var found = Walk.find(rows, path);
        if (!found.row().directory()) throw new Refused(Reason.NOT_A_DIRECTORY);
        if (!NameRow.in(found.node()).isEmpty(rows)) throw new Refused(Reason.NOT_EMPTY);
        dropParts(edit, found.node());
        edit.delete(NameRow.key(found.row().parent(), found.row().name()));
        edit.file(found.node(), found.row(), null);
        Walk.node(rows, found.row().parent()).ifPresent(above -> touch(edit, above));
    }

    private static void dropParts(Edit edit, long directory) {
        var parts = new ArrayList<FileRow>();
        KeyRange.of(FileRow.partKey(directory, ""))
                .each(edit.change(), row -> parts.add(FileRow.read(row.value())));
        parts.forEach(part -> dropPart(edit, part));
    }

    static void dropPart(Edit edit, FileRow part) {
        byte[] key = FileRow.partKey(part.parent(), part.name());
        edit.delete(key);
        for (var blob : Walk.blobs(part)) edit.delete(blob.reference(key));
        edit.count(-part.size());
    }

    static Node setModified(Edit edit, FilePath path, Instant modified) throws Refused {
        if (path.isRoot()) throw new Refused(Reason.BAD_NAME);
        var found = Walk.find(edit.change(), path);
        var changed = found.row().modifiedAt(modified.toEpochMilli());
        edit.file(found.node(), found.row(), changed);
        return Walk.shown(found.node(), changed);
    }

    /// What stands under a name when an upload ends there.
    private record Target(Found above, Optional<Found> file, Optional<FileRow> part) {

        static Target of(Edit edit, FilePath path) throws Refused {
            var rows = edit.change();
            var above = Walk.above(rows, path);
            var file = Walk.child(rows, above.node(), path.name());
            if (file.isPresent() && file.get().row().directory())
                throw new Refused(Reason.IS_A_DIRECTORY);
            return new Target(above, file, Walk.part(rows, above.node(), path.name()));
        }

        List<Extent> content() {
            return file.map(found -> found.row().extents())
                    .or(() -> part.map(FileRow::extents))
                    .orElse(List.of());
        }

        List<Extent> content(Place place, @Nullable Sealed blob) throws Refused {
            var content =
                    new ArrayList<>(
                            switch (place) {
                                case Place.Whole() -> List.<Extent>of();
                                case Place.From(long offset) -> FileRow.first(content(), offset);
                                case Place.End() -> content();
                            });
            if (place instanceof Place.From(long offset) && size(content) < offset)
                throw new Refused(Reason.PAST_THE_END);
            if (blob != null) content.add(new Extent(blob.id(), blob.size(), 0, blob.size()));
            if (content.size() > EXTENTS) throw new Refused(Reason.TOO_FRAGMENTED);
            return content;
        }

        /// Whether a kept part has become the file, or is made pointless by it.
        boolean usesUpPart(Place place) {
            return file.isEmpty() || place instanceof Place.Whole;
        }
    }

    private static long size(List<Extent> extents) {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    /// @param blob what was uploaded, or null for nothing
    static Node upload(Edit edit, FilePath path, Place place, @Nullable Sealed blob)
            throws Refused {
        var target = Target.of(edit, path);
        var content = target.content(place, blob);
        if (blob != null) edit.change().keep(blob);
        if (target.usesUpPart(place)) target.part.ifPresent(part -> dropPart(edit, part));
        edit.charge(size(content) - target.file.map(found -> found.row().size()).orElse(0L));
        if (target.file.isPresent()) return replace(edit, target.file.get(), content);
        var row =
                new FileRow(
                        false, target.above.node(), path.name(), edit.now(), edit.now(), content);
        var made = new Found(edit.newId(), row);
        edit.row().files++;
        hold(edit, row, FileRow.key(made.node()));
        enter(edit, target.above, made);
        return made.shown();
    }

    private static Node replace(Edit edit, Found file, List<Extent> content) {
        var before = file.row().extents();
        boolean grows =
                content.size() >= before.size() && content.subList(0, before.size()).equals(before);
        if (!grows) retain(edit, file, content);
        var row = file.row().holding(content, edit.now());
        hold(edit, row, FileRow.key(file.node()));
        edit.file(file.node(), file.row(), row);
        return Walk.shown(file.node(), row);
    }

    /// Puts one blob in the place of a run of stretches that has the same octets, if nothing but
    /// appends happened since it was read.
    ///
    /// @param seen the stretches as they were read
    /// @param from where in them the run begins, which goes to their end
    static boolean gather(Edit edit, long node, List<Extent> seen, int from, Sealed blob) {
        var found = Walk.node(edit.change(), node);
        if (found.isEmpty()) return false;
        var file = found.get();
        var now = file.row().extents();
        if (now.size() < seen.size() || !now.subList(0, seen.size()).equals(seen)) return false;
        var content = new ArrayList<>(seen.subList(0, from));
        content.add(new Extent(blob.id(), blob.size(), 0, blob.size()));
        content.addAll(now.subList(seen.size(), now.size()));
        edit.change().keep(blob);
        retain(edit, file, content);
        var row = file.row().holding(content, file.row().modified());
        hold(edit, row, FileRow.key(node));
        edit.file(node, file.row(), row);
        return true;
    }

    private static void hold(Edit edit, FileRow row, byte[] holder) {
        for (var blob : Walk.blobs(row)) {
            byte[] reference = blob.reference(holder);
            if (edit.change().get(reference) == null) edit.put(reference, HELD);
        }
    }

    /// Keeps what came of an upload in a row of its own.
    static void keep(Edit edit, FilePath path, Place place, @Nullable Sealed blob) throws Refused {
        var target = Target.of(edit, path);
        var content = target.content(place, blob);
        if (content.isEmpty()) return;
        if (blob != null) edit.change().keep(blob);
        target.part.ifPresent(part -> dropPart(edit, part));
        var row =
                new FileRow(
                        false, target.above.node(), path.name(), edit.now(), edit.now(), content);
        edit.charge(row.size());
        byte[] key = FileRow.partKey(row.parent(), row.name());
        edit.put(key, row.row());
        hold(edit, row, key);
    }
}
