package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// An account's files. A path leads by rows, so there is nothing to escape from and no link to follow
/// (TRAPS F21). Every change is one commit, and on disk when the call returns.
public final class FileTree {

    private static final int PAGE = 1_000;
    private static final int GATHER = 1_000;
    private static final long SMALL = 1 << 20;

    private final Account account;

    private final RecentFiles recent;
    private final Set<String> tokens;

    /// A part of a directory's listing, in the order of the names' octets.
    ///
    /// @param next what to ask for next, or null at the end
    public record Listing(List<Node> nodes, @Nullable String next) {

        public Listing {
            nodes = List.copyOf(nodes);
        }
    }

    FileTree(Account account) {
        this(account, new RecentFiles(), Set.of());
    }

    private FileTree(Account account, RecentFiles recent, Set<String> tokens) {
        this.account = account;
        this.recent = recent;
        this.tokens = Set.copyOf(tokens);
    }

    /// The same files, for somebody who knows these locks: what they cover is open to him. A change that
    /// another lock forbids is refused as LOCKED.
    public FileTree holding(Set<String> tokens) {
        return new FileTree(account, recent, tokens);
    }

    /// One commit, by whoever this tree is for.
    <T extends @Nullable Object> T edit(Edit.Task<T> task) throws Refused {
        return account.edit(edit -> {
            edit.holding(tokens);
            return task.apply(edit);
        });
    }

    private Locks locks(Rows rows) {
        return Locks.read(rows, account.now(), tokens);
    }

    Account account() {
        return account;
    }

    /// @throws Refused NO_SUCH_FILE; NOT_A_DIRECTORY when a file is on the way
    public Node resolve(FilePath path) throws Refused {
        return account.read(rows -> Walk.find(rows, path).shown());
    }

    /// A page of at most 1,000 nodes. A listing is no snapshot: what changes between two pages may show.
    ///
    /// @param after the last page's `next`, or null
    /// @throws Refused NO_SUCH_FILE when the directory is gone; NOT_A_DIRECTORY
    public Listing list(Node directory, @Nullable String after) throws Refused {
        if (!directory.isDirectory()) throw new Refused(Reason.NOT_A_DIRECTORY);
        var known = recent.known(); // first: what is read below is not older
        var place = new RecentFiles.Place(directory.id(), after == null ? "" : after);
        var there = known.page(place);
        if (there != null) return there;
        var page = read(directory, after);
        known.keep(place, page);
        return page;
    }

    private Listing read(Node directory, @Nullable String after) throws Refused {
        return account.read(rows -> {
            if (Walk.node(rows, directory.id()).isEmpty()) throw new Refused(Reason.NO_SUCH_FILE);
            var range = NameRow.in(directory.id());
            if (after != null) range = range.startingAfter(NameRow.key(directory.id(), after));
            var page = rows.scan(range.from(), range.to(), PAGE);
            var nearby = new NearbyRows(rows, FileRow.ALL);
            var nodes = new ArrayList<Node>();
            for (var name : page.rows()) {
                long node = NameRow.read(name.value());
                byte[] row = nearby.get(FileRow.key(node));
                if (row != null) nodes.add(Walk.shown(node, FileRow.read(row)));
            }
            return new Listing(
                    nodes, page.more() ? NameRow.name(page.rows().getLast().key()) : null);
        });
    }

    /// Said by each commit that touched a file or a directory, before it returns.
    void changed() {
        recent.changed();
    }

    /// @throws Refused NAME_TAKEN; NO_SUCH_FILE when the directory above is not there
    public Node makeDirectory(FilePath path) throws Refused {
        return edit(edit -> FileChanges.makeDirectory(edit, path));
    }

    /// A file takes the place of a file; a directory takes nobody's.
    ///
    /// @throws Refused NAME_TAKEN; INTO_ITSELF; NO_SUCH_FILE; BAD_NAME for the root
    public Node rename(FilePath from, FilePath to) throws Refused {
        return edit(edit -> FileChanges.rename(edit, from, to));
    }

    /// @throws Refused IS_A_DIRECTORY; NO_SUCH_FILE
    public void removeFile(FilePath path) throws Refused {
        edit(edit -> {
            FileChanges.removeFile(edit, path);
            return true;
        });
    }

