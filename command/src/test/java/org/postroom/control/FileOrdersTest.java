package org.postroom.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.store.Addressee;
import org.postroom.store.FilePath;
import org.postroom.store.FileTree;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.Upload;
import org.postroom.wire.Departure;
import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class FileOrdersTest {

    private static final String BOB = "bob@example.test";

    @TempDir Path folder;
    private Store store;
    private Steward steward;
    private FileTree files;

    @BeforeEach
    void begin() throws Exception {
        store = Store.inMemory(folder, StoreSettings.standard());
        steward = new Steward(store, Optional.empty());
        carryOut(new Order.DomainAdd("example.test", Optional.empty()));
        carryOut(new Order.AccountAdd(BOB, new Secret("letmein")));
        var id = store.directory().find(Addressee.of(BOB)).orElseThrow();
        files = store.account(id).files();
        files.makeDirectory(FilePath.ROOT.resolve("d"));
        put("one");
    }

    private Answer carryOut(Order order) throws Departure {
        return steward.carryOut(order, _ -> {});
    }

    @AfterEach
    void end() {
        store.close();
    }

    private void put(String text) throws Refused {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        try (var upload = files.upload(FilePath.ROOT.resolve("/d/a"), new Upload.Place.Whole())) {
            upload.write(octets, 0, octets.length);
            upload.commit();
        }
    }

    private long size() throws Refused {
        return files.resolve(FilePath.ROOT.resolve("/d/a")).size();
    }

    @Test
    void aDirectoryIsListedAndCounted() throws Exception {
        var listed = (Answer.Files) carryOut(new Order.FilesLs(BOB + ":/d"));
        assertThat(listed.files()).extracting(Answer.FileEntry::name).containsExactly("a");
        assertThat(carryOut(new Order.FilesDu(BOB + ":/")))
                .isEqualTo(new Answer.Done("3 octets in " + BOB + ":/"));
    }

    @Test
    void whatWasReplacedOrRemovedIsBroughtBack() throws Exception {
        put("second");
        var place = BOB + ":/d/a";
        var versions = (Answer.Versions) carryOut(new Order.FilesVersions(place));
        assertThat(versions.versions()).extracting(Answer.Version::size).containsExactly(3L);
        carryOut(
                new Order.FilesRestore(
                        place, Optional.of(versions.versions().getFirst().replaced())));
        assertThat(size()).isEqualTo(3);
        carryOut(new Order.FilesRm(place, false));
        carryOut(new Order.FilesRestore(place, Optional.empty()));
        assertThat(size()).isEqualTo(3);
    }

    @Test
    void aDirectoryGoesWithAllInItWhenThatIsSaid() throws Exception {
        assertThat(carryOut(new Order.FilesRm(BOB + ":/d", false)))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.why()).contains("--recursive"));
        assertThat(carryOut(new Order.FilesRm(BOB + ":/d", true))).isInstanceOf(Answer.Done.class);
        assertThat(carryOut(new Order.FilesLs(BOB + ":/d"))).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void aTreeGoesOutAndInAndTwiceCopiesNothing() throws Exception {
        var out = folder.resolve("out");
        assertThat(carryOut(new Order.FilesExport(BOB + ":/", out.toString())))
                .isEqualTo(new Answer.Done("1 file copied, 3 octets."));
        assertThat(Files.readString(out.resolve("d/a"))).isEqualTo("one");
        Files.write(out.resolve("large"), new byte[3_000_000]);
        Files.createSymbolicLink(out.resolve("link"), Path.of("/etc/passwd"));
        var back = new Order.FilesImport(BOB + ":/copy", out.toString());
        assertThat(carryOut(back)).isEqualTo(new Answer.Done("2 files copied, 3000003 octets."));
        assertThat(carryOut(back))
                .isEqualTo(new Answer.Done("0 files copied, 0 octets; 2 were there already."));
        assertThat(carryOut(new Order.FilesExport(BOB + ":/copy", out.toString())))
                .isEqualTo(new Answer.Done("0 files copied, 0 octets; 2 were there already."));
        assertThat(carryOut(new Order.FilesLs(BOB + ":/copy/link")))
                .isInstanceOf(Answer.Failed.class);
    }

    @Test
    void aFileGoesOutAndInUnderAnotherNameOrItsOwn() throws Exception {
        var file = folder.resolve("b");
        carryOut(new Order.FilesGet(BOB + ":/d/a", file.toString()));
        assertThat(Files.readString(file)).isEqualTo("one");
        Files.writeString(file, "other");
        carryOut(new Order.FilesPut(BOB + ":/d", file.toString()));
        carryOut(new Order.FilesPut(BOB + ":/d/a", file.toString()));
        assertThat(size()).isEqualTo(5);
        assertThat(files.resolve(FilePath.ROOT.resolve("/d/b")).size()).isEqualTo(5);
        for (var wrong :
                List.of(
                        new Order.FilesPut(BOB + ":/d/c", folder.resolve("none").toString()),
                        new Order.FilesPut(BOB + ":/d/c", folder.toString()),
                        new Order.FilesGet(BOB + ":/d", file.toString()),
                        new Order.FilesGet(BOB + ":/none", file.toString())))
            assertThat(carryOut(wrong)).isInstanceOf(Answer.Failed.class);
        assertThat(Files.readString(file)).isEqualTo("other");
    }

    @Test
    void whatIsNoPlaceIsToldSo() throws Exception {
        for (var place : new String[] {"bob", BOB, BOB + ":d", "nobody@example.test:/"})
            assertThat(carryOut(new Order.FilesLs(place))).isInstanceOf(Answer.Failed.class);
    }
}
