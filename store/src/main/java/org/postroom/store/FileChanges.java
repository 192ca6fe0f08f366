package org.postroom.store;

import org.postroom.store.Refused.Reason;
import org.postroom.store.Upload.Place;
import org.postroom.store.Walk.Found;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Sealed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// What happens to files; each method is the work of one commit.
final class FileChanges {

    /// A file of more stretches than this must be written anew.
    static final int EXTENTS = 10_000;

    private static final byte[] HELD = {1};

    private FileChanges() {}

    static Node makeDirectory(Edit edit, FilePath path) throws Refused {
        if (path.isRoot()) throw new Refused(Reason.NAME_TAKEN);
        var rows = edit.change();
        var above = Walk.above(rows, path);
        if (Walk.child(rows, above.node(), path.name()).isPresent())
            throw new Refused(Reason.NAME_TAKEN);
        edit.locks().allow(above.node());
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
            edit.locks().allow(there.node());
        } else edit.locks().allow(above.node());
        edit.locks().allowDeparture(source);
        edit.locks().depart(edit, source.node());
        if (taken.isPresent()) {
            edit.locks().inherit(edit, taken.get().node(), source.node());
            remove(edit, taken.get());
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
        edit.locks().allowDeparture(found);
        remove(edit, found);
        edit.delete(NameRow.key(found.row().parent(), found.row().name()));
        Walk.node(rows, found.row().parent()).ifPresent(above -> touch(edit, above));
    }

    /// Takes a file's node away and keeps its content for a while; its name is the caller's.
    private static void remove(Edit edit, Found file) {
        retain(edit, file, FileBody.EMPTY);
        forget(edit, file.node());
        edit.file(file.node(), file.row(), null);
        edit.count(-file.row().size());
        edit.row().files--;
    }

    /// Takes away what stands beside a node that goes: its locks, and what clients keep with it.
    private static void forget(Edit edit, long node) {
        edit.locks().depart(edit, node);
        byte[] key = PropertiesRow.key(node);
        byte[] kept = edit.change().get(key);
        if (kept == null) return;
        edit.count(-PropertiesRow.read(kept).size());
        edit.delete(key);
    }

    /// What a file held and will hold no more is kept with its old row.
    private static void retain(Edit edit, Found file, FileBody remaining) {
        byte[] expiry = edit.newExpiry();
        edit.put(expiry, new ExpiryRow.File(file.node(), file.row()).row());
        for (var reference : ExpiryRow.references(expiry, file.row())) edit.put(reference, HELD);
        var still = new HashSet<>(remaining.blobs());
        for (var blob : file.row().body().blobs())
            if (!still.contains(blob)) edit.delete(blob.reference(FileRow.key(file.node())));
    }

    static void removeDirectory(Edit edit, FilePath path) throws Refused {
        var rows = edit.change();
        if (path.isRoot()) throw new Refused(Reason.BAD_NAME);
        var found = Walk.find(rows, path);
        if (!found.row().directory()) throw new Refused(Reason.NOT_A_DIRECTORY);
        if (!NameRow.in(found.node()).isEmpty(rows)) throw new Refused(Reason.NOT_EMPTY);
        edit.locks().allowDeparture(found);
        dropParts(edit, found.node());
        forget(edit, found.node());
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
        for (var blob : part.body().blobs()) edit.delete(blob.reference(key));
        edit.count(-part.size());
    }

    static Node setModified(Edit edit, FilePath path, Instant modified) throws Refused {
        if (path.isRoot()) throw new Refused(Reason.BAD_NAME);
        var found = Walk.find(edit.change(), path);
        edit.locks().allow(found.node());
        var changed = found.row().modifiedAt(modified.toEpochMilli());
        edit.file(found.node(), found.row(), changed);
        return Walk.shown(found.node(), changed);
    }

    /// What stands under a name when an upload ends there.
    private record Target(Found above, String name, Optional<Found> file, Optional<FileRow> part) {

        static Target of(Edit edit, FilePath path) throws Refused {
            var rows = edit.change();
            var above = Walk.above(rows, path);
            var file = Walk.child(rows, above.node(), path.name());
            if (file.isPresent() && file.get().row().directory())
                throw new Refused(Reason.IS_A_DIRECTORY);
            return new Target(above, path.name(), file, Walk.part(rows, above.node(), path.name()));
        }

        /// As the other, where no lock forbids that it changes.
        static Target open(Edit edit, FilePath path) throws Refused {
            var target = of(edit, path);
            edit.locks().allow(target.file.orElse(target.above).node());
            return target;
        }

        FileBody body() {
            return file.map(Found::row).or(() -> part).map(FileRow::body).orElse(FileBody.EMPTY);
        }

        FileBody body(Place place, Written written) throws Refused {
            var body =
                    switch (place) {
                        case Place.Whole() -> written.body();
                        case Place.From(long offset) ->
                                body().first(offset, 0).followedBy(written.body());
                        case Place.Part(long offset, long mark) ->
                                part.map(FileRow::body)
                                        .orElse(FileBody.EMPTY)
                                        .first(offset, mark)
                                        .followedBy(written.body());
                        case Place.End() -> body().followedBy(written.body());
                    };
            if (body.extents().size() + body.records().size() + body.pages().size() > EXTENTS)
                throw new Refused(Reason.TOO_FRAGMENTED);
            return body;
        }