    /// @throws Refused NOT_EMPTY; NOT_A_DIRECTORY; NO_SUCH_FILE; BAD_NAME for the root
    public void removeDirectory(FilePath path) throws Refused {
        edit(edit -> {
            FileChanges.removeDirectory(edit, path);
            return true;
        });
    }

    /// MFMT (draft-somers-ftp-mfxx): changes the time and nothing else.
    public Node setModified(FilePath path, Instant modified) throws Refused {
        return edit(edit -> FileChanges.setModified(edit, path, modified));
    }

    /// The file as it is now; it can be read to its end whatever happens to the name (F13), for as long
    /// as history is kept.
    ///
    /// @throws Refused NO_SUCH_FILE; IS_A_DIRECTORY
    public StoredFile open(FilePath path) throws Refused {
        var known = recent.known();
        var row = known.file(path);
        if (row != null) {
            var there = StoredFile.atHand(row, account.blobs());
            if (there.isPresent()) return there.get();
        }
        var file = account.read(rows -> opened(Walk.file(rows, path).row()));
        known.keep(path, file.row());
        return file;
    }

    private StoredFile opened(FileRow row) {
        return new StoredFile(row, account.blobs(), StoredFile.fetched(row, account.blobs()));
    }

    /// Keeps a digest of a file's octets, unless they are others by now.
    public void keepDigest(FilePath path, StoredFile of, String algorithm, String hex)
            throws Refused {
        edit(edit -> {
            FileChanges.digested(edit, path, of.body(), algorithm, hex);
            return true;
        });
    }

    /// A file with another's content; what had the name is replaced. Nothing is copied but the row.
    ///
    /// @throws Refused IS_A_DIRECTORY; NO_SUCH_FILE; OVER_QUOTA
    public Node copy(FilePath from, FilePath to) throws Refused {
        return edit(edit -> FileChanges.copy(edit, from, to));
    }

    /// Puts files at the end of one, which may be new; they are no more then.
    ///
    /// @throws Refused NAME_TAKEN when one is named twice; NO_SUCH_FILE; TOO_FRAGMENTED
    public Node combine(FilePath to, List<FilePath> sources) throws Refused {
        return edit(edit -> FileChanges.combine(edit, to, sources));
    }

    /// What the file of a name was before, the latest first.
    ///
    /// @throws Refused NO_SUCH_FILE when the directory is not there
    public List<FileVersion> versions(FilePath path) throws Refused {
        return account.read(
                rows -> Versions.list(rows, Walk.above(rows, path).node(), path.name()));
    }

    /// What the files of a directory were before they were replaced or removed, the latest first.
    ///
    /// @throws Refused NO_SUCH_FILE; NOT_A_DIRECTORY
    public List<FormerFile> history(FilePath directory) throws Refused {
        return account.read(rows -> {
            var found = Walk.find(rows, directory);
            if (!found.row().directory()) throw new Refused(Reason.NOT_A_DIRECTORY);
            return Versions.in(rows, found.node());
        });
    }

    /// Brings back what a file was; what it is becomes a version itself.
    ///
    /// @param replaced as [FileVersion] names it
    /// @throws Refused NO_SUCH_FILE; OVER_QUOTA
    public Node restore(FilePath path, Instant replaced) throws Refused {
        return edit(edit -> FileChanges.restore(edit, path, replaced.toEpochMilli()));
    }

    /// Copies a directory with all that is in it to a name that is free; bounded commits, so what changes
    /// meanwhile may be copied or not.
    ///
    /// @param stop asked now and then, whether to leave the rest
    /// @return what was not copied; all below it was not, either, and the rest was, but for what would
    ///     have come behind the end of the quota
    /// @throws Refused NAME_TAKEN; NO_SUCH_FILE; NOT_A_DIRECTORY; INTO_ITSELF; nothing was copied then
    public List<Failure> copyTree(FilePath from, FilePath to, BooleanSupplier stop) throws Refused {
        if (to.isWithin(from)) throw new Refused(Reason.INTO_ITSELF);
        copyDirectory(from, to);
        return new TreeCopy(this, from, to, stop).run();
    }

    /// What could not be done with one of many.
    public record Failure(FilePath path, Refused why) {}

