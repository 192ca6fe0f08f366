package org.postroom.store;

import java.util.List;

/// Letters for several accounts, between the commit that answers 250 and the commits that put them
/// into the accounts. A crash anywhere in between doubles nothing and loses nothing: what is in the
/// spool is delivered when the store opens, under delivery ids that the accounts remember.
public final class Spool {

    /// @param prefix this account's trace fields ([NewMessage#prefix])
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Recipient(AccountId account, byte[] prefix) {}

    Spool() {}

    /// Takes a letter for these accounts, each once, in one commit: on disk when this returns. Delivery
    /// follows by itself. It does not look at quota: reserve before.
    public void accept(Letter letter, List<Recipient> recipients) {
        Unwritten.<Object>yet();
    }

    /// How many deliveries are waiting.
    public int waiting() {
        return Unwritten.yet();
    }
}