        /// What was marked on the way is held by the kept part; another upload may have taken it away.
        void claim(Edit edit, Written written) throws Refused {
            written.fresh().forEach(edit.change()::keep);
            if (written.marked().isEmpty()) return;
            byte[] part = FileRow.partKey(above.node(), name);
            for (var blob : written.marked())
                if (edit.change().get(blob.reference(part)) == null)
                    throw new Refused(Reason.TOO_BUSY);
        }

        /// Whether a kept part has become the file, or is made pointless by it.
        boolean usesUpPart(Place place) {
            return file.isEmpty() || place instanceof Place.Whole || place instanceof Place.Part;
        }
    }

    /// What an upload wrote.
    ///
    /// @param fresh the blobs that are nobody's yet
    /// @param marked those that the kept part holds already ([Upload#mark])
    record Written(FileBody body, List<Sealed> fresh, List<BlobId> marked) {

        Written {
            fresh = List.copyOf(fresh);
            marked = List.copyOf(marked);
        }
    }

    static Node upload(Edit edit, FilePath path, Place place, Written written) throws Refused {
        var target = Target.open(edit, path);
        var body = target.body(place, written);
        target.claim(edit, written);
        if (target.usesUpPart(place) || !written.marked().isEmpty())
            target.part.ifPresent(part -> dropPart(edit, part));
        edit.charge(body.size() - target.file.map(found -> found.row().size()).orElse(0L));
        return enter(edit, target.above, target.file, path.name(), body);
    }

    /// A content that comes to a name, whether a file has it or not. It is charged already.
    private static Node enter(
            Edit edit, Found above, Optional<Found> file, String name, FileBody body) {
        if (file.isPresent()) return replace(edit, file.get(), body);
        var row = FileRow.file(above.node(), name, edit.now(), body);
        var made = new Found(edit.newId(), row);
        edit.row().files++;
        hold(edit, row, FileRow.key(made.node()));
        enter(edit, above, made);
        return made.shown();
    }

    private static Node replace(Edit edit, Found file, FileBody body) {
        var before = file.row().extents();
        var content = body.extents();
        boolean grows =
                body.pages().isEmpty()
                        && content.size() >= before.size()
                        && content.subList(0, before.size()).equals(before);
        if (!grows || body.records().isEmpty() != file.row().body().records().isEmpty())
            retain(edit, file, body);
        var row = file.row().holding(body, edit.now());
        hold(edit, row, FileRow.key(file.node()));
        edit.file(file.node(), file.row(), row);
        return Walk.shown(file.node(), row);
    }

    /// A file with the content of another: nothing is copied but the row.
    static Node copy(Edit edit, FilePath from, FilePath to) throws Refused {
        var rows = edit.change();
        var source = Walk.file(rows, from);
        var target = Target.open(edit, to);
        var there = target.file;
        if (there.isPresent() && there.get().node() == source.node()) return source.shown();
        var body = source.row().body();
        edit.charge(body.size() - there.map(found -> found.row().size()).orElse(0L));
        var made = enter(edit, target.above, there, to.name(), body);
        copyProperties(edit, source.node(), made.id());
        return made;
    }

    /// One file of several, which are no more.
    static Node combine(Edit edit, FilePath to, List<FilePath> sources) throws Refused {
        var target = Target.open(edit, to);
        var body = target.file.map(found -> found.row().body()).orElse(FileBody.EMPTY);
        var taken = new ArrayList<Found>();
        for (var path : sources) {
            var source = Walk.file(edit.change(), path);
            boolean twice = taken.stream().anyMatch(found -> found.node() == source.node());
            if (twice || target.file.filter(found -> found.node() == source.node()).isPresent())
                throw new Refused(Reason.NAME_TAKEN);
            edit.locks().allowDeparture(source);
            body = body.followedBy(source.row().body());
            taken.add(source);
        }
        if (body.extents().size() > EXTENTS) throw new Refused(Reason.TOO_FRAGMENTED);
        edit.count(body.size() - target.file.map(found -> found.row().size()).orElse(0L));
        for (var source : taken) {
            remove(edit, source);
            edit.delete(NameRow.key(source.row().parent(), source.row().name()));
        }
        return enter(edit, target.above, target.file, to.name(), body);
    }

    /// Brings back what a file was before it was replaced or removed.
    ///
    /// @param replaced when it was
    static Node restore(Edit edit, FilePath path, long replaced) throws Refused {
        var target = Target.open(edit, path);
        var version =
                Versions.find(edit.change(), target.above.node(), path.name(), replaced)
                        .orElseThrow(() -> new Refused(Reason.NO_SUCH_FILE));
        var body = version.body();
        edit.charge(body.size() - target.file.map(found -> found.row().size()).orElse(0L));
        return enter(edit, target.above, target.file, path.name(), body);
    }

