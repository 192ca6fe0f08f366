package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Blob;
import org.postroom.store.engine.Blobs;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An account's files. A path leads by rows, so there is nothing to escape from and no link to follow
/// (TRAPS F21). Every change is one commit, and on disk when the call returns.
public final class FileTree {

    private static final int PAGE = 1_000;
    private static final int GATHER = 1_000;
    private static final long SMALL = 1 << 20;

    private final Account account;

    /// A part of a directory's listing, in the order of the names' octets.
    ///
    /// @param next what to ask for next, or null at the end
    public record Listing(List<Node> nodes, @Nullable String next) {

        public Listing {
            nodes = List.copyOf(nodes);
        }
    }

    FileTree(Account account) {
        this.account = account;
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

    /// @throws Refused NAME_TAKEN; NO_SUCH_FILE when the directory above is not there
    public Node makeDirectory(FilePath path) throws Refused {
        return account.edit(edit -> FileChanges.makeDirectory(edit, path));
    }

    /// A file takes the place of a file; a directory takes nobody's.
    ///
    /// @throws Refused NAME_TAKEN; INTO_ITSELF; NO_SUCH_FILE; BAD_NAME for the root
    public Node rename(FilePath from, FilePath to) throws Refused {
        return account.edit(edit -> FileChanges.rename(edit, from, to));
    }

    /// @throws Refused IS_A_DIRECTORY; NO_SUCH_FILE
    public void removeFile(FilePath path) throws Refused {
        account.edit(edit -> {
            FileChanges.removeFile(edit, path);
            return true;
        });
    }

    /// @throws Refused NOT_EMPTY; NOT_A_DIRECTORY; NO_SUCH_FILE; BAD_NAME for the root
    public void removeDirectory(FilePath path) throws Refused {
        account.edit(edit -> {
            FileChanges.removeDirectory(edit, path);
            return true;
        });
    }

    /// MFMT (draft-somers-ftp-mfxx): changes the time and nothing else.
    public Node setModified(FilePath path, Instant modified) throws Refused {
        return account.edit(edit -> FileChanges.setModified(edit, path, modified));
    }

    /// The file as it is now; it can be read to its end whatever happens to the name (F13), for as long
    /// as history is kept.
    ///
    /// @throws Refused NO_SUCH_FILE; IS_A_DIRECTORY
    public Content open(FilePath path) throws Refused {
        return account.read(rows -> {
            var row = Walk.file(rows, path).row();
            return new Opened(row, account.blobs(), fetched(row));
        });
    }

    /// The blobs of a file that is small as a whole: they are read on the way. Else none.
    private List<Blob> fetched(FileRow row) {
        var blobs = new ArrayList<Blob>();
        if (row.extents().stream().mapToLong(Extent::size).sum() <= Blobs.SMALL)
            for (var extent : row.extents())
                blobs.add(account.blobs().open(extent.blob(), extent.size()));
        return blobs;
    }

    /// @param fetched the extents' blobs, or none
    private record Opened(FileRow row, Blobs blobs, List<Blob> fetched) implements Content {

        Opened {
            fetched = List.copyOf(fetched);
        }

        private Blob blob(int extent) {
            if (!fetched.isEmpty()) return fetched.get(extent);
            var at = row.extents().get(extent);
            return blobs.open(at.blob(), at.size());
        }

        @Override
        public long size() {
            return row.size();
        }

        @Override
        public InputStream read(long offset, long length) {
            var pieces = new ArrayList<ContentStream.Piece>();
            for (int i = 0; i < row.extents().size(); i++) {
                int which = i;
                var extent = row.extents().get(i);
                pieces.add(
                        new ContentStream.Piece(
                                () -> blob(which), extent.offset(), extent.length()));
            }
            return ContentStream.of(pieces, offset, length);
        }
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
        var run = file.row().holding(seen.subList(begin, seen.size()), 0);
        try (var draft = account.blobs().draft();
                var in = new Opened(run, account.blobs(), List.of()).read()) {
            byte[] buffer = new byte[64 << 10];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer))
                draft.write(buffer, 0, count);
            var blob = draft.seal();
            account.edit(edit -> FileChanges.gather(edit, file.node(), seen, begin, blob));
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
        if (path.isRoot()) throw new Refused(Reason.IS_A_DIRECTORY);
        long room = account.read(rows -> room(rows, path, place));
        return new Upload(this, path, place, room);
    }

    /// How many octets can be written before the account holds more than it does now.
    private static long room(org.postroom.store.engine.Rows rows, FilePath path, Upload.Place place)
            throws Refused {
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
        };
    }
}
