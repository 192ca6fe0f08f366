package org.postroom.server.http;

import org.postroom.store.AccountId;
import org.postroom.wire.Secret;

import java.util.Optional;

/// Whose request it is.
///
/// @param name the account's, as it signed in
/// @param session the page's, if that is how
public record Signed(AccountId account, String name, Optional<Session> session) {

    /// A browser's.
    ///
    /// @param token what a form of this session bears, and no other site knows
    public record Session(long id, Secret token) {}
}
