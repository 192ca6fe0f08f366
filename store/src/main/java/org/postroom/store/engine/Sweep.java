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
///
/// It keeps one small object for each named blob in memory.
final class Sweep implements Committer.References {

    private static final int PAGE = 1000;
    private static final byte[] FROM = {'X'};
    private static final byte[] TO = {'X' + 1};

    private final Engine engine;
    private final Commits commits;
    private final BlobFolder folder;
    private final Set<BlobId> named = ConcurrentHashMap.newKeySet();
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
        if (key.length > BlobId.LENGTH) named.add(BlobId.read(key, 1));
    }

    private void look(long partition) {
        Page page;
        byte[] from = FROM;
        do {
            page = engine.scan(partition, from, TO, PAGE);
            page.rows().forEach(row -> seen(row.key()));
            if (page.more()) from = Overlay.after(page.rows().getLast().key());
        } while (page.more());
    }

    private void small(long before) {
        var dead = new ArrayList<BlobId>();
        BlobRow.each(
                engine,
                (id, row) -> {
                    if (row.made() >= before || named.contains(id)) return;
                    dead.add(id);
                    count(row.size());
                });
        for (int i = 0; i < dead.size(); i += PAGE)
            remove(dead.subList(i, Math.min(i + PAGE, dead.size())));
    }

    private void remove(List<BlobId> ids) {
        var deletes = ids.stream().sorted().map(id -> new Op(id.bytes(), null)).toList();
        commits.committer()
                .errand(() ->
                        engine.write(
                                List.of(
                                        new Batch(Engine.BLOBS, deletes),
                                        new Batch(Engine.BLOB_LIST, deletes))));
    }

    private void large(long before) {
        folder.each(
                found -> {
                    // in this order: a commit names a blob before it takes it from the unkept
                    if (found.made() >= before || commits.unkept().has(found.id())) return;
                    if (named.contains(found.id())) return;
                    folder.delete(found.id());
                    count(found.size());
                },
                _ -> {});
    }

    private void count(long size) {
        blobs++;
        bytes += size;
    }
}
