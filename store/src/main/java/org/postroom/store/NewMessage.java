package org.postroom.store;

import java.time.Instant;

/// A letter as one account is to have it.
///
/// @param prefix trace fields of this account's own, complete lines, that stand before the letter
///     (Return-Path, Delivered-To, Received); they count in every size and offset
/// @param received INTERNALDATE
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record NewMessage(Letter letter, byte[] prefix, Flags flags, Instant received) {

    /// @return in octets, prefix and letter
    public long size() {
        return prefix.length + letter.size();
    }
}
