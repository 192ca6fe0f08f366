package org.postroom.imap;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A flag as it is written: a system flag, which begins with a backslash, or a keyword. Two flags
/// are one if they differ in case only (RFC 3501 §2.3.2); system flags have one spelling.
///
/// @param atom ASCII, safe to print where the grammar wants a flag
public record Flag(String atom) {

    public static final Flag SEEN = new Flag("\\Seen");
    public static final Flag ANSWERED = new Flag("\\Answered");
    public static final Flag FLAGGED = new Flag("\\Flagged");
    public static final Flag DELETED = new Flag("\\Deleted");
    public static final Flag DRAFT = new Flag("\\Draft");
    public static final Flag RECENT = new Flag("\\Recent");

    /// In PERMANENTFLAGS: new keywords can be made (RFC 3501 §7.1).
    public static final Flag ANY = new Flag("\\*");

    private static final List<Flag> SYSTEM =
            List.of(SEEN, ANSWERED, FLAGGED, DELETED, DRAFT, RECENT);

    /// The flag or keyword of this name, if one can have it (RFC 3501 §9: flag-keyword = atom).
    public static Optional<Flag> named(String text) {
        String atom = text.startsWith("\\") ? text.substring(1) : text;
        return !atom.isEmpty() && atom.chars().allMatch(c -> Lexer.isAtomChar((char) c))
                ? Optional.of(of(text))
                : Optional.empty();
    }

    static Flag of(String atom) {
        if (atom.startsWith("\\"))
            for (var flag : SYSTEM) if (flag.atom.equalsIgnoreCase(atom)) return flag;
        return new Flag(atom);
    }

    public boolean isSystem() {
        return atom.startsWith("\\");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Flag flag && flag.atom.equalsIgnoreCase(atom);
    }

    @Override
    public int hashCode() {
        return atom.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return atom;
    }
}
