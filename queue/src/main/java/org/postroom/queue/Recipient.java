package org.postroom.queue;

import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.store.AccountId;

/// Whom a consignment is for.
public sealed interface Recipient {

    /// As it was received, or as it is to be said to the next hop.
    Command.Rcpt rcpt();

    /// An account here.
    ///
    /// @param prefix this account's trace fields (`NewMessage`'s prefix)
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Local(AccountId account, byte[] prefix, Command.Rcpt rcpt) implements Recipient {}

    /// Somebody at a domain that is not ours.
    record Elsewhere(Command.Rcpt rcpt) implements Recipient {

        public Elsewhere {
            if (!(rcpt.to() instanceof Address))
                throw new IllegalArgumentException("nobody is elsewhere without an address");
        }
    }

    /// An address that stood for others, who are named beside it: nothing is to be delivered to it,
    /// but who sent the letter asked to hear of success (RFC 3461 §5.2.7).
    record Expanded(Command.Rcpt rcpt) implements Recipient {}

    /// A list that has sent the letter on, under an envelope of its own: for who sent it, it has arrived
    /// (RFC 3461 §5.2.7.1).
    record Distributed(Command.Rcpt rcpt) implements Recipient {}
}
