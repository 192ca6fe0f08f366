package org.postroom.store;

import org.postroom.wire.Secret;

import java.util.List;
import java.util.Optional;

/// Who may sign in. An account has at most one chosen password, kept as an Argon2id hash, and any
/// number of app passwords, which are random, so that a fast hash and stored SCRAM keys will do.
///
/// Argon2id runs on a few threads with a bounded queue; a password that was right is remembered for
/// a short while by a keyed hash, so that a client that signs in each minute costs nothing. Someone
/// unknown takes as long as someone wrong (TRAPS T11, F7).
public final class Passwords {

    /// A new app password, shown this once.
    public record Issued(AppPassword about, Secret secret) {}

    Passwords() {}

    /// Whether this secret, chosen or app password, is the account's.
    ///
    /// @param account nobody, when the name is unknown: the answer is no, as late as any no
    /// @throws Refused TOO_BUSY
    public boolean verify(Optional<AccountId> account, Secret secret) throws Refused {
        return Unwritten.yet();
    }

    /// Sets the chosen password.
    ///
    /// @throws Refused BAD_PASSWORD; TOO_BUSY
    public void set(AccountId account, Secret secret) throws Refused {
        Unwritten.<Object>yet();
    }

    public Issued issue(AccountId account, String label) throws Refused {
        return Unwritten.yet();
    }

    public List<AppPassword> list(AccountId account) {
        return Unwritten.yet();
    }

    /// @throws Refused NO_SUCH_APP_PASSWORD
    public void revoke(AccountId account, long id) throws Refused {
        Unwritten.<Object>yet();
    }

    /// What SCRAM needs to greet this name.
    ///
    /// @param name what the client called itself, prepared or not
    public ScramKeys scram(Optional<AccountId> account, String name, ScramKeys.Hash hash) {
        return Unwritten.yet();
    }
}
