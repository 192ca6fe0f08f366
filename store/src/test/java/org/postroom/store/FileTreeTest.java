package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Refused.Reason;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class FileTreeTest {

    @TempDir Path folder;

    private static FilePath path(String path) throws Refused {
        return FilePath.ROOT.resolve(path);
    }

    private static Node put(FileTree tree, String path, Upload.Place place, String text)
            throws Refused {
        try (var upload = tree.upload(path(path), place)) {
            byte[] octets = Place.octets(text);
            upload.write(octets, 0, octets.length);
            return upload.commit();
        }
    }

    private static Node put(FileTree tree, String path, String text) throws Refused {
        return put(tree, path, new Upload.Place.Whole(), text);
    }

    private static void keep(FileTree tree, String path, Upload.Place place, String text)
            throws Refused {
        try (var upload = tree.upload(path(path), place)) {
            upload.write(Place.octets(text), 0, text.length());
            upload.keep();
        }
    }

    private static String get(FileTree tree, String path) throws Exception {
        return Place.read(tree.open(path(path)));
    }

    @Test
    void pathsAreResolvedByArithmetic() throws Exception {
        var here = path("/a/b");
        assertThat(here.resolve("c")).hasToString("/a/b/c");
        assertThat(here.resolve("../.././../x//y/")).hasToString("/x/y");
        assertThat(here.resolve("/")).isEqualTo(FilePath.ROOT).hasToString("/");
        assertThat(FilePath.ROOT.parent()).isEqualTo(FilePath.ROOT);
        for (var bad : List.of("a\0b", "a\rb", "a\nb", "\udc00", "x".repeat(256), "a/".repeat(129)))
            MessagesTest.refused(Reason.BAD_NAME, () -> path(bad));
    }

    @ParameterizedTest
    @EnumSource
    void anyLegalNameComesBackAsItWentIn(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            var names =
                    List.of(
                            " lead",
                            "trail ",
                            "*?[]",
                            "\"q\"",
                            "tab\there",
                            "u\u0308",
                            "\u00fc",
                            "\ud83d\ude00",
                            "...");
            for (var name : names) put(tree, "/" + name, name);
            var found = tree.list(tree.resolve(FilePath.ROOT), null);
            assertThat(found.nodes())
                    .extracting(Node::name)
                    .containsExactlyInAnyOrderElementsOf(names);
            for (var name : names) assertThat(get(tree, "/" + name)).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsWhatWasUploadedLast(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var tree = account.files();
            String large = "0123456789abcdef".repeat(40_000);
            var first = put(tree, "/a", "short");
            var second = put(tree, "/a", large);
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(get(tree, "/a")).isEqualTo(large);
            put(tree, "/a", new Upload.Place.End(), "tail");
            put(tree, "/a", new Upload.Place.From(large.length() + 1L), "AIL");
            assertThat(get(tree, "/a")).isEqualTo(large + "tAIL");
            try (var in = tree.open(path("/a")).read(large.length() - 2L, 4)) {
                assertThat(in.readAllBytes()).isEqualTo(Place.octets("eftA"));
            }
            MessagesTest.refused(
                    Reason.PAST_THE_END,
                    () -> put(tree, "/a", new Upload.Place.From(large.length() + 5L), "x"));
            put(tree, "/a", new Upload.Place.From(3), "");
            assertThat(get(tree, "/a")).isEqualTo("012");
            put(tree, "/a", "");
            assertThat(tree.resolve(path("/a")).size()).isZero();
            assertThat(account.quota()).isEqualTo(new Quota(0, 0, 0, 1));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoUploadsOfOneNameNeverMixAndAReaderKeepsTheOld(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            put(tree, "/a", "old");
            var old = tree.open(path("/a"));
            try (var one = tree.upload(path("/a"), new Upload.Place.Whole());
                    var two = tree.upload(path("/a"), new Upload.Place.Whole())) {
                one.write(Place.octets("one"), 0, 3);
                two.write(Place.octets("second"), 0, 6);
                one.write(Place.octets("one"), 0, 3);
                assertThat(get(tree, "/a")).isEqualTo("old");
                two.commit();
                assertThat(get(tree, "/a")).isEqualTo("second");
                one.commit();
            }
            assertThat(get(tree, "/a")).isEqualTo("oneone");
            assertThat(Place.read(old)).isEqualTo("old");
            try (var dropped = tree.upload(path("/a"), new Upload.Place.Whole())) {
                dropped.write(Place.octets("never"), 0, 5);
            }
            assertThat(get(tree, "/a")).isEqualTo("oneone");
            assertThat(store.check().findings()).isEmpty();
            store.sweep(Duration.ZERO);
            assertThat(get(tree, "/a")).isEqualTo("oneone");
            assertThat(store.check().blobs()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void directoriesAreMadeMovedAndRemoved(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var tree = account.files();
            var a = tree.makeDirectory(path("/a"));
            tree.makeDirectory(path("/a/b"));
            put(tree, "/a/b/f", "text");
            MessagesTest.refused(Reason.NAME_TAKEN, () -> tree.makeDirectory(path("/a/b/f")));
            MessagesTest.refused(Reason.NO_SUCH_FILE, () -> tree.makeDirectory(path("/x/y")));
            MessagesTest.refused(Reason.NOT_A_DIRECTORY, () -> put(tree, "/a/b/f/g", "x"));
            MessagesTest.refused(Reason.IS_A_DIRECTORY, () -> put(tree, "/a", "x"));
            MessagesTest.refused(Reason.NOT_EMPTY, () -> tree.removeDirectory(path("/a")));
            MessagesTest.refused(Reason.INTO_ITSELF, () -> tree.rename(path("/a"), path("/a/b/c")));
            MessagesTest.refused(Reason.IS_A_DIRECTORY, () -> tree.removeFile(path("/a")));
            MessagesTest.refused(
                    Reason.NOT_A_DIRECTORY, () -> tree.removeDirectory(path("/a/b/f")));
            assertThat(tree.rename(path("/a"), path("/z")).id()).isEqualTo(a.id());
            assertThat(get(tree, "/z/b/f")).isEqualTo("text");
            put(tree, "/g", "other");
            tree.rename(path("/z/b/f"), path("/g"));
            assertThat(get(tree, "/g")).isEqualTo("text");
            MessagesTest.refused(Reason.NAME_TAKEN, () -> tree.rename(path("/g"), path("/z")));
            assertThat(account.quota()).isEqualTo(new Quota(0, 4, 0, 1));
            tree.removeFile(path("/g"));
            tree.removeDirectory(path("/z/b"));
            tree.removeDirectory(path("/z"));
            assertThat(tree.list(tree.resolve(FilePath.ROOT), null).nodes()).isEmpty();
            assertThat(account.quota()).isEqualTo(new Quota(0, 0, 0, 0));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void aListingComesInPagesOfOneOrder() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            var dir = tree.makeDirectory(path("/d"));
            for (int i = 0; i < 2_345; i++) tree.makeDirectory(path("/d/" + i));
            var names = new ArrayList<String>();
            String next = null;
            do {
                var page = tree.list(dir, next);
                page.nodes().forEach(node -> names.add(node.name()));
                next = page.next();
            } while (next != null);
            assertThat(names).hasSize(2_345).isSorted().doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void quotaIsTakenBeforeTheBytesAndGivenBack(Place place) throws Exception {
        var settings = StoreSettings.standard().withQuota(100);
        try (var store = place.open(folder, settings)) {
            var account = Place.account(store, "bob@example.test");
            var tree = account.files();
            put(tree, "/a", "x".repeat(80));
            try (var upload = tree.upload(path("/b"), new Upload.Place.Whole())) {
                upload.write(new byte[15], 0, 15);
                MessagesTest.refused(Reason.OVER_QUOTA, () -> upload.write(new byte[6], 0, 6));
                MessagesTest.refused(Reason.OVER_QUOTA, () -> put(tree, "/c", "y".repeat(6)));
            }
            put(tree, "/c", "y".repeat(20));
            put(tree, "/a", "x".repeat(80)); // takes the old one's room
            assertThat(account.quota()).isEqualTo(new Quota(100, 100, 0, 2));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDiedUploadIsContinued(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var tree = account.files();
            keep(tree, "/a", new Upload.Place.Whole(), "first ");
            MessagesTest.refused(Reason.NO_SUCH_FILE, () -> tree.resolve(path("/a")));
            assertThat(tree.part(path("/a")).orElseThrow().size()).isEqualTo(6);
            keep(tree, "/a", new Upload.Place.End(), "second ");
            assertThat(account.quota()).isEqualTo(new Quota(0, 13, 0, 0));
            assertThat(store.check().findings()).isEmpty();
            put(tree, "/a", new Upload.Place.From(6), "third");
            assertThat(get(tree, "/a")).isEqualTo("first third");
            assertThat(tree.part(path("/a"))).isEmpty();
            assertThat(account.quota()).isEqualTo(new Quota(0, 11, 0, 1));

            keep(tree, "/a", new Upload.Place.Whole(), "half");
            assertThat(get(tree, "/a")).isEqualTo("first third");
            assertThat(store.check().sound()).isTrue();
            store.sweep(Duration.ZERO);
            assertThat(tree.part(path("/a"))).isEmpty();
            assertThat(account.quota()).isEqualTo(new Quota(0, 11, 0, 1));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void aThousandAppendsBecomeOneStretch() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var tree = account.files();
            String large = "y".repeat(2 << 20);
            put(tree, "/log", large);
            for (int i = 0; i < 1_001; i++) put(tree, "/log", new Upload.Place.End(), "x");
            var row = account.<FileRow, Refused>read(rows -> Walk.file(rows, path("/log")).row());
            assertThat(row.extents()).hasSize(3);
            assertThat(get(tree, "/log")).isEqualTo(large + "x".repeat(1_001));
            assertThat(account.quota()).isEqualTo(new Quota(0, large.length() + 1_001L, 0, 1));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void theTimeCanBeSet() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = Place.account(store, "bob@example.test").files();
            put(tree, "/a", "x");
            var when = Instant.parse("1999-12-31T23:59:59Z");
            assertThat(tree.setModified(path("/a"), when).modified()).isEqualTo(when);
            assertThat(tree.resolve(path("/a")).modified()).isEqualTo(when);
            assertThat(get(tree, "/a")).isEqualTo("x");
        }
    }
}
