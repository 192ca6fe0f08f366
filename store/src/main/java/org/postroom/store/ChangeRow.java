package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Rows;

import java.util.ArrayList;
import java.util.List;

/// Row `C` version8: the account's change log, one row a commit, with old and new values, trimmed by
/// age. A commit whose outcome is unknown is found again by its id.
///
/// Layout 1: commitId8 when8, then entries of a kind octet and its fields: arrived (1) mailbox4 uid4
/// email8; flagged (2) mailbox4 uid4 email8 old8 new8; expunged (3) mailbox4 uid4 email8 flags8;
/// mailbox (4) mailbox4 and its row before and after, empty for none; file (5) node8 and likewise; record (6) kind1 id8 was1 is1.
record ChangeRow(long commitId, long when, List<Entry> entries) {

    static final KeyRange ALL = KeyRange.of(Key.of('C'));
    private static final int LAYOUT = 1;

    sealed interface Entry {}

    record Arrived(int mailbox, int uid, long email) implements Entry {}

    record Flagged(int mailbox, int uid, long email, long before, long after) implements Entry {}

    record Expunged(int mailbox, int uid, long email, long flags) implements Entry {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Box(int mailbox, byte @Nullable [] before, byte @Nullable [] after) implements Entry {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record File(long node, byte @Nullable [] before, byte @Nullable [] after) implements Entry {}

    /// @param was whether it was there before
    /// @param is whether it is now
    record Recorded(Kind kind, long id, boolean was, boolean is) implements Entry {}

    /// The row that tells how far the log was trimmed: the version of the last commit that is not in it.
    static final byte[] TRIMMED = Key.of('c');

    static byte[] trimmed(long version) {
        return new RowOut(LAYOUT).long8(version).row();
    }

    /// From which version on the log is whole.
    static long wholeFrom(Rows rows) {
        byte[] row = rows.get(TRIMMED);
        return row == null ? 0 : new RowIn("trim", row, LAYOUT).long8();
    }

    static long versionOf(byte[] key) {
        return Key.longAt(key, 1);
    }

    static byte[] key(long version) {
        return Key.of('C', version);
    }

    /// When a commit was, without reading the rest.
    static long when(byte[] row) {
        var in = new RowIn("change", row, LAYOUT);
        in.long8();
        return in.long8();
    }

    static ChangeRow read(byte[] row) {
        var in = new RowIn("change", row, LAYOUT);
        long commitId = in.long8();
        long when = in.long8();
        var entries = new ArrayList<Entry>();
        while (in.hasMore())
            entries.add(
                    switch (in.octet()) {
                        case 1 -> new Arrived(in.int4(), in.int4(), in.long8());
                        case 2 ->
                                new Flagged(
                                        in.int4(), in.int4(), in.long8(), in.long8(), in.long8());
                        case 3 -> new Expunged(in.int4(), in.int4(), in.long8(), in.long8());
                        case 4 -> new Box(in.int4(), some(in.counted()), some(in.counted()));
                        case 5 -> new File(in.long8(), some(in.counted()), some(in.counted()));
                        case 6 ->
                                new Recorded(Kind.of(in.octet()), in.long8(), in.bool(), in.bool());
                        default -> throw new org.postroom.wire.Fault("change row of unknown kind");
                    });
        return new ChangeRow(commitId, when, entries);
    }

    byte[] row() {
        var out = new RowOut(LAYOUT).long8(commitId).long8(when);
        for (var entry : entries)
            switch (entry) {
                case Arrived(var mailbox, var uid, var email) ->
                        out.octet(1).int4(mailbox).int4(uid).long8(email);
                case Flagged(var mailbox, var uid, var email, var before, var after) ->
                        out.octet(2)
                                .int4(mailbox)
                                .int4(uid)
                                .long8(email)
                                .long8(before)
                                .long8(after);
                case Expunged(var mailbox, var uid, var email, var flags) ->
                        out.octet(3).int4(mailbox).int4(uid).long8(email).long8(flags);
                case Box(var mailbox, var before, var after) ->
                        out.octet(4).int4(mailbox).counted(octets(before)).counted(octets(after));
                case Recorded(var kind, var id, var was, var is) ->
                        out.octet(6).octet(kind.number).long8(id).bool(was).bool(is);
                case File(var node, var before, var after) ->
                        out.octet(5).long8(node).counted(octets(before)).counted(octets(after));
            }
        return out.row();
    }

    private static byte[] octets(byte @Nullable [] row) {
        return row == null ? new byte[0] : row;
    }

    private static byte @Nullable [] some(byte[] octets) {
        return octets.length == 0 ? null : octets;
    }
}
