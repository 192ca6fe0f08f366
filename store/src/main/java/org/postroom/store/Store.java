package org.postroom.store;

import org.postroom.store.engine.Commits;

import java.nio.file.Path;
import java.time.Duration;

/// A home's accounts, mail and files, opened. One program at a time has a home open; a second one is
/// refused by its lock.
public final class Store implements AutoCloseable {

    Store() {}

    /// Opens a home, makes it if it is new, and finishes what a crash left in the spool.
    ///
    /// @throws org.postroom.wire.Fault when the home is locked, of a newer format, or broken
    public static Store open(Path home, StoreSettings settings) {
        return Unwritten.yet();
    }

    /// For tests: rows in memory, large blobs in a folder.
    public static Store inMemory(Path folder, StoreSettings settings) {
        return Unwritten.yet();
    }

    public Directory directory() {
        return Unwritten.yet();
    }

    public Passwords passwords() {
        return Unwritten.yet();
    }

    /// The one handle of an account.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public Account account(AccountId id) throws Refused {
        return Unwritten.yet();
    }

    /// Begins a message.
    public MessageDraft draft() {
        return Unwritten.yet();
    }

    public Spool spool() {
        return Unwritten.yet();
    }

    public Watch watch() {
        return Unwritten.yet();
    }

    /// For what lays out partitions of its own above the store, such as the queue.
    public Commits commits() {
        return Unwritten.yet();
    }

    /// Reads everything and says what does not agree; changes nothing.
    public Report check() {
        return Unwritten.yet();
    }

    /// Removes what nothing names any more: blobs older than a day, removed accounts, history beyond
    /// its age, deliveries a week old.
    public void sweep() {
        Unwritten.<Object>yet();
    }

    /// The same with one age for all: 0 leaves nothing that is not in use.
    public void sweep(Duration olderThan) {
        Unwritten.<Object>yet();
    }

    /// Finishes what was begun. Whoever calls after this gets a Fault.
    @Override
    public void close() {
        Unwritten.<Object>yet();
    }
}
