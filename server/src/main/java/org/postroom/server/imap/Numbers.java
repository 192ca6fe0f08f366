package org.postroom.server.imap;

import org.postroom.imap.Command;
import org.postroom.imap.SearchKey;

/// Whether a command speaks of messages by their numbers, which some clients have given up.
final class Numbers {

    private Numbers() {}

    // RFC 9586: they may not be used once UIDONLY is enabled
    static boolean areIn(Command command) {
        return switch (command) {
            case Command.Fetch fetch -> !fetch.uid();
            case Command.Store store -> !store.uid();
            case Command.Copy copy -> !copy.uid();
            case Command.Move move -> !move.uid();
            case Command.Replace replace -> !replace.uid();
            case Command.Search search -> !search.uid() || areIn(search.key());
            case Command.Sort sort -> !sort.uid() || areIn(sort.key());
            case Command.Threads threads -> !threads.uid() || areIn(threads.key());
            default -> false;
        };
    }

    /// As deep as the key, which is bounded.
    private static boolean areIn(SearchKey key) {
        return switch (key) {
            case SearchKey.Sequence(var set) -> !set.isSaved();
            case SearchKey.And(var keys) -> keys.stream().anyMatch(Numbers::areIn);
            case SearchKey.Or(var one, var other) -> areIn(one) || areIn(other);
            case SearchKey.Not(var inner) -> areIn(inner);
            default -> false;
        };
    }
}
