package org.postroom.store;

import org.jspecify.annotations.Nullable;

/// Row `B` mailbox4: what LIST, STATUS and SELECT need without a scan.
///
/// Layout 2: parent4 name use1 subscribed1 uidValidity8 uidNext4 firstRecent4 lowest4 modSeq8 exists4
/// unseen4 bytes8 created8 sort4. The name is one level; `parent` is 0 at the top, so renaming a mailbox
/// changes one row whatever lies below. `lowest` is where a scan of the messages begins: deleted
/// rows before it would make the first step slow.
final class MailboxRow {

    static final KeyRange ALL = KeyRange.of(Key.of('B'));
    private static final int LAYOUT = 2;

    final int id;
    int parent;
    String name = "";
    @Nullable SpecialUse use;
    boolean subscribed;
    long uidValidity;
    int uidNext = 1;
    int firstRecent = 1;
    int lowest = 1;
    long modSeq;
    int exists;
    int unseen;
    long bytes;
    long created;
    int sort;

    MailboxRow(int id) {
        this.id = id;
    }

    byte[] key() {
        return key(id);
    }

    static byte[] key(int id) {
        return Key.of('B', id);
    }

    static MailboxRow read(int id, byte[] row) {
        var in = new RowIn("mailbox", row, LAYOUT);
        var box = new MailboxRow(id);
        box.parent = in.int4();
        box.name = in.text();
        box.use = use(in.octet());
        box.subscribed = in.bool();
        box.uidValidity = in.long8();
        box.uidNext = in.int4();
        box.firstRecent = in.int4();
        box.lowest = in.int4();
        box.modSeq = in.long8();
        box.exists = in.int4();
        box.unseen = in.int4();
        box.bytes = in.long8();
        box.created = in.long8();
        box.sort = in.int4();
        return box;
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .int4(parent)
                .text(name)
                .octet(octet(use))
                .bool(subscribed)
                .long8(uidValidity)
                .int4(uidNext)
                .int4(firstRecent)
                .int4(lowest)
                .long8(modSeq)
                .int4(exists)
                .int4(unseen)
                .long8(bytes)
                .long8(created)
                .int4(sort)
                .row();
    }

    private static int octet(@Nullable SpecialUse use) {
        return switch (use) {
            case null -> 0;
            case ARCHIVE -> 1;
            case DRAFTS -> 2;
            case JUNK -> 3;
            case SENT -> 4;
            case TRASH -> 5;
        };
    }

    private static @Nullable SpecialUse use(int octet) {
        for (var use : SpecialUse.values()) if (octet(use) == octet) return use;
        return null;
    }
}
