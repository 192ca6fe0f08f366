package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;

/// A type's state (RFC 8620 §5.1): `epoch.version`, the version of the account that changed an object of
/// it last. In the midst of a commit that changed more than a client takes at once, the last id that it was
/// told of stands behind.
record State(int epoch, long version, long told) {

    /// All of the version was told.
    static final long ALL = -1;

    State(int epoch, long version) {
        this(epoch, version, ALL);
    }

    String text() {
        return epoch + "." + version + (told == ALL ? "" : "." + told);
    }

    /// @throws Refusal cannotCalculateChanges, of what no state ever was
    static State parse(String text, int epoch) throws Refusal {
        var state = parse(text);
        if (state == null || state.epoch != epoch)
            throw new Refusal(MethodError.CANNOT_CALCULATE_CHANGES);
        return state;
    }

    private static @Nullable State parse(String text) {
        var parts = text.split("\\.", 4);
        if (parts.length < 2 || parts.length > 3) return null;
        try {
            return new State(
                    Integer.parseInt(parts[0]),
                    Long.parseLong(parts[1]),
                    parts.length == 3 ? Long.parseLong(parts[2]) : ALL);
        } catch (NumberFormatException none) {
            return null;
        }
    }
}
