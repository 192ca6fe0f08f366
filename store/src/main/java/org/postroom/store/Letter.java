package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.mime.Summary;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Sealed;

/// A whole message that no account holds yet: its bytes sealed in a blob, its structure found. It
/// stays once it is appended, delivered or queued, for which its draft must still be open. Several
/// accounts can be given the same.
public final class Letter {

    private final BlobId id;
    private final long size;
    private final @Nullable Sealed blob;
    private final Summary summary;

    private Letter(BlobId id, long size, @Nullable Sealed blob, Summary summary) {
        this.id = id;
        this.size = size;
        this.blob = blob;
        this.summary = summary;
    }

    static Letter of(Sealed blob, Summary summary) {
        return new Letter(blob.id(), blob.size(), blob, summary);
    }

    /// One whose blob a commit has kept already.
    static Letter kept(BlobId id, long size, Summary summary) {
        return new Letter(id, size, null, summary);
    }

    /// In octets, without any trace prefix.
    public long size() {
        return size;
    }

    /// Of the letter alone, without any trace prefix.
    public Summary summary() {
        return summary;
    }

    /// What a commit must keep, or null.
    public @Nullable Sealed blob() {
        return blob;
    }

    public BlobId id() {
        return id;
    }

    EmailRow row(byte[] prefix) {
        return new EmailRow(id, size, prefix, summary.prefixed(prefix).encode());
    }
}
