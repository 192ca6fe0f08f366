package org.postroom.store.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Immutable bytes of any size: received letters, parts of files.
///
/// A blob of up to 256 KiB lies in the engine and is written by the commit that keeps it. A larger
/// one is a file, `blobs/` and the first two digits of its id and its id, that is on disk, and whose
/// name is, before the commit that names it begins. Memory does not grow with a blob's size.
///
/// A blob lives as long as a row `X` of some partition names it ([BlobId#reference]); [#sweep]
/// removes the others.
public final class Blobs implements AutoCloseable {

    /// The largest blob that the engine holds.
    public static final int SMALL = 256 << 10;

    /// What all drafts together may hold in memory; beyond it they go to spool files early.
    private static final long DRAFTS = 64L << 20;

    /// What small blobs that were read lately may hold in memory: a mail program asks for a letter's
    /// header, then for its parts, and another device of the same person for all of it again.
    private static final long LATELY = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 32);

    private static final int FILE_THREADS = 8;

    /// A blob that is there, kept or not.
    ///
    /// @param file whether it is a file of its own
    public record Listed(BlobId id, long size, boolean file) {}

    /// What a sweep removed.
    public record Swept(long blobs, long bytes) {}

    private final BlobFolder folder;
    private final Engine engine;
    private final Commits commits;
    private final Space space;
    private final Crew files = new Crew("store-file", FILE_THREADS);
    private final Cache<BlobId, Blob.Small> lately =
            Caffeine.newBuilder()
                    .maximumWeight(LATELY)
                    .weigher((BlobId _, Blob.Small blob) -> (int) blob.size() + 100)
                    .build();
    private final AtomicLong drafting = new AtomicLong();
    private final ReentrantLock sweeping = new ReentrantLock();

    Blobs(BlobFolder folder, Engine engine, Commits commits, Space space) {
        this.folder = folder;
        this.engine = engine;
        this.commits = commits;
        this.space = space;
    }

    /// A new blob to be written. Close it when its commit is done, whatever came of that.
    public Draft draft() {
        return new Draft(this);
    }

    /// Says in time what a commit would say later.
    ///
    /// @throws DiskFull when there is no room for another blob
    public void demandRoom() {
        files.call(() -> {
            space.demand();
            return true;
        });
    }

    /// A blob to be read.
    ///
    /// @param size as the row that names it says; it tells where to look
    /// @throws Fault when it is not there
    public Blob open(BlobId id, long size) {
        if (size <= SMALL) {
            var small = lately.getIfPresent(id);
            if (small != null) return small;
            byte[] row = commits.readers().call(() -> engine.get(Engine.BLOBS, id.bytes()));
            if (row != null) {
                small = BlobRow.blob(row);
                lately.put(id, small);
                return small;
            }
        }
        return files.call(() -> Blob.of(folder.open(id), files));
    }

    /// A small blob that was read lately, if it is in memory still: nobody waits for it.
    public Optional<Blob> lately(BlobId id) {
        return Optional.ofNullable(lately.getIfPresent(id));
    }

    /// A blob that is sealed, kept or not.
    public Blob open(Sealed sealed) {
        byte[] small = sealed.small();
        return small != null ? Blob.of(small) : open(sealed.id(), sealed.size());
    }

    /// Calls for each blob that is there, named or not, on one of the store's own threads, while
    /// sweeps and compactions wait.
    ///
    /// @param foreign is told of each file among ours that is none of ours
    public void list(Consumer<Listed> each, Consumer<Path> foreign) {
        commits.keeper()
                .call(() -> {
                    BlobRow.each(
                            engine, (id, row) -> each.accept(new Listed(id, row.size(), false)));
                    folder.each(
                            found -> each.accept(new Listed(found.id(), found.size(), true)),
                            foreign);
                    return true;
                });
    }

    /// Removes the blobs that no row `X` of any partition names and that are older than that. One
    /// sweep at a time, and none while a copy of the home is made.
    public Swept sweep(Duration olderThan) {
        sweeping.lock();
        try {
            long before = System.currentTimeMillis() - olderThan.toMillis();
            return commits.keeper().call(() -> new Sweep(engine, commits, folder).run(before));
        } finally {
            lately.invalidateAll();
            sweeping.unlock();
        }
    }

    /// Copies all blob files by links, and lets `rows` copy the engine first: what a row that is
    /// copied names is copied too.
    void checkpoint(Path into, Runnable rows) {
        sweeping.lock();
        try {
            files.call(() -> {
                rows.run();
                folder.link(into);
                return true;
            });
        } finally {
            sweeping.unlock();
        }
    }

    @Override
    public void close() {
        files.close();
    }

    BlobFolder folder() {
        return folder;
    }

    Crew files() {
        return files;
    }

    Unkept unkept() {
        return commits.unkept();
    }

    Space space() {
        return space;
    }

    /// Takes from the memory that drafts share; false when there is not that much left.
    boolean borrow(int bytes) {
        if (drafting.addAndGet(bytes) <= DRAFTS) return true;
        drafting.addAndGet(-bytes);
        return false;
    }

    void giveBack(int bytes) {
        drafting.addAndGet(-bytes);
    }

    /// What a failed file operation means.
    Fault fault(String what, IOException why) {
        return space.tight() || String.valueOf(why.getMessage()).contains("No space left")
                ? new DiskFull(what, why)
                : new Fault(what, why);
    }
}
