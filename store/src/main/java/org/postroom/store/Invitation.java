package org.postroom.store;

import java.time.Instant;
import java.util.Optional;

/// An address that somebody may have here, or asks for.
///
/// @param address the account that it will be, or that it is and whose password is set anew
/// @param state what it waits for
/// @param expires from when on it is void
/// @param note what whoever asks says of himself
public record Invitation(
        long id,
        String address,
        State state,
        Instant created,
        Optional<Instant> expires,
        String note) {

    /// What an invitation waits for.
    public enum State {
        /// For its guest to come and choose a password.
        SENT(1),
        /// For an administrator to let in whoever asks.
        PENDING(2);

        /// What says so in a row.
        final int code;

        State(int code) {
            this.code = code;
        }
    }
}
