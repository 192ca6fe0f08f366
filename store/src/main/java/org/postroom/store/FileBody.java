package org.postroom.store;

import org.postroom.store.Refused.Reason;
import org.postroom.store.Shape.Structure;
import org.postroom.store.engine.BlobId;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a file is made of. Its extents, one after the other, are its octets as whoever asks for no
/// structure gets them: a text's records as lines, pages in the order of their numbers, each at its
/// number times the longest page's length, with holes between.
///
/// Records are told apart by LF where that is enough; where it is not, because they hold LF or are no
/// text, their lengths stand in a blob of their own ([RecordLengths]).
///
/// @param records the extents of the records' lengths, or none
record FileBody(List<Extent> extents, Shape shape, List<Extent> records, List<StoredPage> pages) {

    static final FileBody EMPTY = plain(List.of());

    /// Logical octets of a file, holes and all.
    private static final long LARGEST = 1L << 50;

    FileBody {
        extents = List.copyOf(extents);
        records = List.copyOf(records);
        pages = List.copyOf(pages);
    }

    static FileBody plain(List<Extent> extents) {
        return new FileBody(extents, Shape.PLAIN, List.of(), List.of());
    }

    /// Lays pages out. Of two with one number the later counts.
    ///
    /// @throws Refused OVER_QUOTA when its holes make it larger than any file
    static FileBody ofPages(Shape shape, List<StoredPage> pages) throws Refused {
        SequencedMap<Long, StoredPage> pieces = new TreeMap<>();
        var all = new ArrayList<StoredPage>();
        for (var page : pages)
            if (page.isPiece()) pieces.put(page.index(), page);
            else all.add(page);
        all.addAll(pieces.values());
        long longest = pieces.values().stream().mapToLong(StoredPage::size).max().orElse(0);
        var extents = new ArrayList<Extent>();
        long end = 0;
        for (var page : pieces.values()) {
            if (page.octets().isEmpty()) continue;
            if (page.index() > LARGEST / longest) throw new Refused(Reason.OVER_QUOTA);
            long at = page.index() * longest;
            if (at > end) extents.add(Extent.hole(at - end));
            extents.add(page.octets().get());
            end = at + page.size();
        }
        return new FileBody(extents, shape, List.of(), all);
    }

    long size() {
        return size(extents);
    }

    /// Names the octets: other ones lie in other blobs, whose ids are random.
    String tag() {
        long mixed = extents.size();
        for (var extent : extents)
            for (long part :
                    new long[] {
                        extent.blob().high(), extent.blob().low(), extent.offset(), extent.length()
                    }) mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L + (mixed >>> 29);
        return Long.toHexString(mixed);
    }

    static long size(List<Extent> extents) {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    /// All stretches of blobs that it needs.
    Stream<Extent> held() {
        return Stream.of(
                        extents.stream(),
                        records.stream(),
                        pages.stream().flatMap(page -> page.octets().stream()))
                .flatMap(one -> one)
                .filter(extent -> !extent.isHole());
    }

    /// The blobs that hold it, each once.
    List<BlobId> blobs() {
        return held().map(Extent::blob).distinct().toList();
    }

    FileBody holding(List<Extent> other) {
        return new FileBody(other, shape, records, pages);
    }

    /// What is behind it comes to its end. Two of different structure become a file of none.
    ///
    /// @throws Refused NAME_TAKEN when pages are to follow what has none
    FileBody followedBy(FileBody more) throws Refused {
        if (more.shape.structure() == Structure.PAGES || shape.structure() == Structure.PAGES) {
            if (extents.isEmpty() && pages.isEmpty()) return more;
            if (more.shape.structure() != shape.structure()) throw new Refused(Reason.NAME_TAKEN);
            return ofPages(shape, joined(pages, more.pages));
        }
        var joined = joined(extents, more.extents);
        if (extents.isEmpty()) return more;
        if (more.shape.structure() != shape.structure()
                || records.isEmpty() != more.records.isEmpty())
            return new FileBody(joined, shape.withStructure(Structure.FILE), List.of(), List.of());
        return new FileBody(joined, shape, joined(records, more.records), List.of());
    }

    /// Its first octets.
    ///
    /// @param mark how much of the records' lengths, or how many pages, belong to them; 0 where there are
    ///     none
    /// @throws Refused PAST_THE_END
    FileBody first(long octets, long mark) throws Refused {
        if (shape.structure() == Structure.PAGES) {
            if (mark > pages.size()) throw new Refused(Reason.PAST_THE_END);
            return ofPages(shape, pages.subList(0, (int) mark));
        }
        if (octets > size() || mark > size(records)) throw new Refused(Reason.PAST_THE_END);
        var lengths = first(records, mark);
        boolean told = records.isEmpty() || mark > 0 || octets == 0;
        return new FileBody(
                first(extents, octets),
                told ? shape : shape.withStructure(Structure.FILE),
                lengths,
                List.of());
    }

    /// The extents of the first octets.
    private static List<Extent> first(List<Extent> extents, long octets) {
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

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    static FileBody read(RowIn in) {
        var shape = Shape.of(in.octet());
        var extents = extents(in);
        var records = extents(in);
        var pages = new ArrayList<StoredPage>();
        for (int n = in.int4(); n > 0; n--) pages.add(StoredPage.read(in));
        return new FileBody(extents, shape, records, pages);
    }

    private static List<Extent> extents(RowIn in) {
        var extents = new ArrayList<Extent>();
        for (int n = in.int4(); n > 0; n--) extents.add(Extent.read(in));
        return extents;
    }

    void write(RowOut out) {
        out.octet(shape.code());
        write(extents, out);
        write(records, out);
        out.int4(pages.size());
        pages.forEach(page -> page.write(out));
    }

    private static void write(List<Extent> extents, RowOut out) {
        out.int4(extents.size());
        extents.forEach(extent -> extent.write(out));
    }
}
