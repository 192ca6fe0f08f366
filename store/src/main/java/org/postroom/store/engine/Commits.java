package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The only way to change rows, and the ordinary way to read them.
///
/// Each partition has a sequencer ([Lane]) that runs the work of its commits one after the other,
/// each on top of what those before it leave, written or not. One [Committer] writes what the
/// sequencers have ready: many commits, of one partition or of many, go to disk by one sync. So a
/// commit costs a share of a sync, and sixty-four appenders to one mailbox do not retry each other.
///
/// Callers are virtual threads as a rule; they wait, and touch no disk.
public final class Commits implements AutoCloseable {

    /// More than processors: while some work on five thousand messages, the system lets others in.
    static final int SEQUENCERS = 4 * Runtime.getRuntime().availableProcessors();

    private static final int READERS = 4;

    private final Engine engine;
    private final Space space;
    private final ConcurrentHashMap<Long, Lane> lanes = new ConcurrentHashMap<>();
    private final Crew sequencers = new Crew("store-sequencer", SEQUENCERS);
    private final Crew readers = new Crew("store-reader", READERS);
    private final Crew keeper = new Crew("store-keeper", 1);
    private final Unkept unkept = new Unkept();
    private final Committer committer;
    private volatile boolean closed;

    /// Commits to an engine whose room is not watched: one in memory, or a test's.
    public Commits(Engine engine) {
        this(engine, Space.unbounded(), () -> {});
    }

    Commits(Engine engine, Space space, Runnable broke) {
        this.engine = engine;
        this.space = space;
        committer = new Committer(engine, space, lanes, unkept, broke);
    }

    /// Runs the work on the partition's sequencer and waits until what it says is on disk and
    /// published. What the work throws is thrown here, and then nothing was written. Work that
    /// changes nothing makes no version; it, too, returns only when the commits that it saw are on
    /// disk, so that "it was there already" is as true as "it is there now".
    ///
    /// @throws DiskFull when there is no room; nothing was written
    /// @throws Fault when it is unknown whether the change is on disk
    public <T extends @Nullable Object, X extends Exception> T commit(
            long partition, Work<T, X> work) throws X {
        if (partition < 0) throw new IllegalArgumentException("the engine's own partition");
        if (closed) throw new Fault("commit: the store is closed");
        var request = new Request<>(work);
        var lane =
                lanes.compute(
                        partition,
                        (_, present) -> {
                            var to =
                                    present == null
                                            ? new Lane(partition, engine, space, this)
                                            : present;
                            to.enqueue(request);
                            return to;
                        });
        lane.start(); // only now: the committer finds in the map whatever it may have to reset
        return request.await();
    }

    /// Runs a read on a reader thread, over what is on disk, as of one moment.
    public <T extends @Nullable Object, X extends Exception> T read(
            long partition, Reading<T, X> reading) throws X {
        return readers.call(() -> {
            try (var rows = engine.snapshot(partition)) {
                return reading.apply(rows);
            }
        });
    }

    /// The version on disk; 0 for a partition that was never written.
    public long version(long partition) {
        return this.<Long, RuntimeException>read(partition, Snapshot::version);
    }

    /// Partitions that have a row and are greater than `after` (-1 to begin), ascending.
    public List<Long> partitions(long after, int limit) {
        return readers.call(() -> engine.partitions(after, limit));
    }

    /// Removes all rows of a partition, its version included; on disk when it returns.
    public void destroy(long partition) {
        committer.errand(() -> {
            engine.destroy(partition);
            var lane = lanes.get(partition);
            if (lane != null) lane.reset();
        });
    }

    /// Gives back the room of deleted rows in [from, to): after a big expunge.
    public void compact(long partition, byte[] from, byte[] to) {
        keeper.call(() -> {
            engine.compact(partition, from, to);
            return true;
        });
    }

    /// Finishes what was begun. Whoever commits after this gets a Fault.
    @Override
    public void close() {
        closed = true;
        keeper.close();
        sequencers.close();
        committer.close();
        readers.close();
    }

    Crew sequencers() {
        return sequencers;
    }

    Crew readers() {
        return readers;
    }

    /// For what takes long and need not be soon.
    Crew keeper() {
        return keeper;
    }

    Committer committer() {
        return committer;
    }

    /// Forgets the lane if nothing waits in it; the next commit reads the version anew.
    void retire(Lane lane) {
        lanes.computeIfPresent(
                lane.partition(), (_, present) -> present == lane && lane.idle() ? null : present);
    }

    Unkept unkept() {
        return unkept;
    }
}
