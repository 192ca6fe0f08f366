package org.postroom.sasl;

import org.postroom.wire.Secret;

import java.util.Optional;

/// What the server's side asks of whoever keeps the credentials. Answers may block, and may throw a
/// Fault when they can't be known. A name that nobody has takes as long, and looks the same, as a
/// password that is wrong (TRAPS T11).
///
/// Names come as the client sent them; whoever answers normalises them as it does for its own.
///
/// @param <I> who signed in
public interface Credentials<I> {

    /// Who signs in by this password, if anybody.
    ///
    /// @param authorization whom the client wants to act as; empty: whom it signs in as
    /// @param authentication whose password it is
    Optional<I> password(String authorization, String authentication, Secret password);

    /// What SCRAM needs of this name. For a name that nobody has: a salt that stays the same from one
    /// question to the next, and no keys.
    ///
    /// @param mechanism one of the SCRAM mechanisms
    ScramKeys<I> scram(Mechanism mechanism, String authentication);

    /// Who the connection has shown its client to be (RFC 4422 §A.1), if it may act as this.
    ///
    /// @param authorization empty: as itself
    Optional<I> external(String authorization);
}
