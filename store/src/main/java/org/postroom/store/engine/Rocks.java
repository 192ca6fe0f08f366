package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;
import org.postroom.wire.Fault;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The embedded engine: RocksDB in one folder.
///
/// On disk a key is the partition (8 bytes, big-endian) and the row's key. All partitions lie in the
/// column family `default` but [Engine#BLOBS], which lies in `blob`, where values are kept in files of
/// their own. One write is one record of the log, so a batch is whole or absent after any crash.
///
/// The database is closed and opened anew when a write has failed: what its log then gives back is
/// what is on disk, and is written once more on the way. Reads go on until there is room to do so.
public final class Rocks implements Engine {

    /// Room for the small files of a start.
    private static final long MARGIN = 1 << 20;

    private final Path folder;
    private final RocksOptions options;
    private final WriteOptions sync;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable Open open;
    private boolean failed;

    /// The database while it is open.
    private record Open(RocksDB db, ColumnFamilyHandle rows, ColumnFamilyHandle blobs) {

        ColumnFamilyHandle family(long partition) {
            return partition == BLOBS ? blobs : rows;
        }

        void close() {
            rows.close();
            blobs.close();
            db.close();
        }
    }

    /// Opens the database, or makes a new one.
    ///
    /// @param folder the database's own
    /// @param library where the native library is kept unpacked
    public Rocks(Path folder, Path library) {
        Platform.demand();
        RocksLibrary.load(library);
        this.folder = folder;
        options = new RocksOptions();
        sync = new WriteOptions().setSync(true);
        open = open();
    }

    private Open open() {
        var handles = new ArrayList<ColumnFamilyHandle>();
        try {
            Folder.make(folder);
            var db =
                    RocksDB.open(
                            options.database(), folder.toString(), options.families(), handles);
            return new Open(db, handles.get(0), handles.get(1));
        } catch (RocksDBException | IOException e) {
            throw fault("opening the rows in " + folder, e);
        }
    }

    /// The database; to be called under the lock.
    private Open db() {
        Platform.demand();
        var db = open;
        if (db == null) throw new Fault("the rows in " + folder + " are closed");
        return db;
    }

    private static Fault fault(String what, Exception why) {
        return why instanceof RocksDBException e
                        && e.getStatus() != null
                        && e.getStatus().getSubCode() == Status.SubCode.NoSpace
                ? new DiskFull(what, why)
                : new Fault(what, why);
    }