    /// Keeps a digest with the octets that it is of.
    static void digested(Edit edit, FilePath path, FileBody of, String algorithm, String hex)
            throws Refused {
        var found = Walk.file(edit.change(), path);
        if (!found.row().body().equals(of)) return;
        edit.file(found.node(), found.row(), found.row().digested(algorithm, hex));
    }

    /// A directory as another one is, with none of what is in that.
    static Node copyDirectory(Edit edit, FilePath from, FilePath to) throws Refused {
        var source = Walk.find(edit.change(), from);
        if (!source.row().directory()) throw new Refused(Reason.NOT_A_DIRECTORY);
        var made = makeDirectory(edit, to);
        copyProperties(edit, source.node(), made.id());
        return made;
    }

    /// Copies files of one directory into another.
    static void copyFiles(Edit edit, FilePath from, FilePath to, List<String> names)
            throws Refused {
        for (var name : names) copy(edit, from.resolve("./" + name), to.resolve("./" + name));
    }

    /// Gives values to names, or takes them away; all of it or nothing.
    static void setProperties(Edit edit, FilePath path, Map<String, Optional<String>> changes)
            throws Refused {
        var found = Walk.find(edit.change(), path);
        edit.locks().allow(found.node());
        var values = new TreeMap<>(properties(edit, found.node()).values());
        changes.forEach((name, value) ->
                value.ifPresentOrElse(it -> values.put(name, it), () -> values.remove(name)));
        var after = new PropertiesRow(values);
        if (values.size() > PropertiesRow.MOST || after.size() > PropertiesRow.LARGEST)
            throw new Refused(Reason.TOO_MANY_PROPERTIES);
        keepProperties(edit, found.node(), after);
    }

    /// RFC 4918 §9.8.2: what is at the place of a copy is told of as the original
    private static void copyProperties(Edit edit, long from, long to) throws Refused {
        keepProperties(edit, to, properties(edit, from));
    }

    private static PropertiesRow properties(Edit edit, long node) {
        return PropertiesRow.read(edit.change().get(PropertiesRow.key(node)));
    }

    private static void keepProperties(Edit edit, long node, PropertiesRow after) throws Refused {
        var before = properties(edit, node);
        if (after.equals(before)) return;
        edit.charge(after.size() - before.size());
        if (after.values().isEmpty()) edit.delete(PropertiesRow.key(node));
        else edit.put(PropertiesRow.key(node), after.row());
    }

    /// Locks what has a name, or an empty file that has it from here on (RFC 4918 §7.3).
    static Lock.Taken lock(Edit edit, FilePath path, Lock.Terms terms, UUID token, long ends)
            throws Refused {
        boolean made = !path.isRoot() && isFree(edit, path);
        if (made) {
            var target = Target.open(edit, path);
            enter(edit, target.above, target.file, path.name(), FileBody.EMPTY);
        }
        var found = Walk.find(edit.change(), path);
        var lock = new LockRow(found.node(), token, terms, ends);
        edit.locks().take(edit, lock);
        return new Lock.Taken(edit.locks().shown(lock), made);
    }

    private static boolean isFree(Edit edit, FilePath path) throws Refused {
        var rows = edit.change();
        return Walk.child(rows, Walk.above(rows, path).node(), path.name()).isEmpty();
    }

    /// Says anew how long a lock lasts.
    static Lock prolong(Edit edit, FilePath path, String token, long ends) throws Refused {
        var locks = edit.locks();
        var lock = locks.find(Walk.find(edit.change(), path), token);
        return locks.shown(locks.prolong(edit, lock, ends));
    }

    static void unlock(Edit edit, FilePath path, String token) throws Refused {
        var locks = edit.locks();
        locks.end(edit, locks.find(Walk.find(edit.change(), path), token));
    }

    /// Removes the files of a page of a directory.
    static void removeFiles(Edit edit, FilePath directory, List<String> names) throws Refused {
        for (var name : names) {
            var path = directory.resolve("./" + name);
            var found = Walk.find(edit.change(), path);
            if (!found.row().directory()) removeFile(edit, path);
        }
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
        var body = file.row().body().holding(content);
        retain(edit, file, body);
        var row = file.row().gathered(body);
        hold(edit, row, FileRow.key(node));
        edit.file(node, file.row(), row);
        return true;
    }

    private static void hold(Edit edit, FileRow row, byte[] holder) {
        for (var blob : row.body().blobs()) {
            byte[] reference = blob.reference(holder);
            if (edit.change().get(reference) == null) edit.put(reference, HELD);
        }
    }

    /// Keeps what came of an upload in a row of its own.
    static void keep(Edit edit, FilePath path, Place place, Written written) throws Refused {
        var target = Target.of(edit, path);
        var body = target.body(place, written);
        if (body.extents().isEmpty() && body.pages().isEmpty()) return;
        target.claim(edit, written);
        target.part.ifPresent(part -> dropPart(edit, part));
        var row = FileRow.file(target.above.node(), path.name(), edit.now(), body);
        edit.charge(row.size());
        byte[] key = FileRow.partKey(row.parent(), row.name());
        edit.put(key, row.row());
        hold(edit, row, key);
    }
}
