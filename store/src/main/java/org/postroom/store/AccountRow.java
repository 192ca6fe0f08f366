package org.postroom.store;

import org.jspecify.annotations.Nullable;

/// Row `A` of an account's partition: that the account exists, what it may hold and holds, and its
/// counters. Every commit that adds or removes octets changes it, so quota is exact.
///
/// Layout 2: limit8 (-1: the server's) used8 messages8 files8 created8 uidValidity8 nextMailbox4
/// messageLimit8 (0: none) epoch4, and for each [Kind] the version8 that changed one last. Layout 1 ended
/// before these.
final class AccountRow {

    static final byte[] KEY = Key.of('A');
    private static final int LAYOUT = 2;

    /// The limit is the server's.
    static final long INHERITED = -1;

    long limit = INHERITED;
    long used;
    long messages;
    long files;
    long created;
    long uidValidity;
    int nextMailbox = 1;
    long messageLimit;

    /// Raised when the account goes back to what it was: versions are given anew from there on.
    int epoch = 1;

    final long[] changed = new long[Kind.COUNT];

    static @Nullable AccountRow read(byte @Nullable [] row) {
        if (row == null) return null;
        boolean old = row.length > 0 && row[0] == 1;
        var in = new RowIn("account", row, old ? 1 : LAYOUT);
        var account = new AccountRow();
        account.limit = in.long8();
        account.used = in.long8();
        account.messages = in.long8();
        account.files = in.long8();
        account.created = in.long8();
        account.uidValidity = in.long8();
        account.nextMailbox = in.int4();
        if (old) return account;
        account.messageLimit = in.long8();
        account.epoch = in.int4();
        for (int i = 0; i < account.changed.length && in.hasMore(); i++)
            account.changed[i] = in.long8();
        return account;
    }

    byte[] row() {
        var out =
                new RowOut(LAYOUT)
                        .long8(limit)
                        .long8(used)
                        .long8(messages)
                        .long8(files)
                        .long8(created)
                        .long8(uidValidity)
                        .int4(nextMailbox)
                        .long8(messageLimit)
                        .int4(epoch);
        for (long version : changed) out.long8(version);
        return out.row();
    }

    /// One that no mailbox of this account ever had; the clock's seconds, or one more than the last.
    // RFC 9051 §2.3.1.1
    long nextUidValidity(long millis) {
        uidValidity = Math.max(uidValidity + 1, millis / 1000);
        return uidValidity;
    }

    long limit(long server) {
        return limit == INHERITED ? server : limit;
    }

    Quota quota(long server) {
        return new Quota(limit(server), used, messages, files, messageLimit);
    }
}
