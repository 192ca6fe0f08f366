package org.postroom.server.imap;

import org.postroom.imap.Flag;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.store.Flags;
import org.postroom.store.Keywords;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Flags by name and flags by bit: the one place where IMAP's flags and the store's meet.
final class FlagNames {

    /// A keyword's name is stored once for all messages; nobody needs a longer one.
    private static final int LONGEST = 255;

    private FlagNames() {}

    /// As the store has them.
    ///
    /// @throws Refusal for a system flag that is none
    static Flags stored(List<Flag> flags) throws Refusal {
        var system = EnumSet.noneOf(org.postroom.store.Flag.class);
        Set<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var flag : flags)
            if (flag.isSystem()) system.add(system(flag));
            else if (flag.atom().length() > LONGEST) throw new Refusal(Reply.TOO_BIG);
            else keywords.add(flag.atom());
        return new Flags(system, keywords);
    }

    private static org.postroom.store.Flag system(Flag flag) throws Refusal {
        for (var known : org.postroom.store.Flag.values())
            if (known.atom.equals(flag.atom())) return known;
        throw new Refusal(Reply.BAD_FLAG);
    }

    /// The flags that a message's bits stand for.
    static List<Flag> of(long bits, Keywords keywords, boolean recent) {
        var names = new ArrayList<Flag>();
        for (var flag : org.postroom.store.Flag.values())
            if (flag.in(bits)) names.add(new Flag(flag.atom));
        if (bits >>> org.postroom.store.Flag.values().length != 0)
            for (var keyword : keywords.names())
                if ((bits & keywords.bit(keyword)) != 0) names.add(new Flag(keyword));
        if (recent) names.add(Flag.RECENT);
        return names;
    }

    /// All flags that messages of an account have: FLAGS and PERMANENTFLAGS.
    static List<Flag> all(Keywords keywords) {
        var names = new ArrayList<Flag>();
        for (var flag : org.postroom.store.Flag.values()) names.add(new Flag(flag.atom));
        for (var keyword : keywords.names()) names.add(new Flag(keyword));
        return names;
    }

    /// The bit of a flag, or 0 when no message has it.
    static long bit(Flag flag, Keywords keywords) {
        for (var known : org.postroom.store.Flag.values())
            if (known.atom.equals(flag.atom())) return known.bit();
        return keywords.bit(flag.atom());
    }

    /// Names of the flags of many messages, most of which have the same.
    static final class Memo {

        private final Keywords keywords;
        private final Map<Long, List<Flag>> known = new HashMap<>();

        Memo(Keywords keywords) {
            this.keywords = keywords;
        }

        List<Flag> of(long bits, boolean recent) {
            if (known.size() > 1000) known.clear();
            return known.computeIfAbsent(
                    recent ? ~bits : bits, _ -> FlagNames.of(bits, keywords, recent));
        }
    }
}
