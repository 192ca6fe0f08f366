package org.postroom.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A password that a program signs in with, made by the server: what is known of it after its one
/// showing.
///
/// @param uses what it opens
/// @param expires when it opens nothing any more, if ever
public record AppPassword(
        long id, String label, Instant created, Set<Use> uses, Optional<Instant> expires) {

    public AppPassword {
        uses = Set.copyOf(uses);
    }
}
