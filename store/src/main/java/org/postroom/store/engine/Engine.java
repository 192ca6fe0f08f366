package org.postroom.store.engine;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/// An ordered map of bytes for each partition, written in batches. [Rocks] and [Memory] implement it
/// and are held to one contract by one test; a cluster can later.
///
/// A partition is a number; keys are never empty and are ordered as unsigned bytes. No method may be
/// called on a virtual thread. All but [#write], [#recover] and [#destroy], which belong to the
/// committer alone, may be called by several threads at once.
public interface Engine extends AutoCloseable {

    /// Rows are accounts, directory or spool from 0 up; the partitions below 0 belong to the engine.
    /// The bytes of small blobs, by blob id.
    long BLOBS = -1;

    /// What small blobs there are, by blob id: when each was made, and its size.
    long BLOB_LIST = -2;

    byte @Nullable [] get(long partition, byte[] key);

    /// The rows with keys in [from, to), ascending, no more than `limit` of them. An empty `to` means
    /// up to the partition's end. A page and never an iterator: no iterator leaves the store.
    Page scan(long partition, byte[] from, byte[] to, int limit);

    /// As [#scan], but the last rows of the range, descending.
    Page scanDown(long partition, byte[] from, byte[] to, int limit);

    /// The partition as it is now, for as long as it is held. Close it on the thread that took it,
    /// and soon.
    Snapshot snapshot(long partition);

    /// One atomic batch over any partitions; on disk when it returns, and seen by no reader before.
    /// When it throws, no reader sees anything of it, it is unknown whether it is on disk, and no
    /// further write is taken until [#recover].
    ///
    /// @throws DiskFull when that is why
    void write(List<Batch> batches);

    /// Makes the engine writable again after a failed [#write]. Once it returns, all that readers see
    /// is on disk, and they do or do not see the batch that failed.
    ///
    /// @throws DiskFull when there is still no room; what was readable stays readable
    void recover();

    /// Partitions from 0 up that have a row and are greater than `after`, ascending.
    List<Long> partitions(long after, int limit);

    /// Removes all rows of a partition; on disk when it returns.
    void destroy(long partition);

    /// Gives back the room of deleted rows in [from, to), and makes scans over the gap fast again.
    void compact(long partition, byte[] from, byte[] to);

    /// Bytes of the disk that it will still need for what it was given already: what is in a log now
    /// must become a table before the log can go.
    long owed();

    /// A complete copy of the rows in a new folder, by hard links where the disk can.
    void checkpoint(Path folder);

    @Override
    void close();
}
