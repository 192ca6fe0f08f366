package org.postroom.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Fills a small disk with letters until they are refused, makes room, goes on, and finds again all
/// that was acknowledged: without a restart, and after one.
final class FullDiskChild {

    private static final long FLOOR = 1 << 20;
    private static final long ALICE = 1;

    private final List<Sealed> kept = new ArrayList<>();
    private final Random random = new Random(1);

    private FullDiskChild() {}

    /// @param args the home, whose `store` is a small disk; and `floor` or `none`
    static void main(String[] args) throws HomeRefused, IOException {
        new FullDiskChild().run(Path.of(args[0]), args[1].equals("floor"));
        System.out.println("all well");
    }

    private void run(Path home, boolean floor) throws HomeRefused, IOException {
        var ballast = home.resolve("store/ballast");
        try (var storage = Storage.open(home, floor ? FLOOR : 0)) {
            keep(storage, 10_000);
            Files.write(ballast, noise(floor ? 2 << 20 : 5 << 20));
            fill(storage, floor, 50_000);
            fill(storage, floor, Blobs.SMALL + 1);
            check(storage);
            if (floor) {
                assertThatThrownBy(() -> storage.blobs().demandRoom()).isInstanceOf(DiskFull.class);
                forget(storage); // room is made by deleting, so there must be room to delete
            }
            Files.delete(ballast);
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .untilAsserted(() -> keep(storage, 10_000));
            check(storage);
        }
        try (var storage = Storage.open(home, 0)) {
            check(storage);
            assertThat(storage.commits().version(ALICE)).isGreaterThanOrEqualTo(kept.size());
        }
    }

    private void fill(Storage storage, boolean floor, int size) {
        int most = 1000;
        while (most-- > 0)
            try {
                keep(storage, size);
            } catch (DiskFull full) {
                return;
            } catch (Fault fault) {
                if (floor) throw fault;
                return;
            }
        throw new AssertionError("the disk is not full");
    }

    private void keep(Storage storage, int size) {
        try (var draft = storage.blobs().draft()) {
            draft.write(noise(size));
            var sealed = draft.seal();
            storage.commits()
                    .commit(
                            ALICE,
                            change -> {
                                change.keep(sealed);
                                change.put(sealed.id().reference(), new byte[1]);
                                return true;
                            });
            kept.add(sealed);
        }
    }

    private void forget(Storage storage) {
        var gone = kept.removeLast();
        storage.commits()
                .commit(
                        ALICE,
                        change -> {
                            change.delete(gone.id().reference());
                            return true;
                        });
    }

    private void check(Storage storage) throws IOException {
        for (var sealed : kept)
            try (var blob = storage.blobs().open(sealed.id(), sealed.size())) {
                assertThat(blob.stream().readAllBytes()).hasSize((int) sealed.size());
            }
    }

    private byte[] noise(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
