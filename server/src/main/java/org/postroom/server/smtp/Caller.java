package org.postroom.server.smtp;

import org.postroom.server.Admission.Admitted;

import java.util.Optional;

/// Who is calling, as far as it is known.
///
/// @param name what the client calls itself
/// @param extended whether it said EHLO or LHLO
/// @param who the account that has signed in
record Caller(String name, boolean extended, Optional<Admitted> who) {

    Caller as(Admitted account) {
        return new Caller(name, extended, Optional.of(account));
    }

    boolean isSignedIn() {
        return who.isPresent();
    }
}
