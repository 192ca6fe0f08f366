package org.postroom.store;

import org.postroom.store.engine.Rows;
import org.postroom.wire.Fault;

/// When objects of each [Kind] changed last.
///
/// @param epoch raised when the account goes back to what it was (DECISIONS, Identity)
@SuppressWarnings("ArrayRecordComponent") // never compared
public record States(int epoch, long[] changed) {

    static States read(Rows rows) {
        var row = AccountRow.read(rows.get(AccountRow.KEY));
        if (row == null) throw new Fault("an account without its row");
        return new States(row.epoch, row.changed);
    }

    /// The version that changed an object of this kind last.
    public long of(Kind kind) {
        return changed[kind.number];
    }
}