    /// A directory as another one is, without what is in that.
    ///
    /// @throws Refused as [#makeDirectory]
    public Node copyDirectory(FilePath from, FilePath to) throws Refused {
        return edit(edit -> FileChanges.copyDirectory(edit, from, to));
    }

    void copyFiles(FilePath from, FilePath to, List<String> names) throws Refused {
        edit(edit -> {
            FileChanges.copyFiles(edit, from, to, names);
            return true;
        });
    }

    /// Removes a directory and all in it; what comes into it meanwhile may stay.
    ///
    /// @param stop asked now and then, whether to leave the rest as it is
    /// @throws Refused NOT_A_DIRECTORY; NO_SUCH_FILE; NOT_EMPTY; LOCKED before anything is removed
    public void removeTree(FilePath path, BooleanSupplier stop) throws Refused {
        demandDeparture(path);
        var below = new ArrayDeque<FilePath>(List.of(path));
        while (!below.isEmpty() && !stop.getAsBoolean()) {
            var directory = below.getLast();
            var page = list(resolve(directory), null).nodes();
            if (page.isEmpty()) removeDirectory(below.removeLast());
            else {
                var files = page.stream().filter(node -> !node.isDirectory()).map(Node::name);
                removeFiles(directory, files.toList());
                for (var node : page)
                    if (node.isDirectory()) below.addLast(directory.resolve("./" + node.name()));
            }
        }
    }

    /// Asks whether a file or directory may go from its place now, with all that is in it.
    ///
    /// @throws Refused LOCKED; NO_SUCH_FILE
    public void demandDeparture(FilePath path) throws Refused {
        account.read(rows -> {
            locks(rows).allowDeparture(Walk.find(rows, path));
            return true;
        });
    }

    private void removeFiles(FilePath directory, List<String> names) throws Refused {
        if (names.isEmpty()) return;
        edit(edit -> {
            FileChanges.removeFiles(edit, directory, names);
            return true;
        });
    }

    /// The octets of all files below a directory.
    ///
    /// @param stop asked now and then, whether to count no more
    /// @throws Refused NOT_A_DIRECTORY; NO_SUCH_FILE
    public long size(FilePath path, BooleanSupplier stop) throws Refused {
        long size = 0;
        var below = new ArrayDeque<Node>(List.of(resolve(path)));
        while (!below.isEmpty() && !stop.getAsBoolean()) {
            var directory = below.removeLast();
            @Nullable String after = null;
            do {
                var page = list(directory, after);
                for (var node : page.nodes()) {
                    if (node.isDirectory()) below.addLast(node);
                    size += node.size();
                }
                after = page.next();
            } while (after != null);
        }
        return size;
    }

    /// Takes a lock. Where nothing has the name there is an empty file then (RFC 4918 §7.3).
    ///
    /// @param time how long it lasts, if nobody prolongs it
    /// @throws Refused LOCKED by another that does not go with it; TOO_MANY_LOCKS; NO_SUCH_FILE when the
    ///     directory above is not there
    public Lock.Taken lock(FilePath path, Lock.Terms terms, Duration time) throws Refused {
        var token = UUID.randomUUID();
        return edit(
                edit -> FileChanges.lock(edit, path, terms, token, edit.now() + time.toMillis()));
    }

    /// A lock lasts so long from now on.
    ///
    /// @param path anything that it covers
    /// @throws Refused NO_SUCH_LOCK; NO_SUCH_FILE
    public Lock prolong(FilePath path, String token, Duration time) throws Refused {
        return edit(edit -> FileChanges.prolong(edit, path, token, edit.now() + time.toMillis()));
    }

    /// @param path anything that it covers
    /// @throws Refused NO_SUCH_LOCK; NO_SUCH_FILE
    public void unlock(FilePath path, String token) throws Refused {
        edit(edit -> {
            FileChanges.unlock(edit, path, token);
            return true;
        });
    }

    /// All that hold, at most 1,000.
    public List<Lock> locks() {
        return account.<List<Lock>, RuntimeException>read(rows -> locks(rows).list());
    }

    /// What clients keep with a file or directory, values by names.
    public SortedMap<String, String> properties(Node node) {
        return account.<SortedMap<String, String>, RuntimeException>read(
                rows -> PropertiesRow.read(rows.get(PropertiesRow.key(node.id()))).values());
    }

