package org.postroom.store.engine;

import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Path;

/// A home's store, open: its commits and its blobs.
public final class Storage implements AutoCloseable {

    private final Engine engine;
    private final Commits commits;
    private final Blobs blobs;

    private Storage(Engine engine, BlobFolder folder, Space space) {
        this.engine = engine;
        commits = new Commits(engine, space);
        blobs = new Blobs(folder, engine, commits, space);
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
            return new Storage(engine, BlobFolder.open(folder), Space.unbounded());
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

    /// Finishes what was begun, and closes the engine.
    @Override
    public void close() {
        blobs.close();
        commits.close();
        engine.close();
    }
}
