package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Refused.Reason;
import org.postroom.store.Shape.Carriage;
import org.postroom.store.Shape.Charset;
import org.postroom.store.Shape.Structure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is kept beside a file's octets: records, pages, marks, digests, versions.
class FileShapesTest {

    private static final Shape LINES =
            new Shape(Structure.RECORDS, true, Charset.EBCDIC, Carriage.ASA);
    private static final Shape RECORDS =
            new Shape(Structure.RECORDS, false, Charset.ASCII, Carriage.NON_PRINT);
    private static final Shape PAGES =
            new Shape(Structure.PAGES, false, Charset.ASCII, Carriage.NON_PRINT);
    private static final Upload.Place WHOLE = new Upload.Place.Whole();

    @TempDir Path folder;

    private static FilePath path(String path) throws Refused {
        return FilePath.ROOT.resolve(path);
    }

    private static void write(Upload upload, String... records) throws Refused {
        for (var record : records) {
            upload.write(Place.octets(record), 0, record.length());
            upload.endOfRecord();
        }
    }

    private static void put(FileTree tree, Upload.Place place, Shape shape, String... records)
            throws Refused {
        try (var upload = tree.upload(path("/a"), place, shape)) {
            write(upload, records);
            upload.commit();
        }
    }

    private static String get(FileTree tree) throws Exception {
        return Place.read(tree.open(path("/a")));
    }

    private static List<Long> lengths(FileTree tree) throws Refused {
        var lengths = new ArrayList<Long>();
        var known = tree.open(path("/a")).records();
        if (known.isPresent())
            try (var all = known.get()) {
                for (long one = all.next(); one >= 0; one = all.next()) lengths.add(one);
            }
        return lengths;
    }

    private static void sound(Store store) {
        assertThat(store.check().findings())
                .filteredOn(finding -> finding.kind() != Report.Kind.UNNAMED_BLOB)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void recordsAreLinesWhereThatIsEnough(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            put(tree, WHOLE, LINES, "one", "", "three");
            assertThat(get(tree)).isEqualTo("one\n\nthree\n");
            assertThat(lengths(tree)).isEmpty();
            assertThat(tree.open(path("/a")).shape()).isEqualTo(LINES);
            put(tree, WHOLE, LINES, "one\nmore", "x".repeat(300));
            assertThat(lengths(tree)).containsExactly(8L, 300L);
            put(tree, new Upload.Place.End(), LINES, "a\nb");
            assertThat(lengths(tree)).containsExactly(8L, 300L, 3L);
            put(tree, WHOLE, RECORDS, "one", "", "\n");
            assertThat(get(tree)).isEqualTo("one\n");
            assertThat(lengths(tree)).containsExactly(3L, 0L, 1L);
            sound(store);
        }
    }

    @Test
    void whatIsAppendedInAnotherStructureLeavesNone() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            put(tree, WHOLE, RECORDS, "one");
            try (var upload = tree.upload(path("/a"), new Upload.Place.End())) {
                upload.write(Place.octets("two"), 0, 3);
                upload.commit();
            }
            assertThat(get(tree)).isEqualTo("onetwo");
            assertThat(tree.open(path("/a")).shape().structure()).isEqualTo(Structure.FILE);
            sound(store);
        }
    }

    private static void page(Upload upload, long index, String octets) throws Refused {
        upload.page(new StoredFile.Page(index, 1, octets.length(), List.of()));
        upload.write(Place.octets(octets), 0, octets.length());
    }

    @ParameterizedTest
    @EnumSource
    void betweenPagesAreHolesThatTakeNoRoom(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            try (var upload = tree.upload(path("/a"), WHOLE, PAGES)) {
                page(upload, 3, "cc");
                page(upload, 0, "");
                page(upload, 1, "bbb");
                upload.commit();
            }
            assertThat(get(tree)).isEqualTo("\0\0\0bbb\0\0\0cc");
            assertThat(tree.open(path("/a")).pages())
                    .extracting(StoredFile.Page::index)
                    .containsExactly(0L, 1L, 3L);
            sound(store);
            MessagesTest.refused(
                    Reason.OVER_QUOTA,
                    () -> {
                        try (var upload = tree.upload(path("/b"), WHOLE, PAGES)) {
                            page(upload, Long.MAX_VALUE - 1, "far");
                            upload.commit();
                        }
                    });
        }
    }

    /// TRAPS F14: a marker that was answered serves after the server began anew.
    @Test
    void f14AMarkedUploadGoesOnAfterARestart() throws Exception { // TRAPS F14
        Upload.Mark mark;
        try (var store = Place.DISK.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            put(tree, WHOLE, LINES, "old");
            try (var upload = tree.upload(path("/a"), WHOLE, LINES)) {
                write(upload, "a\nb");
                mark = upload.mark().orElseThrow();
                write(upload, "c");
                assertThat(upload.mark()).isPresent();
                write(upload, "lost");
            }
        }
        try (var store = Place.DISK.open(folder)) {
            var tree =
                    store.account(
                                    store.directory()
                                            .find(Addressee.of("bob@example.test"))
                                            .orElseThrow())
                            .files();
            assertThat(get(tree)).isEqualTo("old\n");
            put(tree, new Upload.Place.Part(mark.offset(), mark.mark()), LINES, "d");
            assertThat(get(tree)).isEqualTo("a\nb\nd\n");
            assertThat(lengths(tree)).containsExactly(3L, 1L);
            sound(store);
            MessagesTest.refused(
                    Reason.PAST_THE_END,
                    () -> tree.upload(path("/a"), new Upload.Place.Part(1, 0), LINES));
        }
    }

    @Test
    void anUploadWhoseMarksAnotherTookAwayIsRefused() throws Exception { // TRAPS F13
        try (var store = Place.MEMORY.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            try (var one = tree.upload(path("/a"), WHOLE, LINES);
                    var other = tree.upload(path("/a"), WHOLE, LINES)) {
                write(one, "one");
                assertThat(one.mark()).isPresent();
                write(other, "other");
                assertThat(other.mark()).isPresent();
                MessagesTest.refused(Reason.TOO_BUSY, one::commit);
                other.commit();
            }
            assertThat(get(tree)).isEqualTo("other\n");
            sound(store);
        }
    }

    @Test
    void aDigestStaysAsLongAsTheOctets() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            put(tree, WHOLE, LINES, "one");
            var file = tree.open(path("/a"));
            tree.keepDigest(path("/a"), file, "MD5", "00");
            tree.rename(path("/a"), path("/b"));
            assertThat(tree.open(path("/b")).digest("MD5")).contains("00");
            tree.rename(path("/b"), path("/a"));
            put(tree, WHOLE, LINES, "two");
            assertThat(tree.open(path("/a")).digest("MD5")).isEmpty();
            tree.keepDigest(path("/a"), file, "MD5", "00"); // of what it was
            assertThat(tree.open(path("/a")).digest("MD5")).isEmpty();
        }
    }
}
