package org.postroom.agent;

import org.postroom.agent.access.Access;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.imap.Flag;
import org.postroom.imap.SearchKey;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Which letters a person means: `3`, `3-7`, `1,4`, `.` the one she is at, `$` the last, `*` all, `new`,
/// `found` (what the last search found), `tagged` (in the full screen), `thread:3` (all that belongs together with 3).
final class Numbers {

    private Numbers() {}

    /// Whether a word says which letters are meant.
    static boolean is(String word) {
        return word.matches("[0-9.$*,-]*[0-9.$*][0-9.$*,-]*")
                || word.equals("new")
                || word.equals("found")
                || word.equals("tagged")
                || word.startsWith("thread:");
    }

    /// How many of the words at the beginning are numbers.
    static int count(List<String> words) {
        int count = 0;
        while (count < words.size() && is(words.get(count))) count++;
        return count;
    }

    /// The letters; the one that the person is at if there is no word.
    static List<Row> rows(List<String> words, Session session) throws Hindrance {
        if (words.isEmpty()) return List.of(session.row(here(session)));
        SequencedSet<Integer> numbers = new LinkedHashSet<>();
        for (var word : words)
            for (var part : word.split(",", -1)) if (!part.isEmpty()) add(part, numbers, session);
        var rows = new ArrayList<Row>();
        for (int number : numbers) rows.addAll(session.access().rows(number, number));
        if (rows.isEmpty())
            throw Hindrance.notSo(
                    "There is no letter "
                            + String.join(" ", words)
                            + " in "
                            + session.access().mailbox()
                            + ".");
        return rows;
    }

    /// Exactly one.
    static Row row(List<String> words, Session session) throws Hindrance {
        var rows = rows(words, session);
        if (rows.size() != 1) throw Hindrance.usage("One letter at a time, please.");
        return rows.getFirst();
    }

    private static void add(String part, SequencedSet<Integer> numbers, Session session)
            throws Hindrance {
        var access = session.access();
        if (part.equals("*")) preload(1, access.last(), numbers, access);
        else if (part.equals("new"))
            numbers.addAll(access.search(new SearchKey.Not(new SearchKey.Has(Flag.SEEN))));
        else if (part.equals("found")) numbers.addAll(session.found());
        else if (part.equals("tagged")) numbers.addAll(session.tagged());
        else if (part.startsWith("thread:"))
            numbers.addAll(thread(number(part.substring(7), session), access));
        else {
            int hyphen = part.indexOf('-', 1);
            int from = number(hyphen < 0 ? part : part.substring(0, hyphen), session);
            int to = hyphen < 0 ? from : number(part.substring(hyphen + 1), session);
            preload(
                    Math.min(from, to),
                    Math.min(Math.max(from, to), access.last()),
                    numbers,
                    access);
        }
    }

    private static void preload(int from, int to, SequencedSet<Integer> numbers, Access access)
            throws Hindrance {
        for (var row : access.rows(from, to)) numbers.add(row.number());
    }

    private static int number(String text, Session session) throws Hindrance {
        if (text.equals(".")) return here(session);
        if (text.equals("$")) return session.access().last();
        if (text.matches("[0-9]{1,7}")) return Integer.parseInt(text);
        throw Hindrance.usage(text + " is no number of a letter.");
    }

    private static int here(Session session) throws Hindrance {
        if (session.current() == 0) throw Hindrance.usage("Which letter? Name its number.");
        return session.current();
    }

    /// All letters of the thread that one is in.
    private static List<Integer> thread(int number, Access access) throws Hindrance {
        var thread = new ArrayList<Integer>();
        boolean here = false;
        for (var place : access.threads()) {
            if (place.depth() == 0) {
                if (here) return thread;
                thread.clear();
            }
            thread.add(place.number());
            here |= place.number() == number;
        }
        return here ? thread : List.of();
    }
}
