package org.postroom.store;

/// What a session that knows an older view must be told to know a newer one.
///
/// @param expunged sequence numbers in the older view, ascending; whoever tells them one by one goes
///     from the last to the first, or subtracts (RFC 9051 §7.5.1)
/// @param vanished the same messages' UIDs
/// @param changed sequence numbers in the newer view of messages that both have and whose flags
///     or mod-sequence differ, ascending
/// @param arrived how many messages at the newer view's end are new
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Difference(int[] expunged, Uids vanished, int[] changed, int arrived) {

    public boolean isEmpty() {
        return expunged.length == 0 && changed.length == 0 && arrived == 0;
    }
}
