package org.postroom.store;

import org.postroom.store.engine.Blob;
import org.postroom.store.engine.Blobs;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file as it was when it was opened: its octets, and what is known beside them.
public final class StoredFile implements Content {

    private final FileRow row;
    private final Blobs blobs;
    private final List<Blob> fetched;

    /// @param fetched the extents' blobs, or none
    StoredFile(FileRow row, Blobs blobs, List<Blob> fetched) {
        this.row = row;
        this.blobs = blobs;
        this.fetched = List.copyOf(fetched);
    }

    /// The blobs of a file that is small as a whole: they are read on the way. Else none.
    static List<Blob> fetched(FileRow row, Blobs blobs) {
        if (!isSmall(row)) return List.of();
        return row.extents().stream()
                .map(extent -> blobs.open(extent.blob(), extent.size()))
                .toList();
    }

    /// A file of which all that [#fetched] would read is in memory.
    static Optional<StoredFile> atHand(FileRow row, Blobs blobs) {
        if (!isSmall(row)) return Optional.of(new StoredFile(row, blobs, List.of()));
        var fetched =
                row.extents().stream()
                        .flatMap(extent -> blobs.lately(extent.blob()).stream())
                        .toList();
        return fetched.size() == row.extents().size()
                ? Optional.of(new StoredFile(row, blobs, fetched))
                : Optional.empty();
    }

    private static boolean isSmall(FileRow row) {
        var extents = row.extents();
        return extents.stream().noneMatch(Extent::isHole)
                && extents.stream().mapToLong(Extent::size).sum() <= Blobs.SMALL;
    }

    /// Whether the octets are in memory.
    public boolean isAtHand() {
        return !fetched.isEmpty();
    }

    FileRow row() {
        return row;
    }

    FileBody body() {
        return row.body();
    }

    public Shape shape() {
        return row.body().shape();
    }

    /// When its content last changed, or what MFMT set.
    public Instant modified() {
        return Instant.ofEpochMilli(row.modified());
    }

    /// As [Node#tag] names the content.
    public String tag() {
        return row.body().tag();
    }

    /// A digest of all octets, if it was computed before.
    public Optional<String> digest(String algorithm) {
        return Optional.ofNullable(row.digests().get(algorithm));
    }

    @Override
    public long size() {
        return row.size();
    }

    @Override
    public ContentStream read(long offset, long length) {
        var pieces = new ArrayList<ContentStream.Piece>();
        for (int i = 0; i < row.extents().size(); i++)
            pieces.add(
                    fetched.isEmpty()
                            ? piece(row.extents().get(i))
                            : piece(fetched.get(i), row.extents().get(i)));
        return ContentStream.of(pieces, offset, length);
    }

    private ContentStream.Piece piece(Extent extent) {
        return extent.isHole()
                ? ContentStream.Piece.zeros(extent.length())
                : new ContentStream.Piece(
                        () -> blobs.open(extent.blob(), extent.size()),
                        extent.offset(),
                        extent.length());
    }

    private static ContentStream.Piece piece(Blob blob, Extent extent) {
        return new ContentStream.Piece(() -> blob, extent.offset(), extent.length());
    }

    private ContentStream read(List<Extent> extents) {
        return ContentStream.of(
                extents.stream().map(this::piece).toList(), 0, FileBody.size(extents));
    }

    /// The lengths of the records, where LF alone does not tell them apart.
    public Optional<RecordLengths> records() {
        var lengths = row.body().records();
        return lengths.isEmpty() ? Optional.empty() : Optional.of(new RecordLengths(read(lengths)));
    }

    /// A page's header.
    ///
    /// @param kind its code
    /// @param length in the sender's logical bytes
    /// @param fields what else stood in the header
    public record Page(long index, int kind, long length, List<Long> fields) {

        public Page {
            fields = List.copyOf(fields);
        }
    }

    /// The pages, those about the file first, then its pieces in the order of their numbers.
    public List<Page> pages() {
        return row.body().pages().stream()
                .map(page -> new Page(page.index(), page.kind(), page.length(), page.fields()))
                .toList();
    }

    /// The octets of a page.
    ///
    /// @param which its place in [#pages]
    public InputStream page(int which) {
        return read(row.body().pages().get(which).octets().stream().toList());
    }
}
