package org.postroom.imap;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What a client wants to hear of the messages that SEARCH or SORT found (RFC 4731 §3.1).
///
/// @param window those of the list that PARTIAL wants (RFC 9394 §3.1)
public record Results(Set<Kind> kinds, Optional<Window> window) {

    /// RFC 9051 §9: search-return-opt
    public enum Kind {
        MIN,
        MAX,
        ALL,
        COUNT,
        /// RFC 5182 §2: to be named `$` later
        SAVE,
        PARTIAL
    }

    /// What `RETURN ()` stands for (RFC 4731 §3.1).
    public static final Results ALL = new Results(EnumSet.of(Kind.ALL), Optional.empty());

    public Results {
        kinds = Set.copyOf(kinds);
    }

    public boolean has(Kind kind) {
        return kinds.contains(kind);
    }
}
