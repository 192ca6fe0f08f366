package org.postroom.store;

import org.postroom.store.engine.Rows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// An account's dictionary of keywords as it was at some commit: which bit of a message's 64 flags
/// stands for which keyword.
public final class Keywords {

    /// As many as the bits beside the system flags hold.
    public static final int LIMIT = 58;

    private static final int FIRST_BIT = 5;

    /// Stands for a dictionary that nobody asked for yet.
    static final Keywords UNREAD = new Keywords(List.of());

    private final List<String> names;

    private Keywords(List<String> names) {
        this.names = List.copyOf(names);
    }

    static Keywords read(Rows rows) {
        var names = new ArrayList<String>();
        KeywordRow.ALL.each(rows, row -> names.add(KeywordRow.read(row.value())));
        return new Keywords(names);
    }

    /// What the bits of a [View] mean.
    public Flags flags(long bits) {
        var keywords = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) if ((bits & bit(i)) != 0) keywords.add(names.get(i));
        return new Flags(Flags.system(bits), keywords);
    }

    /// The bit of a keyword, or 0 when no message ever had it.
    public long bit(String keyword) {
        for (int i = 0; i < names.size(); i++)
            if (names.get(i).equalsIgnoreCase(keyword)) return bit(i);
        return 0;
    }

    /// The bits of those flags that are known.
    public long bits(Flags flags) {
        long bits = flags.systemBits();
        for (var keyword : flags.keywords()) bits |= bit(keyword);
        return bits;
    }

    /// All that the account ever used, in the order of their bits.
    public List<String> names() {
        return names;
    }

    private static long bit(int number) {
        return 1L << (FIRST_BIT + number);
    }

    Keywords with(String keyword) {
        var more = new ArrayList<>(names);
        more.add(keyword);
        return new Keywords(more);
    }
}
