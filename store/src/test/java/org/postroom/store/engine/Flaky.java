package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// An engine whose disk fails when it is told to, and can be made to wait.
final class Flaky implements Engine {

    /// What the next writes do.
    enum Mood {
        WELL,
        /// Nothing is written.
        FAILING,
        FAILING_ONCE,
        /// All is written, and then an error is reported.
        LYING,
        FULL,
        /// What an engine must not do.
        BROKEN
    }

    private final Engine engine = new Memory();
    final AtomicInteger writes = new AtomicInteger();
    volatile Mood mood = Mood.WELL;
    volatile boolean recovers = true;
    volatile @Nullable CountDownLatch gate;
    volatile @Nullable Error misread;
    private volatile boolean failed;
    private volatile @Nullable List<Batch> hidden;

    @Override
    public void write(List<Batch> batches) {
        writes.incrementAndGet();
        var wait = gate;
        if (wait != null)
            try {
                wait.await();
            } catch (InterruptedException e) {
                throw new Fault("interrupted", e);
            }
        if (failed) throw new Fault("a write before recovery");
        switch (mood) {
            case WELL -> engine.write(batches);
            case FAILING -> fail(new Fault("the disk failed"));
            case FAILING_ONCE -> {
                mood = Mood.WELL;
                fail(new Fault("the disk failed"));
            }
            case LYING -> {
                hidden = batches;
                fail(new Fault("the disk failed late"));
            }
            case BROKEN -> throw new ArithmeticException("a bug in the engine");
            case FULL -> fail(new DiskFull("the disk is full"));
        }
    }

    private void fail(Fault why) {
        failed = true;
        throw why;
    }

    @Override
    public void recover() {
        if (!recovers) throw new Fault("the disk is still gone");
        var late = hidden;
        if (late != null) engine.write(late);
        hidden = null;
        failed = false;
    }

    @Override
    public byte @Nullable [] get(long partition, byte[] key) {
        var error = misread;
        if (error != null) throw error;
        return engine.get(partition, key);
    }

    @Override
    public Page scan(long partition, byte[] from, byte[] to, int limit) {
        return engine.scan(partition, from, to, limit);
    }

    @Override
    public Page scanDown(long partition, byte[] from, byte[] to, int limit) {
        return engine.scanDown(partition, from, to, limit);
    }

    @Override
    public Snapshot snapshot(long partition) {
        return engine.snapshot(partition);
    }

    @Override
    public List<Long> partitions(long after, int limit) {
        return engine.partitions(after, limit);
    }

    @Override
    public void destroy(long partition) {
        engine.destroy(partition);
    }

    @Override
    public void compact(long partition, byte[] from, byte[] to) {
        engine.compact(partition, from, to);
    }

    @Override
    public long owed() {
        return engine.owed();
    }

    @Override
    public void checkpoint(Path folder) {
        engine.checkpoint(folder);
    }

    @Override
    public void close() {
        engine.close();
    }
}
