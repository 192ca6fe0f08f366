package org.postroom.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

@Timeout(30)
final class StorageTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    private static final byte[] KEY = {'k'};

    private static void put(Storage storage, String value) {
        storage.commits()
                .commit(
                        1,
                        change -> {
                            change.put(KEY, value.getBytes(US_ASCII));
                            return true;
                        });
    }

    private static String get(Storage storage) {
        return storage.commits()
                .<String, RuntimeException>read(
                        1, rows -> new String(Objects.requireNonNull(rows.get(KEY)), US_ASCII));
    }

    @Test
    void whatWasCommittedIsThereTheNextTime() throws HomeRefused {
        try (var storage = Storage.open(home)) {
            put(storage, "one");
        }
        try (var storage = Storage.open(home)) {
            assertThat(get(storage)).isEqualTo("one");
            assertThat(storage.commits().version(1)).isEqualTo(1);
        }
    }

    @Test
    void theSpoolOfADeadProcessIsSwept() throws HomeRefused, IOException {
        Storage.open(home).close();
        var dead = home.resolve("store/spool/0123456789abcdef0123456789abcdef");
        Files.writeString(dead, "cut short");
        Storage.open(home).close();
        assertThat(dead).doesNotExist();
    }

    @Test
    void aSecondStoreOnTheHomeIsRefused() throws HomeRefused {
        try (var _ = Storage.open(home)) {
            assertThatThrownBy(() -> Storage.open(home))
                    .isInstanceOf(HomeRefused.class)
                    .hasMessageContaining("is in use by this process");
        }
        Storage.open(home).close();
    }

    @Test
    void aSecondProcessOnTheHomeIsRefusedAndTheHolderIsNamed()
            throws HomeRefused, IOException, InterruptedException {
        try (var _ = Storage.open(home)) {
            var second =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    LockChild.class.getName(),
                                    home.resolve("store").toString())
                            .redirectErrorStream(true)
                            .start();
            var said = new String(second.getInputStream().readAllBytes(), US_ASCII);
            second.waitFor();
            assertThat(said)
                    .contains("is in use by process " + ProcessHandle.current().pid())
                    .doesNotContain("taken");
        }
    }

    @Test
    void aNewerFormatIsRefusedAndNothingIsTouched() throws HomeRefused, IOException {
        Storage.open(home).close();
        Files.writeString(home.resolve("store/FORMAT"), "postroom store 7\n");
        assertThatThrownBy(() -> Storage.open(home))
                .isInstanceOf(HomeRefused.class)
                .hasMessageContaining("newer Postroom: its format is 7, this program knows 1");
        Files.writeString(home.resolve("store/FORMAT"), "something else\n");
        assertThatThrownBy(() -> Storage.open(home)).isInstanceOf(HomeRefused.class);
        Files.delete(home.resolve("store/FORMAT"));
        assertThatThrownBy(() -> Storage.open(home)).isInstanceOf(HomeRefused.class);
    }

    @Test
    void anOlderFormatIsUpgradedAndCopiedFirst() throws HomeRefused, IOException {
        try (var storage = Storage.open(home)) {
            put(storage, "old");
        }
        var second = new Format(List.of(storage -> put(storage, "new")));
        try (var storage = Storage.open(home, 0, second, () -> {})) {
            assertThat(get(storage)).isEqualTo("new");
        }
        assertThat(home.resolve("store/FORMAT")).hasContent("postroom store 2");
        assertThatThrownBy(() -> Storage.open(home)).isInstanceOf(HomeRefused.class);

        Files.createDirectories(home.resolve("old"));
        Files.move(home.resolve("store/before-2"), home.resolve("old/store"));
        try (var old = Storage.open(home.resolve("old"))) {
            assertThat(get(old)).isEqualTo("old");
        }
    }

    @Test
    void aCheckpointHoldsRowsAndBlobs() throws HomeRefused, IOException {
        byte[] large = new byte[2 * Blobs.SMALL];
        BlobId id;
        try (var storage = Storage.open(home);
                var draft = storage.blobs().draft()) {
            draft.write(large);
            var sealed = draft.seal();
            id = sealed.id();
            storage.commits()
                    .commit(
                            1,
                            change -> {
                                change.keep(sealed);
                                change.put(id.reference(), KEY);
                                return true;
                            });
            put(storage, "then");
            storage.checkpoint(home.resolve("copy/store"));
            put(storage, "later");
        }
        try (var copy = Storage.open(home.resolve("copy"));
                var blob = copy.blobs().open(id, large.length)) {
            assertThat(get(copy)).isEqualTo("then");
            assertThat(blob.stream().readAllBytes()).isEqualTo(large);
        }
    }
}
