package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A home's store, open: its commits and its blobs.
///
/// On disk, within the home: `lib/`, the native library, unpacked; `store/LOCK`, held while the store
/// is open; `store/FORMAT`, its layout; `store/rows/`, the engine's; `store/blobs/` and
/// `store/spool/`, large blobs, finished and not; `store/SEAL`, the key of what is sealed.
public final class Storage implements AutoCloseable {

    private static final String SEAL = "SEAL";

    private final @Nullable HomeLock lock;
    private final Path folder;
    private final Engine engine;
    private final Commits commits;
    private final Blobs blobs;
    private final Seal seal;

    private Storage(
            @Nullable HomeLock lock,
            Path folder,
            Engine engine,
            BlobFolder files,
            Space space,
            Runnable broke) {
        this.lock = lock;
        this.folder = folder;
        this.engine = engine;
        commits = new Commits(engine, space, broke);
        blobs = new Blobs(files, engine, commits, space);
        seal = new Seal(folder.resolve(SEAL));
    }

    /// Loads the native library, once in a process.
    public static void prepare(Path home) {
        RocksLibrary.load(home.resolve("lib"));
    }

    /// Opens a home's store, and makes what is missing. Not on a virtual thread.
    ///
    /// @throws HomeRefused if someone has it open, or a newer program wrote it
    public static Storage open(Path home) throws HomeRefused {
        return open(home, Space.FLOOR);
    }

    /// @param broke is run once, on a thread of the store's, should it break for good: what is
    ///     committed from then on fails until the home is opened again
    public static Storage open(Path home, Runnable broke) throws HomeRefused {
        return open(home, Space.FLOOR, Format.CURRENT, broke);
    }

    /// @param floor bytes of the disk that are left free; what would need them is refused
    public static Storage open(Path home, long floor) throws HomeRefused {
        return open(home, floor, Format.CURRENT, () -> {});
    }

    static Storage open(Path home, long floor, Format format, Runnable broke) throws HomeRefused {
        var folder = home.resolve("store");
        var lock = HomeLock.take(folder);
        try {
            int found = format.read(folder);
            var files = BlobFolder.open(folder);
            var engine = new Rocks(folder.resolve("rows"), home.resolve("lib"));
            var space = Space.of(folder, engine, floor);
            var storage = new Storage(lock, folder, engine, files, space, broke);
            upgrade(format, folder, found, storage);
            return storage;
        } catch (IOException e) {
            lock.close();
            throw new Fault("opening " + folder, e);
        } catch (HomeRefused | Fault e) {
            lock.close();
            throw e;
        }
    }

    private static void upgrade(Format format, Path folder, int found, Storage storage) {
        try {
            format.upgrade(folder, found, storage);
        } catch (Fault fault) {
            storage.close();
            throw fault;
        }
    }

    /// A store whose rows are in memory and go when it is closed, for tests.
    ///
    /// @param folder for large blobs
    public static Storage inMemory(Path folder) {
        return over(new Memory(), folder);
    }

    /// A store over an engine of the caller's, which it closes; for tests that let it fail.
    ///
    /// @param folder for large blobs
    public static Storage over(Engine engine, Path folder) {
        try {
            var files = BlobFolder.open(folder);
            return new Storage(null, folder, engine, files, Space.unbounded(), () -> {});
        } catch (IOException e) {
            throw new Fault("opening a store at " + folder, e);
        }
    }

    public Commits commits() {
        return commits;
    }

    public Blobs blobs() {
        return blobs;
    }

    public Seal seal() {
        return seal;
    }

    /// Copies the store, as it is at one moment, into a new folder on the same disk, by links: as
    /// quick for a large one as for a small one. The copy is a `store/` folder like ours.
    public void checkpoint(Path copy) {
        blobs.checkpoint(
                copy,
                () -> {
                    try {
                        Folder.make(copy);
                        engine.checkpoint(copy.resolve("rows"));
                        Files.copy(folder.resolve("FORMAT"), copy.resolve("FORMAT"));
                        if (Files.exists(folder.resolve(SEAL)))
                            Files.copy(
                                    folder.resolve(SEAL),
                                    copy.resolve(SEAL),
                                    StandardCopyOption.COPY_ATTRIBUTES);
                    } catch (IOException e) {
                        throw new Fault("copying the store to " + copy, e);
                    }
                });
    }

    /// Finishes what was begun, closes the engine, lets go of the home.
    @Override
    public void close() {
        blobs.close();
        commits.close();
        engine.close();
        if (lock != null) lock.close();
    }
}
