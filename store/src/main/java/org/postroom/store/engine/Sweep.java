package org.postroom.store.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One search for blobs that nobody names.
///
/// Partitions are looked at one after the other while commits go on, so a reference could move from
/// one that is still to be looked at to one that was. Therefore the committer tells of each row `X`
/// it writes meanwhile: a blob that is named by none that was found and none that was told is not
/// named at all, and nothing can name it again.
final class Sweep implements Committer.References {

    private static final int PAGE = 1000;
    private static final byte[] FROM = {'X'};
    private static final byte[] TO = {'X' + 1};

    private final Engine engine;
    private final Commits commits;
    private final BlobFolder folder;
    private final BlobNames found = new BlobNames();
    private final Set<BlobId> told = ConcurrentHashMap.newKeySet();
    private long blobs;
    private long bytes;

    Sweep(Engine engine, Commits commits, BlobFolder folder) {
        this.engine = engine;
        this.commits = commits;
        this.folder = folder;
    }

    /// @param before blobs made at or after this moment (milliseconds since 1970) stay
    Blobs.Swept run(long before) {
        commits.committer().watch(this);
        try {
            for (var page = engine.partitions(-1, PAGE);
                    !page.isEmpty();
                    page = engine.partitions(page.getLast(), PAGE)) page.forEach(this::look);
            small(before);
            large(before);
        } finally {
            commits.committer().watch(null);
        }
        return new Blobs.Swept(blobs, bytes);
    }

    @Override
    public void seen(byte[] key) {
        if (isReference(key)) told.add(BlobId.read(key, 1));
    }

    private static boolean isReference(byte[] key) {
        return key.length > BlobId.LENGTH;
    }

    private boolean isNamed(BlobId id) {
        return found.contains(id) || told.contains(id);
    }

    private void look(long partition) {
        Page page;
        byte[] from = FROM;
        do {
            page = engine.scan(partition, from, TO, PAGE);
            for (var row : page.rows())
                if (isReference(row.key())) found.add(BlobId.read(row.key(), 1));
            if (page.more()) from = Overlay.after(page.rows().getLast().key());
        } while (page.more());
    }

    private void small(long before) {
        var dead = new ArrayList<Op>();
        BlobRow.each(
                engine,
                (id, row) -> {
                    if (row.made() >= before || isNamed(id)) return;
                    dead.add(new Op(id.bytes(), null));
                    count(row.size());
                    if (dead.size() == PAGE) remove(dead);
                });
        remove(dead);
    }

    private void remove(List<Op> dead) {
        if (dead.isEmpty()) return;
        var deletes = List.copyOf(dead);
        dead.clear();
        commits.committer()
                .errand(() ->
                        engine.write(
                                List.of(
                                        new Batch(Engine.BLOBS, deletes),
                                        new Batch(Engine.BLOB_LIST, deletes))));
    }

    private void large(long before) {
        folder.each(
                file -> {
                    // in this order: a commit names a blob before it takes it from the unkept
                    if (file.made() >= before || commits.unkept().has(file.id())) return;
                    if (isNamed(file.id())) return;
                    folder.delete(file.id());
                    count(file.size());
                },
                _ -> {});
    }

    private void count(long size) {
        blobs++;
        bytes += size;
    }
}
