package org.postroom.store.engine;

import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// How much room the disk has left, and when that is too little. Refusing while there is room is what
/// lets us go on: a log that can't be written or a table that can't be compacted would stop us.
///
/// The system is asked ten times a second at most, and again after an eighth of the floor was written.
final class Space {

    /// Room that is left alone, unless the home's owner sets another.
    static final long FLOOR = 64L << 20;

    private static final long FRESH = 100_000_000; // nanoseconds

    private final LongSupplier usable;
    private final long floor;
    private volatile long asked;
    private volatile long answer;
    private volatile long written;

    /// @param usable bytes that are left, as of now
    /// @param floor bytes that are not to be used
    Space(LongSupplier usable, long floor) {
        this.usable = usable;
        this.floor = floor;
        ask();
    }

    /// @param engine whose debts count as written
    static Space of(Path folder, Engine engine, long floor) {
        return new Space(
                () -> {
                    try {
                        return Files.getFileStore(folder).getUsableSpace() - engine.owed();
                    } catch (IOException e) {
                        throw new Fault("asking how full the disk is", e);
                    }
                },
                floor);
    }

    static Space unbounded() {
        return new Space(() -> Long.MAX_VALUE, 0);
    }

    /// @throws DiskFull when there is no room for anything that adds a letter or a file
    void demand() {
        demand(floor);
    }

    /// @throws DiskFull when there is no room even for flags and deletions, by which room is made
    void demandLeast() {
        demand(floor / 4);
    }

    /// Whether there is too little, asked anew.
    boolean tight() {
        ask();
        return answer < floor;
    }

    private void demand(long least) {
        if (System.nanoTime() - asked > FRESH || written > floor / 8) ask();
        if (answer < least)
            throw new DiskFull(
                    "the disk has " + answer + " bytes left, " + least + " are kept free");
    }

    /// Says that about so many bytes went to disk since.
    @SuppressWarnings("NonAtomicVolatileUpdate") // a lost update is asked for a little later
    void wrote(long bytes) {
        written += bytes;
    }

    private void ask() {
        written = 0;
        answer = usable.getAsLong();
        asked = System.nanoTime();
    }
}
