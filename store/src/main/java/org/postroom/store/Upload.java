package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.FileChanges.Written;
import org.postroom.store.Shape.Structure;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Draft;
import org.postroom.store.engine.Sealed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bytes on their way into a file. The file is what it was until [#commit], and then it is this, at
/// once; two uploads of one name never mix: the later commit wins whole, and appends all stay, in the
/// order of their commits (TRAPS F12, F13). Closing without commit or keep leaves nothing behind.
public final class Upload implements AutoCloseable {

    /// Where the bytes go.
    public sealed interface Place {
        /// The file is what is uploaded.
        record Whole() implements Place {}

        /// RFC 3659 §5.3: what lies before the offset stays, what is uploaded takes the place of all
        /// behind it.
        record From(long offset) implements Place {}

        /// RFC 959 §3.5: what was kept of an upload that died goes on at one of its [Mark]s, and becomes
        /// the file whether one has the name or not.
        record Part(long offset, long mark) implements Place {}

        /// RFC 959 §4.1.3, APPE: at the end as it is when the upload commits.
        record End() implements Place {}
    }

    /// A place in the kept part of an upload, at which it can go on ([Place.Part]).
    ///
    /// @param offset in octets as they are stored
    /// @param mark how much is known of what is beside them
    public record Mark(long offset, long mark) {}

    /// Quota is taken in such steps, so that not every write asks.
    private static final long STEP = 1 << 20;

    /// A mark costs a commit: so many may be set anywhere, more have so many octets between them.
    private static final int MARKS = 1_000;

    private static final long BETWEEN_MARKS = 1 << 20;

    private static final byte[] LINE_END = {'\n'};

    private final FileTree tree;
    private final FilePath path;
    private final Place place;
    private final Shape shape;
    private final Reservation reservation;
    private long granted;
    private Draft draft;

    // what is beside the octets
    private @Nullable Draft lengths;
    private long record;
    private boolean lengthsNeeded;
    private final List<Header> headers = new ArrayList<>();

    // what was marked
    private final List<Extent> extents = new ArrayList<>();
    private final List<Extent> records = new ArrayList<>();
    private final List<StoredPage> pages = new ArrayList<>();
    private final List<BlobId> marked = new ArrayList<>();
    private long written;
    private long markedAt;
    private int marks;

    /// A page that came since the last mark.
    ///
    /// @param at where its octets begin in the draft
    private record Header(long index, int kind, long length, List<Long> fields, long at) {}

    /// @param room what may be written without the account holding more than before
    Upload(FileTree tree, FilePath path, Place place, Shape shape, long room) {
        this.tree = tree;
        this.path = path;
        this.place = place;
        this.shape = shape;
        this.granted = room;
        this.draft = tree.account().blobs().draft();
        this.reservation = new Reservation(tree.account());
        this.lengthsNeeded = !shape.text() || place instanceof Place.Part;
    }

    /// Takes room for so many octets at once (ALLO).
    ///
    /// @throws Refused OVER_QUOTA
    public void expect(long octets) throws Refused {
        long missing = octets - granted;
        if (missing <= 0) return;
        reservation.grow(missing);
        granted += missing;
    }

    /// @throws Refused OVER_QUOTA before the bytes that don't fit are written
    public void write(byte[] bytes, int offset, int length) throws Refused {
        reserve(written + length);
        draft.write(bytes, offset, length);
        written += length;
        if (shape.structure() != Structure.RECORDS) return;
        record += length;
        if (lengthsNeeded) return;
        for (int i = offset; i < offset + length && !lengthsNeeded; i++)
            lengthsNeeded = bytes[i] == '\n';
    }

    /// As the other, of octets outside the heap that have no structure, for much of them: they are on their
    /// way when it returns, and the buffer is free after [#settle], or the next write of another.
    ///
    /// @throws Refused OVER_QUOTA before the bytes that don't fit are written
    public void write(ByteBuffer octets) throws Refused {
        int length = octets.remaining();
        reserve(written + length);
        draft.write(octets);
        written += length;
    }

    /// Waits for what is on its way to the disk.
    public void settle() {
        draft.settle();
    }

    private void reserve(long size) throws Refused {
        long missing = size - granted;
        if (missing <= 0) return;
        try {
            reservation.grow(Math.max(missing, STEP));
            granted += Math.max(missing, STEP);
        } catch (Refused nearTheEnd) {
            reservation.grow(missing);
            granted += missing;
        }
    }

    /// A record is complete (RFC 959 §3.1.2.2).
    ///
    /// @throws Refused OVER_QUOTA
    public void endOfRecord() throws Refused {
        var known = lengths;
        if (known == null) known = tree.account().blobs().draft();
        lengths = known;
        byte[] length = RecordLengths.octets(record);
        known.write(length, 0, length.length);
        if (shape.text()) {
            reserve(written + 1);
            draft.write(LINE_END, 0, 1);
            written++;
        }
        record = 0;
    }

    /// A page begins (RFC 959 §3.1.2.3); what is written from now on is its own.
    ///
    /// @throws Refused TOO_FRAGMENTED
    public void page(StoredFile.Page page) throws Refused {
        if (headers.size() + pages.size() >= FileChanges.EXTENTS)
            throw new Refused(Refused.Reason.TOO_FRAGMENTED);
        headers.add(
                new Header(page.index(), page.kind(), page.length(), page.fields(), draft.size()));
    }

    /// How many octets were written.
    public long written() {
        return written;
    }

    /// Keeps what came so far, on disk when it returns, so that an upload that dies later can go on from
    /// here, after a restart of the server, too.
    ///
    /// @return nothing where it can't be done: in the middle of a record, or too often
    /// @throws Refused as [#commit]
    public Optional<Mark> mark() throws Refused {
        boolean often = marks >= MARKS && written - markedAt < BETWEEN_MARKS;
        if (often || record > 0 || place instanceof Place.End) return Optional.empty();
        marks++;
        markedAt = written;
        var all = sealed();
        tree.edit(edit -> {
            FileChanges.keep(edit, path, place, all);
            return true;
        });
        all.fresh().forEach(blob -> marked.add(blob.id()));
        closeDrafts();
        draft = tree.account().blobs().draft();
        lengths = null;
        return Optional.of(mark(all.body()));
    }

    private Mark mark(FileBody body) {
        long beside =
                switch (shape.structure()) {
                    case FILE -> 0;
                    case RECORDS -> FileBody.size(body.records());
                    case PAGES -> pages.size();
                };
        long before = place instanceof Place.From(long offset) ? offset : 0;
        if (place instanceof Place.Part(long offset, long mark))
            return new Mark(offset + written, mark + beside);
        return new Mark(before + written, beside);
    }

    /// Makes it the file, on disk when it returns.
    ///
    /// @throws Refused NO_SUCH_FILE when the directory is gone, IS_A_DIRECTORY when one took the name,
    ///     PAST_THE_END when the file became shorter meanwhile, TOO_FRAGMENTED, OVER_QUOTA, TOO_BUSY when
    ///     another upload of the name took away what was marked
    public Node commit() throws Refused {
        if (record > 0) endOfRecord();
        var all = sealed();
        var node = tree.edit(edit -> FileChanges.upload(edit, path, place, told(all)));
        if (place instanceof Place.End && shape.structure() == Structure.FILE) gather();
        return node;
    }

    /// The lengths of records go where LF tells as much.
    private Written told(Written all) {
        if (lengthsNeeded) return all;
        var body = all.body();
        var plain = new FileBody(body.extents(), body.shape(), List.of(), body.pages());
        var needed = plain.blobs();
        return new Written(
                plain,
                all.fresh().stream().filter(blob -> needed.contains(blob.id())).toList(),
                all.marked().stream().filter(needed::contains).toList());
    }

    /// The append is done, whatever comes of this.
    private void gather() {
        try {
            tree.gather(path);
        } catch (Refused gone) {
            // renamed or removed meanwhile: another append will see to it
        }
    }

    /// Keeps what came of an upload that died, so that it can be continued ([FileTree#part]): the file,
    /// if there is one, stays as it was.
    ///
    /// @throws Refused as [#commit]; then nothing is kept
    public void keep() throws Refused {
        var all = sealed();
        tree.edit(edit -> {
            FileChanges.keep(edit, path, place, all);
            return true;
        });
    }

    /// All that was written, with what came since the last mark as blobs of its own.
    private Written sealed() throws Refused {
        var fresh = new ArrayList<Sealed>();
        if (draft.size() > 0) {
            var blob = draft.seal();
            fresh.add(blob);
            if (shape.structure() != Structure.PAGES) extents.add(all(blob));
            else place(blob);
        } else place(null);
        var known = lengths;
        if (known != null) {
            var blob = known.seal();
            fresh.add(blob);
            records.add(all(blob));
        }
        var body =
                shape.structure() == Structure.PAGES
                        ? FileBody.ofPages(shape, pages)
                        : new FileBody(extents, shape, records, List.of());
        return new Written(body, fresh, marked);
    }

    private static Extent all(Sealed blob) {
        return new Extent(blob.id(), blob.size(), 0, blob.size());
    }

    /// Says of each page where its octets lie, now that they lie somewhere.
    private void place(@Nullable Sealed blob) {
        long end = blob == null ? 0 : blob.size();
        for (var header : headers.reversed()) {
            pages.add(
                    new StoredPage(
                            header.index,
                            header.kind,
                            header.length,
                            header.fields,
                            blob == null || end == header.at
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Extent(
                                                    blob.id(),
                                                    blob.size(),
                                                    header.at,
                                                    end - header.at))));
            end = header.at;
        }
        var latest = pages.subList(pages.size() - headers.size(), pages.size());
        java.util.Collections.reverse(latest);
        headers.clear();
    }

    @Override
    public void close() {
        reservation.close();
        closeDrafts();
    }

    private void closeDrafts() {
        draft.close();
        var known = lengths;
        if (known != null) known.close();
    }
}
