package org.postroom.store;

import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Blobs;
import org.postroom.store.engine.Row;
import org.postroom.store.engine.Sealed;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/// What clients uploaded and did not put to use yet: it counts in no quota, so there is a bound of its
/// own. Beyond it the oldest goes, but nothing younger than an hour (RFC 8620 §6.1).
final class Uploads {

    private static final int MOST = 1_000;
    private static final long MOST_OCTETS = 1L << 30;
    private static final long YOUNG = Duration.ofHours(1).toMillis();

    private Uploads() {}

    static void keep(Edit edit, Sealed upload) throws Refused {
        var range = UploadRow.ALL;
        var all = edit.change().scan(range.from(), range.to(), MOST + 1).rows();
        long octets = upload.size();
        for (var row : all) octets += UploadRow.read(row.value()).size();
        int count = all.size();
        for (var row : all) {
            if (count < MOST && octets <= MOST_OCTETS) break;
            if (UploadRow.read(row.value()).when() > edit.now() - YOUNG) continue;
            octets -= forget(edit, row);
            count--;
        }
        if (count >= MOST || octets > MOST_OCTETS) throw new Refused(Reason.OVER_QUOTA);
        byte[] key = UploadRow.key(upload.id());
        edit.change().keep(upload);
        edit.put(upload.id().reference(key), new byte[] {1});
        edit.put(key, new UploadRow(upload.size(), edit.now()).row());
    }

    private static long forget(Edit edit, Row row) {
        UploadRow.forget(edit.change(), row.key());
        return UploadRow.read(row.value()).size();
    }

    static Content content(Blobs blobs, BlobId blob, long size) {
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream read(long offset, long length) {
                return ContentStream.of(
                        List.of(new ContentStream.Piece(() -> blobs.open(blob, size), 0, size)),
                        offset,
                        length);
            }
        };
    }
}
