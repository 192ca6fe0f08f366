package org.postroom.server.imap;

import org.postroom.store.Account;

/// Where a session stands (RFC 3501 §3). A handler takes the state it needs.
sealed interface State {

    record NotAuthenticated() implements State {}

    /// Signed in, no mailbox selected.
    record Authenticated(Account account) implements State {}

    /// With a mailbox selected.
    record WithMailbox(Selected selected) implements State {}
}
