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
import org.postroom.wire.Secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        steward.carryOut(new Order.DomainAdd("example.test", Optional.empty()));
        steward.carryOut(new Order.AccountAdd(BOB, new Secret("letmein")));
        var id = store.directory().find(Addressee.of(BOB)).orElseThrow();
        files = store.account(id).files();
        files.makeDirectory(FilePath.ROOT.resolve("d"));
        put("one");
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
    void aDirectoryIsListedAndCounted() {
        var listed = (Answer.Files) steward.carryOut(new Order.FilesLs(BOB + ":/d"));
        assertThat(listed.files()).extracting(Answer.FileEntry::name).containsExactly("a");
        assertThat(steward.carryOut(new Order.FilesDu(BOB + ":/")))
                .isEqualTo(new Answer.Done("3 octets in " + BOB + ":/"));
    }

    @Test
    void whatWasReplacedOrRemovedIsBroughtBack() throws Exception {
        put("second");
        var place = BOB + ":/d/a";
        var versions = (Answer.Versions) steward.carryOut(new Order.FilesVersions(place));
        assertThat(versions.versions()).extracting(Answer.Version::size).containsExactly(3L);
        steward.carryOut(
                new Order.FilesRestore(
                        place, Optional.of(versions.versions().getFirst().replaced())));
        assertThat(size()).isEqualTo(3);
        steward.carryOut(new Order.FilesRm(place, false));
        steward.carryOut(new Order.FilesRestore(place, Optional.empty()));
        assertThat(size()).isEqualTo(3);
    }

    @Test
    void aDirectoryGoesWithAllInItWhenThatIsSaid() {
        assertThat(steward.carryOut(new Order.FilesRm(BOB + ":/d", false)))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.why()).contains("--recursive"));
        assertThat(steward.carryOut(new Order.FilesRm(BOB + ":/d", true)))
                .isInstanceOf(Answer.Done.class);
        assertThat(steward.carryOut(new Order.FilesLs(BOB + ":/d")))
                .isInstanceOf(Answer.Failed.class);
    }

    @Test
    void whatIsNoPlaceIsToldSo() {
        for (var place : new String[] {"bob", BOB, BOB + ":d", "nobody@example.test:/"})
            assertThat(steward.carryOut(new Order.FilesLs(place)))
                    .isInstanceOf(Answer.Failed.class);
    }
}
