package org.postroom.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

@Timeout(20)
final class BlobsTest {

    private static final long ALICE = 11;
    private static final long BOB = 12;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Storage storage;

    @SuppressWarnings("NullAway.Init")
    private Blobs blobs;

    @BeforeEach
    void open() {
        storage = Storage.inMemory(folder);
        blobs = storage.blobs();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private Sealed keep(long partition, byte[] bytes) {
        try (var draft = blobs.draft()) {
            draft.write(bytes);
            var sealed = draft.seal();
            storage.commits().commit(partition, change -> refer(change, sealed));
            return sealed;
        }
    }

    private static boolean refer(Change change, Sealed sealed) {
        change.keep(sealed);
        change.put(sealed.id().reference(), new byte[1]);
        return true;
    }

    private void forget(long partition, Sealed sealed) {
        storage.commits()
                .commit(
                        partition,
                        change -> {
                            change.delete(sealed.id().reference());
                            return true;
                        });
    }

    private byte[] read(Sealed sealed) throws IOException {
        try (var blob = blobs.open(sealed.id(), sealed.size());
                var stream = blob.stream()) {
            return stream.readAllBytes();
        }
    }

    private List<String> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    @Test
    void whatWasKeptIsReadBackWhateverItsSize() throws IOException {
        for (int size :
                new int[] {0, 1, 8191, 8193, Blobs.SMALL, Blobs.SMALL + 1, 3 * Blobs.SMALL + 7}) {
            var sealed = keep(ALICE, noise(size));
            assertThat(sealed.size()).isEqualTo(size);
            assertThat(read(sealed)).as("%d bytes", size).isEqualTo(noise(size));
        }
        assertThat(files()).hasSize(2);
    }

    @Test
    void aBlobIsReadAtAnyPlace() {
        for (int size : new int[] {10_000, 2 * Blobs.SMALL}) {
            byte[] bytes = noise(size);
            var sealed = keep(ALICE, bytes);
            try (var blob = blobs.open(sealed.id(), size)) {
                byte[] into = new byte[100];
                assertThat(blob.read(5000, into, 10, 50)).isEqualTo(50);
                assertThat(into)
                        .startsWith(new byte[10])
                        .contains(bytes[5049], org.assertj.core.data.Index.atIndex(59));
                assertThat(blob.read(size - 7L, into, 0, 100)).isEqualTo(7);
                assertThat(blob.read(size, into, 0, 100)).isZero();
                assertThat(blob.read(size + 9L, into, 0, 100)).isZero();
            }
        }
    }

    @Test
    void aSealedBlobIsReadBeforeItIsKept() throws IOException {
        for (int size : new int[] {100, 2 * Blobs.SMALL})
            try (var draft = blobs.draft()) {
                draft.write(noise(size));
                try (var blob = blobs.open(draft.seal())) {
                    assertThat(blob.stream().readAllBytes()).isEqualTo(noise(size));
                }
            }
    }

    @Test
    void aDraftThatIsNotKeptLeavesNothing() throws IOException {
        try (var draft = blobs.draft()) {
            draft.write(noise(2 * Blobs.SMALL));
            assertThat(files()).hasSize(1);
        }
        assertThat(files()).isEmpty();
        try (var draft = blobs.draft()) {
            draft.write(noise(2 * Blobs.SMALL));
            draft.seal();
        }
        assertThat(files()).isEmpty();
        try (var draft = blobs.draft()) {
            draft.write(noise(2 * Blobs.SMALL));
            var sealed = draft.seal();
            assertThatThrownBy(() ->
                            storage.commits()
                                    .commit(
                                            ALICE,
                                            change -> {
                                                refer(change, sealed);
                                                throw new ArithmeticException("refused");
                                            }))
                    .isInstanceOf(ArithmeticException.class);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aBlobThatIsNotThereIsAFault() {
        assertThatThrownBy(() -> blobs.open(BlobId.random(), 5)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> blobs.open(BlobId.random(), 5_000_000)).isInstanceOf(Fault.class);
    }

    @Test
    void manyLargeDraftsGoToTheSpoolBeforeMemoryIsFull() throws IOException {
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < 400; i++) { // 400 times 256 KiB is more than drafts may hold
            var draft = blobs.draft();
            draft.write(noise(Blobs.SMALL));
            drafts.add(draft);
        }
        assertThat(files()).isNotEmpty();
        var last = drafts.getLast().seal();
        storage.commits().commit(ALICE, change -> refer(change, last));
        drafts.forEach(Draft::close);
        assertThat(read(last)).isEqualTo(noise(Blobs.SMALL));
        assertThat(files()).hasSize(1);
    }

    @Test
    void aSweepRemovesWhatNobodyNames() throws IOException {
        var small = keep(ALICE, noise(10));
        var large = keep(ALICE, noise(2 * Blobs.SMALL));
        var shared = keep(ALICE, noise(20));
        storage.commits().commit(BOB, change -> refer(change, shared));
        assertThat(blobs.sweep(Duration.ZERO)).isEqualTo(new Blobs.Swept(0, 0));
        forget(ALICE, small);
        forget(ALICE, large);
        forget(ALICE, shared);
        assertThat(blobs.sweep(Duration.ofDays(1))).isEqualTo(new Blobs.Swept(0, 0));
        assertThat(blobs.sweep(Duration.ofSeconds(-1)))
                .isEqualTo(new Blobs.Swept(2, 10 + 2 * Blobs.SMALL));
        assertThatThrownBy(() -> blobs.open(small.id(), small.size())).isInstanceOf(Fault.class);
        assertThat(files()).isEmpty();
        assertThat(read(shared)).isEqualTo(noise(20));
    }

    @Test
    void aSweepLeavesWhatIsSealedAndAboutToBeKept() throws IOException {
        try (var draft = blobs.draft()) {
            draft.write(noise(2 * Blobs.SMALL));
            var sealed = draft.seal();
            blobs.sweep(Duration.ofSeconds(-1));
            storage.commits().commit(ALICE, change -> refer(change, sealed));
            assertThat(read(sealed)).hasSize(2 * Blobs.SMALL);
        }
    }

    /// A reference wanders from account to account while sweeps look at one after the other.
    @Test
    void aReferenceThatMovesDuringASweepIsNotMissed() throws InterruptedException, IOException {
        var wanderer = keep(100, noise(30));
        var done = new java.util.concurrent.atomic.AtomicBoolean();
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        var moving =
                Thread.ofVirtual()
                        .start(() -> {
                            for (long at = 100; !done.get(); at = at == 100 ? 1 : at + 1) {
                                long next = at == 100 ? 1 : at + 1;
                                storage.commits()
                                        .commit(
                                                next,
                                                change -> {
                                                    change.put(
                                                            wanderer.id().reference(), new byte[1]);
                                                    return true;
                                                });
                                forget(at, wanderer);
                            }
                        });
        moving.setUncaughtExceptionHandler((_, e) -> failures.add(e));
        for (int i = 0; i < 50; i++) blobs.sweep(Duration.ofSeconds(-1));
        done.set(true);
        moving.join();
        assertThat(failures).isEmpty();
        assertThat(read(wanderer)).isEqualTo(noise(30));
    }

    @Test
    void allBlobsAreListedWithTheirSizes() {
        var small = keep(ALICE, noise(10));
        var large = keep(ALICE, noise(2 * Blobs.SMALL));
        var seen = new ArrayList<Blobs.Listed>();
        blobs.list(seen::add, _ -> {});
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        new Blobs.Listed(small.id(), 10, false),
                        new Blobs.Listed(large.id(), 2 * Blobs.SMALL, true));
    }

    @Test
    void idsRoundTrip() {
        var id = BlobId.random();
        assertThat(BlobId.parse(id.toString())).isEqualTo(id);
        assertThat(BlobId.read(id.bytes(), 0)).isEqualTo(id);
        assertThat(BlobId.read(id.reference((byte) 1), 1)).isEqualTo(id);
    }
}
