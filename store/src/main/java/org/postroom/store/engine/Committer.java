package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;

/// The one thread that writes. It takes what the sequencers have ready, all that waits up to a bound,
/// makes one batch of it, writes that with one sync, publishes in the order of versions, and wakes
/// the callers. While it syncs, the next batch gathers: the slower the disk, the larger the batch.
///
/// When a write fails, the engine is recovered and asked whether the batch is on disk after all. If
/// so, all is well; if not, its commits fail, and what was sequenced on top of them runs again.
///
/// When what no rule foresees is thrown here or in a sequencer, the thread ends: whoever waits is
/// told, nothing is written any more, and the store's owner hears of it.
final class Committer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Committer.class.getName());

    private static final int MOST_REQUESTS = 512;
    private static final long MOST_BYTES = 4L << 20;

    /// What the queue holds: a request that is sequenced, something else to be done in turn, the end.
    private sealed interface Item {
        record Ready(Request<?, ?> request) implements Item {}

        record Errand(
                Crew.Task<Boolean, RuntimeException> task,
                Crew.Outcome<Boolean, RuntimeException> outcome)
                implements Item {}

        record End() implements Item {}
    }

    private final Engine engine;
    private final Space space;
    private final ConcurrentMap<Long, Lane> lanes;
    private final Unkept unkept;
    private final Runnable broke;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private @Nullable References watcher;
    private List<Request<?, ?>> inHand = List.of();
    private boolean ended;
    private volatile boolean closing;
    private boolean broken;

    /// Is told of each row `X` that goes to disk, on the committer's thread: a sweep that is under way.
    interface References {
        void seen(byte[] key);
    }

    /// @param broke is run once, should the thread end otherwise than by [#close]
    Committer(
            Engine engine,
            Space space,
            ConcurrentMap<Long, Lane> lanes,
            Unkept unkept,
            Runnable broke) {
        this.engine = engine;
        this.space = space;
        this.lanes = lanes;
        this.unkept = unkept;
        this.broke = broke;
        thread = Thread.ofPlatform().name("store-committer").start(this::run);
    }

    void add(Request<?, ?> request) {
        if (!queue(new Item.Ready(request))) request.fail(new Fault("the store is closed"));
    }

    /// Nothing comes behind the end.
    private boolean queue(Item item) {
        synchronized (queue) {
            if (ended) return false;
            ended = item instanceof Item.End;
            return queue.add(item);
        }
    }

    /// Does something on the committer's thread, between two batches, and waits for it.
    void errand(Runnable task) {
        var errand =
                new Item.Errand(
                        () -> {
                            task.run();
                            return true;
                        },
                        new Crew.Outcome<>());
        if (!queue(errand)) throw new Fault("the store is closed");
        errand.outcome().await();
    }

    /// From here on each row `X` that is written is told, until null is given. One at a time.
    void watch(@Nullable References watcher) {
        errand(() -> this.watcher = watcher);
    }

    /// Takes nothing more, since what comes now can't be trusted.
    void end(Throwable why) {
        LOG.log(Level.ERROR, "the store is broken: a sequencer", why);
        queue(new Item.End());
    }

    /// Writes what was handed over, then ends.
    @Override
    public void close() {
        closing = true;
        queue(new Item.End());
        boolean interrupted = false;
        while (thread.isAlive())
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void run() {
        var worked = new Crew.Outcome<Boolean, RuntimeException>();
        worked.of(this::work);
        abandon();
        if (worked.failed())
            LOG.log(Level.ERROR, "the store is broken: the committer", worked.thrown());
        if (worked.failed() || !closing) broke.run();
    }

    private boolean work() {
        while (true) {
            inHand = new ArrayList<>();
            var last = gather(inHand);
            commit(inHand);
            switch (last) {
                case Item.Ready _ -> {}
                case Item.Errand errand -> {
                    errand.outcome().of(errand.task());
                    broken |= errand.outcome().failed(); // to be on the safe side
                    errand.outcome().settle();
                }
                case Item.End() -> {
                    return true;
                }
            }
        }
    }

    /// Nobody is left waiting for a thread that has ended.
    private void abandon() {
        queue(new Item.End());
        var dead = new Fault("the committer has ended");
        for (var request : inHand) request.fail(dead);
        for (var item : queue)
            switch (item) {
                case Item.Ready(var request) -> request.fail(dead);
                case Item.Errand errand -> {
                    errand.outcome().fail(dead);
                    errand.outcome().settle();
                }
                case Item.End() -> {}
            }
    }

    /// Takes what waits, up to the bound, at least one; gives back the item at which it stopped.
    private Item gather(List<Request<?, ?>> requests) {
        long bytes = 0;
        var item = take();
        while (item instanceof Item.Ready(var request)) {
            requests.add(request);
            bytes += request.sequenced().bytes();
            if (requests.size() >= MOST_REQUESTS || bytes >= MOST_BYTES) return item;
            var next = queue.poll();
            if (next == null) return item;
            item = next;
        }
        return item;
    }

    private Item take() {
        while (true)
            try {
                return queue.take();
            } catch (InterruptedException _) {
                LOG.log(Level.DEBUG, "the committer does not take interrupts");
            }
    }

    private void commit(List<Request<?, ?>> requests) {
        if (broken && !mended(requests)) return;
        var live = new ArrayList<Request<?, ?>>(requests.size());
        for (var request : requests)
            if (stale(request)) again(request);
            else live.add(request);
        var batches = batches(live);
        try {
            if (!batches.isEmpty()) engine.write(batches);
        } catch (Fault fault) {
            report("a write failed", fault);
            if (!onDisk(live)) {
                undo(live, fault);
                return;
            }
        }
        live.forEach(this::publish);
    }

    private static boolean stale(Request<?, ?> request) {
        var change = request.sequenced();
        return change.epoch() != change.lane().epoch();
    }

    private static void again(Request<?, ?> request) {
        var lane = request.sequenced().lane();
        lane.add(request);
        lane.returned();
    }

    /// Many commits of one partition become one batch: a later put of a key replaces an earlier one.
    private List<Batch> batches(List<Request<?, ?>> live) {
        Map<Long, Map<byte[], Op>> merged = new LinkedHashMap<>();
        long bytes = 0;
        for (var request : live) {
            var change = request.sequenced();
            if (!change.writes()) continue;
            var ops = of(merged, change.lane().partition());
            ops.putAll(change.ops());
            var version = new Version(change.version(), change.commitId()).write();
            ops.put(version.key(), version);
            for (var blob : change.blobs())
                if (blob.small() != null)
                    BlobRow.put(blob, of(merged, Engine.BLOBS), of(merged, Engine.BLOB_LIST));
            bytes += change.bytes();
            notice(change);
            change.blobs().forEach(blob -> unkept.remove(blob.id()));
        }
        space.wrote(bytes);
        var batches = new ArrayList<Batch>(merged.size());
        merged.forEach(
                (partition, ops) -> batches.add(new Batch(partition, List.copyOf(ops.values()))));
        return batches;
    }

    private static Map<byte[], Op> of(Map<Long, Map<byte[], Op>> merged, long partition) {
        return merged.computeIfAbsent(partition, _ -> new TreeMap<>(Arrays::compareUnsigned));
    }

    private void notice(Sequenced change) {
        var watching = watcher;
        if (watching == null) return;
        for (var op : change.ops().values())
            if (op.key()[0] == 'X' && op.value() != null) watching.seen(op.key());
    }

    /// After a failed write: whether the batch reached the disk nevertheless. A batch is whole or
    /// absent, so one of its commits tells for all.
    private boolean onDisk(List<Request<?, ?>> live) {
        broken = true;
        try {
            engine.recover();
            broken = false;
            for (var request : live) {
                var change = request.sequenced();
                if (!change.writes()) continue;
                var row = engine.get(change.lane().partition(), Version.key());
                return Version.read(row).number() >= change.version();
            }
        } catch (Fault fault) {
            report("the engine did not recover", fault);
        }
        return false;
    }

    /// A full disk is no surprise and needs no stack.
    private static void report(String what, Fault fault) {
        if (fault instanceof DiskFull) LOG.log(Level.WARNING, what + ": " + fault.getMessage());
        else LOG.log(Level.ERROR, what, fault);
    }

    /// Before the first batch after an engine that would not recover. What the disk holds may be one
    /// version further than what the sequencers saw, so all of it runs again.
    private boolean mended(List<Request<?, ?>> requests) {
        try {
            engine.recover();
            broken = false;
            lanes.values().forEach(Lane::reset);
            return true;
        } catch (Fault fault) {
            undo(requests, fault);
            return false;
        }
    }

    private static void undo(List<Request<?, ?>> requests, Fault why) {
        for (var request : requests) request.sequenced().lane().reset();
        for (var request : requests) {
            request.fail(
                    why instanceof DiskFull
                            ? new DiskFull("commit", why)
                            : new Fault("commit", why));
            request.sequenced().lane().returned();
        }
    }

    private void publish(Request<?, ?> request) {
        var change = request.sequenced();
        var published = new Crew.Outcome<Boolean, RuntimeException>();
        published.of(() -> {
            change.published().forEach(Runnable::run);
            return true;
        });
        var bug = published.thrown();
        if (bug != null) { // the commit is on disk; only its own caller is told
            LOG.log(Level.ERROR, "publishing a commit", bug);
            request.fail(new Fault("publishing a commit", bug));
        }
        change.lane().settled(change);
        request.settle();
    }
}
