package org.postroom.store;

import java.util.List;

/// Row `F` when8 version8 index4: what was removed and is kept for a while, outside the quota: for
/// views opened before, and to be found again. The key is in the order of time, so a sweep reads
/// from the front.
///
/// Layout 1: kind1, then for an expunged message (1) mailbox4 uid4 and the row `U`; for content that a
/// file lost (2) node8, name and the row `g`. The latter holds its blobs by `X` rows with its own key
/// behind the blob's; an email's are held by `E` until its last place's row is swept.
sealed interface ExpiryRow {

    record Message(int mailbox, UidRow message) implements ExpiryRow {}

    record File(long node, FileRow file) implements ExpiryRow {}

    int LAYOUT = 1;
    KeyRange ALL = KeyRange.of(Key.of('F'));

    static byte[] key(long when, long version, int index) {
        return Key.of('F', when, version, index);
    }

    /// All that was removed before this moment.
    static KeyRange before(long when) {
        return new KeyRange(Key.of('F'), Key.of('F', when));
    }

    static long when(byte[] key) {
        return Key.longAt(key, 1);
    }

    static ExpiryRow read(byte[] row) {
        var in = new RowIn("expiry", row, LAYOUT);
        return switch (in.octet()) {
            case 1 -> {
                int mailbox = in.int4();
                int uid = in.int4();
                yield new Message(mailbox, UidRow.read(uid, in.counted()));
            }
            case 2 -> new File(in.long8(), FileRow.read(in.counted()));
            default -> throw new org.postroom.wire.Fault("expiry row of unknown kind");
        };
    }

    default byte[] row() {
        var out = new RowOut(LAYOUT);
        return switch (this) {
            case Message(var mailbox, var message) ->
                    out.octet(1).int4(mailbox).int4(message.uid()).counted(message.row()).row();
            case File(var node, var file) -> out.octet(2).long8(node).counted(file.row()).row();
        };
    }

    /// What holds a blob for this row.
    static List<byte[]> references(byte[] key, FileRow file) {
        return file.body().blobs().stream().map(blob -> blob.reference(key)).toList();
    }
}
