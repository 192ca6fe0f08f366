package org.postroom.store;

import java.util.ArrayList;
import java.util.List;

/// A change of many messages as several commits: cuts the UIDs, puts the results together.
final class Portions {

    /// The commit of one portion.
    interface Commit<T> {
        T of(Uids part) throws Refused;
    }

    private Portions() {}

    /// At least one, so that a change of nothing still says what it found.
    private static <T> List<T> each(Uids uids, Commit<T> commit) throws Refused {
        var results = new ArrayList<T>();
        int at = 0;
        do {
            int end = Math.min(uids.size(), at + Account.COMMIT_LIMIT);
            results.add(commit.of(uids.from(at, end)));
            at = end;
        } while (at < uids.size());
        return results;
    }

    static Copied copied(Uids uids, Commit<Copied> commit) throws Refused {
        var parts = each(uids, commit);
        var last = parts.getLast();
        return new Copied(
                last.uidValidity(),
                joined(parts.stream().map(Copied::sources).toList()),
                joined(parts.stream().map(Copied::copies).toList()),
                last.modSeq());
    }

    static Reflagged reflagged(Uids uids, Commit<Reflagged> commit) throws Refused {
        var parts = each(uids, commit);
        return new Reflagged(
                joined(parts.stream().map(Reflagged::touched).toList()),
                joined(parts.stream().map(Reflagged::changed).toList()),
                joined(parts.stream().map(Reflagged::refused).toList()),
                parts.getLast().modSeq());
    }

    static Expunged expunged(Uids uids, Commit<Expunged> commit) throws Refused {
        var parts = each(uids, commit);
        return new Expunged(
                joined(parts.stream().map(Expunged::uids).toList()), parts.getLast().modSeq());
    }

    private static Uids joined(List<Uids> parts) {
        return Uids.ascending(parts.stream().flatMapToInt(Uids::stream).toArray());
    }
}
