package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The change that one work makes, over the overlay of its lane, over the engine.
final class Sequenced implements Change {

    private final Lane lane;
    private final int epoch;
    private final long commitId;
    private final NavigableMap<byte[], Op> ops = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Sealed> blobs = new ArrayList<>();
    private final List<Runnable> published = new ArrayList<>();
    private long before = Lane.UNKNOWN;
    private long bytes;

    /// @param epoch the lane's when the work began; if it is another when it ends, the work saw rows
    ///     that never came to be
    Sequenced(Lane lane, int epoch, long commitId) {
        this.lane = lane;
        this.epoch = epoch;
        this.commitId = commitId;
    }

    /// Looks where the commits before it leave the partition, and whether there is room.
    void begin() {
        before = lane.current();
        lane.space().demandLeast();
    }

    @Override
    public long version() {
        return before + 1;
    }

    /// The version of the partition once this is written.
    long after() {
        return writes() ? before + 1 : before;
    }

    @Override
    public long commitId() {
        return commitId;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        var own = ops.get(key);
        return own != null ? own.value() : lane.get(key);
    }

    @Override
    public Page scan(byte[] from, byte[] to, int limit) {
        return Overlay.scan(pending(from, to), lane::scan, from, to, limit);
    }

    @Override
    public Page scanDown(byte[] from, byte[] to, int limit) {
        return Overlay.scanDown(pending(from, to), lane::scanDown, from, to, limit);
    }

    /// What the commits before this one, and it itself, have changed in the range and is not known
    /// to be on disk. Taken before the engine is asked: what is written in between is in both.
    private NavigableMap<byte[], Op> pending(byte[] from, byte[] to) {
        var pending = lane.pending(from, to);
        pending.putAll(Overlay.range(ops, from, to));
        return pending;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        change(new Op(key, value));
        bytes += value.length;
    }

    @Override
    public void delete(byte[] key) {
        change(new Op(key, null));
    }

    private void change(Op op) {
        if (op.key().length == 0 || Version.isKey(op.key()))
            throw new IllegalArgumentException("this key is not the caller's");
        ops.put(op.key(), op);
        bytes += op.key().length;
    }

    @Override
    public void keep(Sealed blob) {
        lane.space().demand();
        blobs.add(blob);
        if (blob.small() != null) bytes += blob.size();
    }

    @Override
    public void then(Runnable published) {
        this.published.add(published);
    }

    Lane lane() {
        return lane;
    }

    int epoch() {
        return epoch;
    }

    /// Whether it changes anything, and so makes a version.
    boolean writes() {
        return !ops.isEmpty() || !blobs.isEmpty();
    }

    NavigableMap<byte[], Op> ops() {
        return ops;
    }

    List<Sealed> blobs() {
        return blobs;
    }

    List<Runnable> published() {
        return published;
    }

    /// About what it adds to a batch.
    long bytes() {
        return bytes;
    }

    void clear() {
        ops.clear();
        blobs.clear();
        published.clear();
        bytes = 0;
    }
}
