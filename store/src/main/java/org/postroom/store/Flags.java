package org.postroom.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/// The flags of a message by name: system flags and keywords. Keywords compare without regard to
/// case and keep the spelling that the account saw first. Within a [View] the same is 64 bits, which
/// [Keywords] translates.
public record Flags(Set<Flag> system, Set<String> keywords) {

    public static final Flags NONE = new Flags(Set.of(), Set.of());

    public Flags {
        system = Set.copyOf(system);
        keywords = Set.copyOf(keywords);
    }

    public static Flags of(Flag... flags) {
        return new Flags(Set.of(flags), Set.of());
    }

    public Flags with(String keyword) {
        var all = new TreeSet<>(keywords);
        all.add(keyword);
        return new Flags(system, all);
    }

    /// The system flags as bits; keywords need the account's dictionary.
    long systemBits() {
        long bits = 0;
        for (var flag : system) bits |= flag.bit();
        return bits;
    }

    static Set<Flag> system(long bits) {
        var flags = EnumSet.noneOf(Flag.class);
        for (var flag : Flag.values()) if (flag.in(bits)) flags.add(flag);
        return flags;
    }
}
