package org.postroom.store;

/// Row `U` mailbox4 uid4: one message of a mailbox, in so few octets that a change of flags is cheap.
///
/// Layout 2: modSeq8 email8 thread8 flags8 size4 received8 saved8.
record UidRow(
        int uid,
        long modSeq,
        long email,
        long thread,
        long flags,
        int size,
        long received,
        long saved) {

    private static final int LAYOUT = 2;

    static byte[] key(int mailbox, int uid) {
        return Key.of('U', mailbox, uid);
    }

    /// A mailbox's rows.
    static KeyRange all(int mailbox) {
        return KeyRange.of(Key.of('U', mailbox));
    }

    static int uidOf(byte[] key) {
        return Key.intAt(key, 5);
    }

    static UidRow read(int uid, byte[] row) {
        var in = new RowIn("message", row, LAYOUT);
        return new UidRow(
                uid,
                in.long8(),
                in.long8(),
                in.long8(),
                in.long8(),
                in.int4(),
                in.long8(),
                in.long8());
    }

    byte[] row() {
        return new RowOut(LAYOUT)
                .long8(modSeq)
                .long8(email)
                .long8(thread)
                .long8(flags)
                .int4(size)
                .long8(received)
                .long8(saved)
                .row();
    }

    UidRow flagged(long flags, long modSeq) {
        return new UidRow(uid, modSeq, email, thread, flags, size, received, saved);
    }

    /// The same message in another mailbox.
    UidRow copied(int uid, long modSeq, long saved) {
        return new UidRow(uid, modSeq, email, thread, flags, size, received, saved);
    }

    boolean seen() {
        return Flag.SEEN.in(flags);
    }
}
