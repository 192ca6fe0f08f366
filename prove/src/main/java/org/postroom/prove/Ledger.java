package org.postroom.prove;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What a server has promised. A thing (a letter, a file) is known by its key and is in places, each
/// with a value: a flag, or a digest of the octets. A step that is begun takes it from where it is to
/// where it will be; until the step is acknowledged both are right, and nothing between the two is.
final class Ledger {

    /// One thing: where it is, and where it may be.
    private static final class Thing {
        Map<String, String> now = Map.of();
        @Nullable Map<String, String> next;
    }

    /// What a mailbox had given when it was last looked at.
    private record Mark(long validity, int uidNext) {}

    private final Map<String, Thing> things = new HashMap<>();
    private final Map<String, TreeMap<Integer, String>> uids = new HashMap<>();
    private final Map<String, Mark> marks = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long acknowledged;

    /// Begins a step, unless the thing's last one is still open.
    synchronized boolean begin(String key, UnaryOperator<Map<String, String>> step) {
        var thing = things.computeIfAbsent(key, _ -> new Thing());
        if (thing.next != null) return false;
        thing.next = Map.copyOf(step.apply(new HashMap<>(thing.now)));
        return true;
    }

    synchronized void acknowledge(String key) {
        var thing = things.get(key);
        if (thing == null || thing.next == null)
            throw new IllegalStateException("nothing was begun with " + key);
        thing.now = thing.next;
        thing.next = null;
        acknowledged++;
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized void complain(String what) {
        complaints.add(what);
    }

    /// A message was told to have, or found to have, this UID.
    synchronized void uid(String place, int uid, String key) {
        var other = uids.computeIfAbsent(place, _ -> new TreeMap<>()).putIfAbsent(uid, key);
        if (other != null && !other.equals(key))
            complain("UID " + uid + " of " + place + " was " + other + ", is " + key);
    }

    /// A message whose UID was not known before must lie above all that were given by then.
    synchronized void found(String place, int uid, String key) {
        var known = uids.getOrDefault(place, new TreeMap<>()).get(uid);
        var mark = marks.get(place);
        if (known == null && mark != null && uid < mark.uidNext)
            complain("UID " + uid + " of " + place + " is below UIDNEXT " + mark.uidNext);
        uid(place, uid, key);
    }

    /// What the mailbox will give next, after its messages were [#found].
    synchronized void mark(String place, long validity, int uidNext) {
        var before = marks.put(place, new Mark(validity, uidNext));
        if (before != null && before.validity != validity)
            complain("UIDVALIDITY of " + place + " was " + before.validity + ", is " + validity);
        var given = uids.getOrDefault(place, new TreeMap<>());
        if (!given.isEmpty() && given.lastKey() >= uidNext)
            complain("UIDNEXT " + uidNext + " of " + place + ", given was " + given.lastKey());
    }

    /// Holds all that is there against all that was promised. Of a step that was open, what came of it
    /// is settled by this, and must stay so.
    synchronized void settle(Map<String, Map<String, String>> found) {
        things.forEach((key, thing) -> {
            var there = found.getOrDefault(key, Map.of());
            if (!there.equals(thing.now) && !there.equals(thing.next))
                complain(judgement(key, thing, there));
            thing.now = there;
            thing.next = null;
        });
        for (var key : found.keySet())
            if (!things.containsKey(key)) complain("nobody sent: " + key);
    }

    private static String judgement(String key, Thing thing, Map<String, String> there) {
        boolean lost =
                thing.now.keySet().stream()
                        .anyMatch(place ->
                                !there.containsKey(place)
                                        && (thing.next == null || thing.next.containsKey(place)));
        boolean risen = !thing.now.keySet().containsAll(there.keySet()) && thing.next == null;
        return (lost ? "lost: " : risen ? "risen: " : "wrong: ")
                + key
                + " was acknowledged as "
                + thing.now
                + (thing.next == null ? "" : ", begun as " + thing.next)
                + ", is "
                + there;
    }

    /// What was not as it must be since this was last asked.
    synchronized List<String> complaints() {
        var said = List.copyOf(complaints);
        complaints.clear();
        return said;
    }
}