    private static byte[] key(long partition, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length).putLong(partition).put(key).array();
    }

    /// The bound above the range: the key, or the partition's end.
    private static byte[] upper(long partition, byte[] to) {
        if (to.length > 0) return key(partition, to);
        if (partition != -1) return key(partition + 1, to);
        byte[] beyond = new byte[Long.BYTES + 1];
        Arrays.fill(beyond, (byte) 0xff); // no blob id comes near
        return beyond;
    }

    @Override
    public byte @Nullable [] get(long partition, byte[] key) {
        lock.readLock().lock();
        try {
            var db = db();
            return db.db().get(db.family(partition), key(partition, key));
        } catch (RocksDBException e) {
            throw fault("reading a row", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Page scan(long partition, byte[] from, byte[] to, int limit) {
        lock.readLock().lock();
        try {
            return page(db(), null, partition, from, to, limit, true);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Page scanDown(long partition, byte[] from, byte[] to, int limit) {
        lock.readLock().lock();
        try {
            return page(db(), null, partition, from, to, limit, false);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static Page page(
            Open db,
            org.rocksdb.@Nullable Snapshot at,
            long partition,
            byte[] from,
            byte[] to,
            int limit,
            boolean up) {
        byte[] low = key(partition, from);
        byte[] high = upper(partition, to);
        if (Arrays.compareUnsigned(low, high) >= 0) return new Page(List.of(), false);
        try (var lower = new Slice(low);
                var upper = new Slice(high);
                var read = new ReadOptions()) {
            read.setIterateLowerBound(lower).setIterateUpperBound(upper);
            if (at != null) read.setSnapshot(at);
            try (var rows = db.db().newIterator(db.family(partition), read)) {
                return page(rows, limit, up);
            }
        } catch (RocksDBException e) {
            throw fault("scanning rows", e);
        }
    }

    private static Page page(RocksIterator rows, int limit, boolean up) throws RocksDBException {
        var page = new ArrayList<Row>();
        if (up) rows.seekToFirst();
        else rows.seekToLast();
        while (rows.isValid() && page.size() < limit) {
            byte[] key = rows.key();
            page.add(new Row(Arrays.copyOfRange(key, Long.BYTES, key.length), rows.value()));
            if (up) rows.next();
            else rows.prev();
        }
        boolean more = rows.isValid();
        rows.status();
        return new Page(List.copyOf(page), more);
    }

    @Override
    public Snapshot snapshot(long partition) {
        Platform.demand();
        lock.readLock().lock();
        try {
            return new Held(db(), partition);
        } catch (Fault closed) {
            lock.readLock().unlock();
            throw closed;
        }
    }

    private final class Held implements Snapshot {

        private final Open db;
        private final long partition;
        private final org.rocksdb.Snapshot at;
        private final ReadOptions read;

        Held(Open db, long partition) {
            this.db = db;
            this.partition = partition;
            at = db.db().getSnapshot();
            read = new ReadOptions().setSnapshot(at);
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            try {
                return db.db().get(db.family(partition), read, key(partition, key));
            } catch (RocksDBException e) {
                throw fault("reading a row", e);
            }
        }

        @Override
        public Page scan(byte[] from, byte[] to, int limit) {
            return page(db, at, partition, from, to, limit, true);
        }

        @Override
        public Page scanDown(byte[] from, byte[] to, int limit) {
            return page(db, at, partition, from, to, limit, false);
        }

        @Override
        public void close() {
            read.close();
            db.db().releaseSnapshot(at);
            lock.readLock().unlock();
        }
    }

    @Override
    public void write(List<Batch> batches) {
        lock.readLock().lock();
        try (var all = new WriteBatch()) {
            var db = db();
            if (failed) throw new Fault("a write before recovery");
            for (var batch : batches) add(all, db.family(batch.partition()), batch);
            db.db().write(sync, all);
        } catch (RocksDBException e) {
            failed = true;
            throw fault("writing rows", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static void add(WriteBatch all, ColumnFamilyHandle family, Batch batch)
            throws RocksDBException {
        for (var op : batch.ops()) {
            byte[] value = op.value();
            if (value == null) all.delete(family, key(batch.partition(), op.key()));
            else all.put(family, key(batch.partition(), op.key()), value);
        }
    }

    @Override
    public void recover() {
        Platform.demand();
        if (!failed) return;
        lock.writeLock().lock();
        try {
            demandRoom();
            if (open != null) open.close();
            open = null;
            open = open();
            failed = false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Opening writes what the logs hold into tables. When that can't succeed, it must not be tried:
    /// as long as the database stays open, it can be read.
    private void demandRoom() {
        long needed = owed() + MARGIN;
        try {
            if (Files.getFileStore(folder).getUsableSpace() < needed)
                throw new DiskFull("recovery needs " + needed + " bytes");
        } catch (IOException e) {
            throw new Fault("asking how full the disk is", e);
        }
    }

    @Override
    public long owed() {
        Platform.demand();
        try (var files = Files.newDirectoryStream(folder, "*.log")) {
            long bytes = 0;
            for (var log : files) bytes += size(log);
            return bytes;
        } catch (IOException e) {
            throw new Fault("measuring the log", e);
        }
    }

    /// The size of a log; 0 if it has just been done with.
    private static long size(Path log) throws IOException {
        try {
            return Files.size(log);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    @Override
    public List<Long> partitions(long after, int limit) {
        lock.readLock().lock();
        try {
            var db = db();
            var partitions = new ArrayList<Long>();
            try (var rows = db.db().newIterator(db.rows())) {
                long next = Math.max(after, -1) + 1;
                while (partitions.size() < limit && next >= 0) {
                    rows.seek(key(next, new byte[0]));
                    if (!rows.isValid()) break;
                    long found = ByteBuffer.wrap(rows.key()).getLong();
                    if (found < 0) break; // unsigned order: the engine's own come last
                    partitions.add(found);
                    next = found + 1;
                }
                rows.status();
            }
            return List.copyOf(partitions);
        } catch (RocksDBException e) {
            throw fault("listing partitions", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void destroy(long partition) {
        lock.readLock().lock();
        try {
            var db = db();
            byte[] none = {};
            db.db()
                    .deleteRange(
                            db.family(partition),
                            sync,
                            key(partition, none),
                            upper(partition, none));
        } catch (RocksDBException e) {
            failed = true;
            throw fault("removing a partition", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void compact(long partition, byte[] from, byte[] to) {
        lock.readLock().lock();
        try {
            var db = db();
            db.db().compactRange(db.family(partition), key(partition, from), upper(partition, to));
        } catch (RocksDBException e) {
            throw fault("compacting rows", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void checkpoint(Path copy) {
        lock.readLock().lock();
        try (var checkpoint = Checkpoint.create(db().db())) {
            checkpoint.createCheckpoint(copy.toString());
        } catch (RocksDBException e) {
            throw fault("copying the rows", e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Writes what is in memory into tables first, so that the next start need not read the log.
    @Override
    public void close() {
        Platform.demand();
        lock.writeLock().lock();
        try (var flush = new FlushOptions().setWaitForFlush(true)) {
            var db = open;
            if (db == null) return;
            open = null;
            try {
                if (!failed) db.db().flush(flush, List.of(db.rows(), db.blobs()));
            } finally {
                db.close();
            }
        } catch (RocksDBException e) {
            System.getLogger(Rocks.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "closing; the log will be read at the next start",
                            e);
        } finally {
            sync.close();
            options.close();
            lock.writeLock().unlock();
        }
    }
}
