package org.postroom.store.engine;

import org.postroom.wire.Fault;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.BiConsumer;

/// How a small blob lies in the engine: its bytes in [Engine#BLOBS] and a few bytes about it in
/// [Engine#BLOB_LIST], both by its id, written and deleted together.
///
/// On disk: the bytes behind one byte 1 (the layout); in the list one byte 1, 8 of the time it was
/// made in milliseconds since 1970, 4 of the size, big-endian.
record BlobRow(long made, int size) {

    private static final byte LAYOUT = 1;

    static void put(Sealed blob, Map<byte[], Op> blobs, Map<byte[], Op> list) {
        byte[] small = blob.small();
        if (small == null) return;
        byte[] id = blob.id().bytes();
        byte[] value = new byte[1 + small.length];
        value[0] = LAYOUT;
        System.arraycopy(small, 0, value, 1, small.length);
        blobs.put(id, new Op(id, value));
        byte[] about =
                ByteBuffer.allocate(13)
                        .put(LAYOUT)
                        .putLong(System.currentTimeMillis())
                        .putInt(small.length)
                        .array();
        list.put(id, new Op(id, about));
    }

    static BlobRow read(byte[] row) {
        if (row.length != 13 || row[0] != LAYOUT)
            throw new Fault("blob list row of unknown layout");
        return new BlobRow(ByteBuffer.wrap(row).getLong(1), ByteBuffer.wrap(row).getInt(9));
    }

    /// Calls for each small blob that the engine lists.
    static void each(Engine engine, BiConsumer<BlobId, BlobRow> each) {
        Page page;
        byte[] from = new byte[0];
        do {
            page = engine.scan(Engine.BLOB_LIST, from, new byte[0], 1000);
            for (var row : page.rows()) each.accept(BlobId.read(row.key(), 0), read(row.value()));
            if (page.more()) from = Overlay.after(page.rows().getLast().key());
        } while (page.more());
    }

    static Blob.Small blob(byte[] row) {
        if (row.length == 0 || row[0] != LAYOUT) throw new Fault("blob row of unknown layout");
        return new Blob.Small(row, 1);
    }
}
