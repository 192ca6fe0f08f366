package org.postroom.store.engine;

/// A commit in the making: reads see the partition as the commits before it leave it (whether these
/// are on disk yet or not), with this one's own puts and deletes on top.
public interface Change extends Rows {

    /// The version that the partition has by this commit: the one before it, plus 1.
    long version();

    /// A random number that names this commit, the same when the work runs again; for the change-log
    /// row, by which one can find out later whether a commit took place.
    long commitId();

    /// Key and value are the commit's from here on; do not write to the arrays again. The key `V`
    /// alone belongs to the engine.
    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /// Stores the blob with this commit. A large one is on disk since it was sealed; a small one goes
    /// into the same batch. The row that names it, `X` ([BlobId#reference]), is the caller's to put.
    void keep(Sealed blob);

    /// To be run once the commit is on disk, in the order of versions, before `commit` returns. It
    /// runs on the committer, for whom all wait: advance a view, wake the watchers, do not linger.
    ///
    /// A version can come without its predecessor having been published: after a disk failed and its
    /// outcome was unknown. Whoever keeps a view compares versions, and reads it anew when one is
    /// missing.
    void then(Runnable published);
}
