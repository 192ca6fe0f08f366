package org.postroom.store;

import org.jspecify.annotations.Nullable;

/// What is to happen to the flags of some messages (RFC 9051 §6.4.6).
///
/// @param unchangedSince messages that changed after it are left as they are and named in the result
///     (RFC 7162 §3.1.3), or null
public record FlagChange(Kind kind, Flags flags, @Nullable ModSeq unchangedSince) {

    /// RFC 9051 §6.4.6: +FLAGS, -FLAGS, FLAGS
    public enum Kind {
        ADD,
        REMOVE,
        REPLACE
    }

    public static FlagChange add(Flags flags) {
        return new FlagChange(Kind.ADD, flags, null);
    }

    public static FlagChange remove(Flags flags) {
        return new FlagChange(Kind.REMOVE, flags, null);
    }

    public static FlagChange replace(Flags flags) {
        return new FlagChange(Kind.REPLACE, flags, null);
    }

    public FlagChange unlessChangedSince(ModSeq modSeq) {
        return new FlagChange(kind, flags, modSeq);
    }

    long apply(long before, long named) {
        return switch (kind) {
            case ADD -> before | named;
            case REMOVE -> before & ~named;
            case REPLACE -> named;
        };
    }
}
