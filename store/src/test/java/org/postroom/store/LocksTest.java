package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.store.Lock.Terms;
import org.postroom.store.Refused.Reason;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class LocksTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Terms FILE = new Terms(true, false, "<owner>me</owner>");
    private static final Terms DEEP = new Terms(true, true, "");
    private static final Terms SHARED = new Terms(false, true, "");

    @TempDir Path folder;

    private static FilePath path(String path) throws Refused {
        return FilePath.ROOT.resolve(path);
    }

    private static void put(FileTree tree, String path) throws Refused {
        try (var upload = tree.upload(path(path), new Upload.Place.Whole())) {
            upload.write(Place.octets("text"), 0, 4);
            upload.commit();
        }
    }

    private static FileTree furnished(Store store) throws Refused {
        var tree = Place.account(store, "bob@example.test").files();
        for (var directory : List.of("/d", "/d/e", "/x")) tree.makeDirectory(path(directory));
        for (var file : List.of("/a", "/d/f", "/d/e/g", "/x/y")) put(tree, file);
        return tree;
    }

    /// Somebody who knows no lock does something.
    private interface Deed {
        void on(FileTree tree) throws Refused;
    }

    private static void locked(FileTree tree, String where, Deed deed) throws Refused {
        var root = path(where);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> deed.on(tree))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(Reason.LOCKED);
                            assertThat(refused.where()).contains(root);
                        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLockedChangesForItsHolderAlone(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var tree = furnished(store);
            put(tree, "/a"); // leaves a version
            var version = tree.versions(path("/a")).getFirst().replaced();
            var token = tree.lock(path("/a"), FILE, HOUR).lock().token();
            var holder = tree.holding(Set.of(token));
            for (Deed deed :
                    List.<Deed>of(
                            it -> put(it, "/a"),
                            it -> it.upload(path("/a"), new Upload.Place.End()),
                            it -> it.setModified(path("/a"), Place.WHEN),
                            it -> it.copy(path("/x/y"), path("/a")),
                            it -> it.restore(path("/a"), version),
                            it -> it.setProperties(path("/a"), Map.of("n", Optional.of("v"))))) {
                locked(tree, "/a", deed);
                deed.on(holder);
            }
            for (Deed deed :
                    List.<Deed>of(
                            it -> it.removeFile(path("/a")),
                            it -> it.rename(path("/a"), path("/b")),
                            it -> it.rename(path("/x/y"), path("/a")),
                            it -> it.combine(path("/a"), List.of(path("/d/f"))),
                            it -> it.combine(path("/d/f"), List.of(path("/a")))))
                locked(tree, "/a", deed);
            // RFC 4918 §7.6: what comes to a locked place is locked
            holder.rename(path("/x/y"), path("/a"));
            locked(tree, "/a", it -> put(it, "/a"));
            tree.copy(path("/a"), path("/copy"));
            put(tree, "/copy");
            holder.rename(path("/a"), path("/b"));
            assertThat(tree.locks()).isEmpty();
            put(tree, "/b");
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void aLockThatCameWhileOctetsDidStopsTheirCommit() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = furnished(store);
            try (var upload = tree.upload(path("/a"), new Upload.Place.Whole())) {
                upload.write(Place.octets("mine"), 0, 4);
                tree.lock(path("/a"), FILE, HOUR);
                locked(tree, "/a", _ -> upload.commit());
            }
            assertThat(Place.read(tree.open(path("/a")))).isEqualTo("text");
        }
    }

    /// RFC 4918 §7.4
    @ParameterizedTest
    @EnumSource
    void aDirectorysLockIsOfItsNamesOrOfAllBelow(Place place) throws Exception {
        String token;
        try (var store = place.open(folder)) {
            var tree = furnished(store);
            token = tree.lock(path("/d"), FILE, HOUR).lock().token();
            for (Deed deed :
                    List.<Deed>of(
                            it -> put(it, "/d/new"),
                            it -> it.makeDirectory(path("/d/new")),
                            it -> it.rename(path("/x"), path("/d/x")),
                            it -> it.rename(path("/d/f"), path("/f")),
                            it -> it.removeFile(path("/d/f")),
                            it -> it.removeTree(path("/d/e"), () -> false),
                            it -> it.removeTree(path("/d"), () -> false))) locked(tree, "/d", deed);
            put(tree, "/d/f");
            put(tree, "/d/e/new");
            tree.unlock(path("/d"), token);
            token = tree.lock(path("/d"), DEEP, HOUR).lock().token();
            locked(tree, "/d", it -> put(it, "/d/f"));
            locked(tree, "/d", it -> put(it, "/d/e/new"));
            locked(tree, "/d", it -> it.rename(path("/x/y"), path("/d/e/y")));
            put(tree, "/x/y");
            assertThat(tree.locks().getFirst().covers(path("/d/e/g"))).isTrue();
            assertThat(tree.locks().getFirst().covers(path("/dd"))).isFalse();
            assertThat(store.check().findings()).isEmpty();
        }
        if (place == Place.MEMORY) return;
        try (var store = place.open(folder)) {
            var tree =
                    store.account(
                                    store.directory()
                                            .find(Addressee.of("bob@example.test"))
                                            .orElseThrow())
                            .files();
            locked(tree, "/d", it -> put(it, "/d/f"));
            tree.holding(Set.of(token)).removeTree(path("/d"), () -> false);
            assertThat(tree.locks()).isEmpty();
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void aLockBelowKeepsTheTreeWhole() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = furnished(store);
            var token = tree.lock(path("/d/e/g"), FILE, HOUR).lock().token();
            locked(tree, "/d/e/g", it -> it.removeTree(path("/d"), () -> false));
            locked(tree, "/d/e/g", it -> it.rename(path("/d"), path("/z")));
            assertThat(tree.resolve(path("/d/f")).size()).isEqualTo(4);
            tree.holding(Set.of(token)).rename(path("/d"), path("/z"));
            assertThat(tree.locks()).isEmpty();
        }
    }

    /// RFC 4918 §9.10.5
    @Test
    void exclusiveLocksStandAloneAndSharedOnesTogether() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = furnished(store);
            var one = tree.lock(path("/d"), SHARED, HOUR).lock().token();
            var two = tree.lock(path("/d/f"), SHARED, HOUR).lock().token();
            locked(tree, "/d", it -> it.lock(path("/d/f"), FILE, HOUR));
            locked(tree, "/d", it -> it.lock(path("/d"), FILE, HOUR));
            locked(tree, "/d", it -> it.lock(FilePath.ROOT, DEEP, HOUR));
            locked(tree, "/d", it -> put(it, "/d/f"));
            put(tree.holding(Set.of(one)), "/d/f"); // one of them is enough
            put(tree.holding(Set.of(two)), "/d/f");
            locked(tree, "/d", it -> put(it.holding(Set.of(two)), "/d/e/g"));
            tree.lock(path("/x"), FILE, HOUR);
            tree.lock(path("/x/y"), FILE, HOUR); // the names above are another matter
            locked(tree, "/x", it -> it.lock(path("/x/new"), FILE, HOUR));
        }
    }

    /// RFC 4918 §7.3
    @ParameterizedTest
    @EnumSource
    void aNameThatIsFreeIsLockedByAnEmptyFile(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var tree = furnished(store);
            var taken = tree.lock(path("/new"), FILE, HOUR);
            assertThat(taken.made()).isTrue();
            assertThat(tree.resolve(path("/new")).size()).isZero();
            assertThat(taken.lock().root()).isEqualTo(path("/new"));
            assertThat(taken.lock().terms()).isEqualTo(FILE);
            assertThat(tree.locks()).containsExactly(taken.lock());
            var longer = tree.prolong(path("/new"), taken.lock().token(), HOUR.multipliedBy(2));
            assertThat(longer.ends()).isAfter(taken.lock().ends().plus(HOUR).minusSeconds(1));
            MessagesTest.refused(
                    Reason.NO_SUCH_LOCK, () -> tree.unlock(path("/a"), taken.lock().token()));
            tree.unlock(path("/new"), taken.lock().token());
            put(tree, "/new");
            MessagesTest.refused(
                    Reason.NO_SUCH_LOCK, () -> tree.unlock(path("/new"), taken.lock().token()));
            MessagesTest.refused(Reason.NO_SUCH_FILE, () -> tree.lock(path("/no/new"), FILE, HOUR));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void aLockWhoseTimeIsOverIsNone() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = furnished(store);
            var over = tree.lock(path("/d"), DEEP, Duration.ZERO).lock();
            assertThat(tree.locks()).isEmpty();
            put(tree, "/d/f");
            tree.lock(path("/d"), DEEP, HOUR);
            MessagesTest.refused(
                    Reason.NO_SUCH_LOCK, () -> tree.prolong(path("/d"), over.token(), HOUR));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    /// Attack: a flood of locks.
    @Test
    void anAccountHasAThousandLocks() throws Exception {
        try (var store = Place.MEMORY.open(folder)) {
            var tree = furnished(store);
            for (int i = 0; i < 1_000; i++) tree.lock(path("/x/y"), SHARED, HOUR);
            MessagesTest.refused(Reason.TOO_MANY_LOCKS, () -> tree.lock(path("/a"), SHARED, HOUR));
            put(tree, "/d/f");
            var wordy = new Terms(true, false, "x".repeat(5_000));
            tree.unlock(path("/x/y"), tree.locks().getFirst().token());
            MessagesTest.refused(Reason.TOO_MANY_LOCKS, () -> tree.lock(path("/a"), wordy, HOUR));
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void propertiesGoWithTheirFileAndAreCopied(Place place) throws Exception {
        try (var store = place.open(folder)) {
            var account = Place.account(store, "bob@example.test");
            var tree = account.files();
            tree.makeDirectory(path("/d"));
            put(tree, "/d/f");
            put(tree, "/d/g");
            var some = Map.of("one", Optional.of("1"), "two", Optional.of("zwei"));
            tree.setProperties(path("/d"), some);
            tree.setProperties(path("/d/f"), some);
            tree.setProperties(
                    path("/d/f"), Map.of("two", Optional.empty(), "no", Optional.empty()));
            assertThat(account.quota().used()).isEqualTo(4 + 4 + 11 + 4);
            put(tree, "/d/f");
            tree.rename(path("/d/f"), path("/d/h"));
            assertThat(tree.copyTree(path("/d"), path("/e"), () -> false)).isEmpty();
            assertThat(tree.properties(tree.resolve(path("/e"))))
                    .isEqualTo(Map.of("one", "1", "two", "zwei"));
            var nodes = tree.list(tree.resolve(path("/e")), null).nodes();
            assertThat(nodes).extracting(Node::name).containsExactly("g", "h");
            assertThat(tree.properties(nodes)).isEqualTo(List.of(Map.of(), Map.of("one", "1")));
            assertThat(store.check().findings()).isEmpty();
            tree.copy(path("/d/g"), path("/e/h"));
            assertThat(tree.properties(tree.resolve(path("/e/h")))).isEmpty();
            var much = Map.of("much", Optional.of("x".repeat(300_000)));
            MessagesTest.refused(
                    Reason.TOO_MANY_PROPERTIES, () -> tree.setProperties(path("/d/g"), much));
            for (var directory : List.of("/d", "/e")) tree.removeTree(path(directory), () -> false);
            assertThat(account.quota().used()).isZero();
            assertThat(store.check().findings()).isEmpty();
        }
    }

    @Test
    void aCopyTellsWhatItLacks() throws Exception {
        var settings = StoreSettings.standard().withQuota(30);
        try (var store = Place.MEMORY.open(folder, settings)) {
            var tree = furnished(store); // 16 octets
            tree.makeDirectory(path("/d/h"));
            put(tree, "/d/h/i"); // 20
            put(tree, "/d/h/j"); // 24
            var failures = tree.copyTree(path("/d"), path("/z"), () -> false);
            assertThat(failures).hasSize(1);
            assertThat(failures.getFirst().why().reason()).isEqualTo(Reason.OVER_QUOTA);
            assertThat(failures.getFirst().path().isWithin(path("/z"))).isTrue();
            MessagesTest.refused(
                    Reason.INTO_ITSELF,
                    () -> tree.copyTree(path("/d"), path("/d/e/z"), () -> false));
            MessagesTest.refused(
                    Reason.NAME_TAKEN, () -> tree.copyTree(path("/d"), path("/x"), () -> false));
            assertThat(store.check().findings()).isEmpty();
        }
    }
}