    /// The same of many, in their order.
    public List<SortedMap<String, String>> properties(List<Node> nodes) {
        return account.<List<SortedMap<String, String>>, RuntimeException>read(rows -> {
            if (PropertiesRow.ALL.isEmpty(rows))
                return Collections.nCopies(nodes.size(), Collections.emptySortedMap());
            var nearby = new NearbyRows(rows, PropertiesRow.ALL);
            return nodes.stream()
                    .map(node ->
                            PropertiesRow.read(nearby.get(PropertiesRow.key(node.id()))).values())
                    .toList();
        });
    }

    /// Gives values to names, or takes them away, all of it or nothing. They count in the quota.
    ///
    /// @throws Refused TOO_MANY_PROPERTIES beyond 500 or 256 KiB; OVER_QUOTA; NO_SUCH_FILE
    public void setProperties(FilePath path, Map<String, Optional<String>> changes) throws Refused {
        edit(edit -> {
            FileChanges.setProperties(edit, path, changes);
            return true;
        });
    }

    /// Makes one stretch of many small ones, once appends have left a thousand at a file's end. It
    /// costs a copy of them then, and keeps their number small for ever.
    void gather(FilePath path) throws Refused {
        var file = account.read(rows -> Walk.file(rows, path));
        var seen = file.row().extents();
        int from = seen.size();
        while (from > 0 && seen.get(from - 1).length() < SMALL) from--;
        if (seen.size() - from < GATHER) return;
        int begin = from;
        var run = file.row().gathered(file.row().body().holding(seen.subList(begin, seen.size())));
        try (var draft = account.blobs().draft();
                var in = new StoredFile(run, account.blobs(), List.of()).read()) {
            byte[] buffer = new byte[64 << 10];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer))
                draft.write(buffer, 0, count);
            var blob = draft.seal();
            edit(edit -> FileChanges.gather(edit, file.node(), seen, begin, blob));
        } catch (IOException e) {
            throw new Fault("reading a file", e);
        }
    }

    /// How much of a died upload is kept for this name, if any. SIZE, APPE and REST speak of it only
    /// while no file has the name.
    public Optional<Node> part(FilePath path) throws Refused {
        return account.read(rows ->
                Walk.part(rows, Walk.above(rows, path).node(), path.name())
                        .map(row -> Walk.shown(0, row)));
    }

    /// Begins an upload. Where no file has the name but a kept part does, `From` and `End` continue
    /// that.
    ///
    /// @throws Refused IS_A_DIRECTORY; NO_SUCH_FILE for the directory above; PAST_THE_END
    public Upload upload(FilePath path, Upload.Place place) throws Refused {
        return upload(path, place, Shape.PLAIN);
    }

    /// As [#upload], of a file of which more is known than its octets.
    public Upload upload(FilePath path, Upload.Place place, Shape shape) throws Refused {
        if (path.isRoot()) throw new Refused(Reason.IS_A_DIRECTORY);
        long room =
                account.read(rows -> {
                    var file = Walk.child(rows, Walk.above(rows, path).node(), path.name());
                    locks(rows).allow(file.orElse(Walk.above(rows, path)).node());
                    return room(rows, path, place);
                });
        return new Upload(this, path, place, shape, room);
    }

    /// How many octets can be written before the account holds more than it does now.
    private static long room(Rows rows, FilePath path, Upload.Place place) throws Refused {
        var above = Walk.above(rows, path);
        var file = Walk.child(rows, above.node(), path.name());
        if (file.isPresent() && file.get().row().directory())
            throw new Refused(Reason.IS_A_DIRECTORY);
        long present =
                file.map(Walk.Found::row)
                        .or(() -> Walk.part(rows, above.node(), path.name()))
                        .map(FileRow::size)
                        .orElse(0L);
        return switch (place) {
            case Upload.Place.Whole() -> present;
            case Upload.Place.End() -> 0;
            case Upload.Place.From(long offset) -> {
                if (offset < 0 || offset > present) throw new Refused(Reason.PAST_THE_END);
                yield present - offset;
            }
            case Upload.Place.Part(long offset, long mark) -> {
                var part = Walk.part(rows, above.node(), path.name());
                if (part.isEmpty()) throw new Refused(Reason.PAST_THE_END);
                part.get().body().first(offset, mark);
                yield 0;
            }
        };
    }
}
