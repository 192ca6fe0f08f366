package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// An engine that forgets, for tests. A snapshot holds writers off until it is closed.
public final class Memory implements Engine {

    private final NavigableMap<Long, NavigableMap<byte[], byte[]>> partitions = new TreeMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    @Override
    public byte @Nullable [] get(long partition, byte[] key) {
        try (var rows = snapshot(partition)) {
            return rows.get(key);
        }
    }

    @Override
    public Page scan(long partition, byte[] from, byte[] to, int limit) {
        try (var rows = snapshot(partition)) {
            return rows.scan(from, to, limit);
        }
    }

    @Override
    public Page scanDown(long partition, byte[] from, byte[] to, int limit) {
        try (var rows = snapshot(partition)) {
            return rows.scanDown(from, to, limit);
        }
    }

    @Override
    public Snapshot snapshot(long partition) {
        Platform.demand();
        lock.readLock().lock();
        var rows = partitions.get(partition);
        return new Held(rows == null ? empty() : rows);
    }

    private static NavigableMap<byte[], byte[]> empty() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    private final class Held implements Snapshot {

        private final NavigableMap<byte[], byte[]> rows;

        Held(NavigableMap<byte[], byte[]> rows) {
            this.rows = rows;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            byte[] value = rows.get(key);
            return value == null ? null : value.clone();
        }

        @Override
        public Page scan(byte[] from, byte[] to, int limit) {
            return page(Overlay.range(rows, from, to), limit);
        }

        @Override
        public Page scanDown(byte[] from, byte[] to, int limit) {
            return page(Overlay.range(rows, from, to).descendingMap(), limit);
        }

        private static Page page(NavigableMap<byte[], byte[]> range, int limit) {
            var page = new ArrayList<Row>();
            for (var row : range.entrySet()) {
                if (page.size() == limit) return new Page(List.copyOf(page), true);
                page.add(new Row(row.getKey().clone(), row.getValue().clone()));
            }
            return new Page(List.copyOf(page), false);
        }

        @Override
        public void close() {
            lock.readLock().unlock();
        }
    }

    @Override
    public void write(List<Batch> batches) {
        Platform.demand();
        lock.writeLock().lock();
        try {
            for (var batch : batches) {
                var rows = partitions.computeIfAbsent(batch.partition(), _ -> empty());
                for (var op : batch.ops())
                    if (op.value() == null) rows.remove(op.key());
                    else rows.put(op.key().clone(), op.value().clone());
                if (rows.isEmpty()) partitions.remove(batch.partition());
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void recover() {
        Platform.demand();
    }

    @Override
    public List<Long> partitions(long after, int limit) {
        Platform.demand();
        lock.readLock().lock();
        try {
            return partitions.tailMap(Math.max(after, -1), false).keySet().stream()
                    .limit(limit)
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void destroy(long partition) {
        Platform.demand();
        lock.writeLock().lock();
        try {
            partitions.remove(partition);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void compact(long partition, byte[] from, byte[] to) {
        Platform.demand();
    }

    @Override
    public long owed() {
        return 0;
    }

    /// There is nothing on a disk that could be copied.
    @Override
    public void checkpoint(Path folder) {
        throw new UnsupportedOperationException("a checkpoint of memory");
    }

    @Override
    public void close() {
        Platform.demand();
    }
}
