package org.postroom.store;

import org.postroom.store.Refused.Reason;
import org.postroom.store.Walk.Found;
import org.postroom.store.engine.Rows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The locks of an account's files as a commit or a reader finds them, all of them: there are few, and
/// none as a rule. A commit asks in here before it changes a node, so what a lock covers can't change
/// between the question and the change.
final class Locks {

    /// In one account, those that hold.
    static final int MOST = 1_000;

    private static final int OWNER_LIMIT = 4096;

    private final Rows rows;
    private final long now;
    private final Set<String> held;
    private final List<LockRow> all = new ArrayList<>();

    private Locks(Rows rows, long now, Set<String> held) {
        this.rows = rows;
        this.now = now;
        this.held = held;
    }

    /// @param held the tokens that the caller names
    static Locks read(Rows rows, long now, Set<String> held) {
        var locks = new Locks(rows, now, held);
        LockRow.ALL.each(rows, row -> locks.all.add(LockRow.read(row.key(), row.value())));
        return locks;
    }

    private List<LockRow> holding() {
        return all.stream().filter(lock -> lock.ends() > now).toList();
    }

    private List<LockRow> covering(long node) {
        var covering = new ArrayList<LockRow>();
        for (var lock : holding())
            if (lock.node() == node
                    || (lock.terms().deep() && Walk.isWithin(rows, lock.node(), node)))
                covering.add(lock);
        return covering;
    }

    private List<LockRow> below(long node) {
        return all.isEmpty()
                ? List.of()
                : all.stream().filter(lock -> Walk.isWithin(rows, node, lock.node())).toList();
    }

    /// That a node changes: what it holds, what is known of it, or, of a directory, which names are in
    /// it.
    ///
    /// @throws Refused LOCKED
    // RFC 4918 §7.5: of several that share, one is enough
    void allow(long node) throws Refused {
        if (all.isEmpty()) return;
        var covering = covering(node);
        if (covering.isEmpty() || covering.stream().anyMatch(this::isHeld)) return;
        throw refusal(covering.getFirst());
    }

    /// That a node goes from its directory, with all that is below.
    ///
    /// @throws Refused LOCKED
    void allowDeparture(Found node) throws Refused {
        if (all.isEmpty()) return;
        allow(node.row().parent());
        allow(node.node());
        for (var lock : below(node.node())) allow(lock.node());
    }

    private boolean isHeld(LockRow lock) {
        return held.contains(lock.uri());
    }

    private Refused refusal(LockRow lock) {
        return new Refused(Reason.LOCKED, Walk.path(rows, lock.node()));
    }

    /// Takes one, if no other is in its way.
    ///
    /// @throws Refused LOCKED, TOO_MANY_LOCKS
    // RFC 4918 §9.10.5
    void take(Edit edit, LockRow wanted) throws Refused {
        var others = new ArrayList<>(covering(wanted.node()));
        if (wanted.terms().deep()) others.addAll(below(wanted.node()));
        for (var other : others)
            if (other.ends() > now && (wanted.terms().exclusive() || other.terms().exclusive()))
                throw refusal(other);
        drop(edit, all.stream().filter(lock -> lock.ends() <= now).toList());
        int owner = wanted.terms().owner().getBytes(StandardCharsets.UTF_8).length;
        if (all.size() >= MOST || owner > OWNER_LIMIT) throw new Refused(Reason.TOO_MANY_LOCKS);
        put(edit, wanted);
    }

    private void put(Edit edit, LockRow lock) {
        edit.put(lock.key(), lock.row());
        all.add(lock);
    }

    private void drop(Edit edit, List<LockRow> locks) {
        for (var lock : locks) edit.delete(lock.key());
        all.removeAll(locks);
    }

    /// One that holds and covers a node, by its token.
    ///
    /// @throws Refused NO_SUCH_LOCK
    LockRow find(Found node, String token) throws Refused {
        return covering(node.node()).stream()
                .filter(lock -> lock.uri().equals(token))
                .findFirst()
                .orElseThrow(() -> new Refused(Reason.NO_SUCH_LOCK));
    }

    LockRow prolong(Edit edit, LockRow lock, long ends) {
        var longer = lock.until(ends);
        drop(edit, List.of(lock));
        put(edit, longer);
        return longer;
    }

    void end(Edit edit, LockRow lock) {
        drop(edit, List.of(lock));
    }

    /// Those of a node and below it are no more, since it goes from where it was (RFC 4918 §7.6).
    void depart(Edit edit, long node) {
        drop(edit, below(node));
    }

    /// Those of a node go on as another's, which comes to its place (RFC 4918 §7.6).
    void inherit(Edit edit, long from, long to) {
        var locks = all.stream().filter(lock -> lock.node() == from).toList();
        drop(edit, locks);
        for (var lock : locks) put(edit, lock.at(to));
    }

    List<Lock> list() {
        return holding().stream().map(this::shown).toList();
    }

    Lock shown(LockRow lock) {
        return new Lock(
                lock.uri(),
                Walk.path(rows, lock.node()),
                lock.terms(),
                Instant.ofEpochMilli(lock.ends()));
    }
}
