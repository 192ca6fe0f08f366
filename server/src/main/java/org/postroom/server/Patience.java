package org.postroom.server;

import org.postroom.store.AccountId;
import org.postroom.wire.Fault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Makes whoever keeps giving wrong passwords wait: the first three wrong answers to a network cost
/// nothing, each further one a pause that grows. Only the one who was wrong waits, so nobody can lock
/// out somebody else (TRAPS F7). A right password takes back what was wrong of the same account's, and
/// nothing else. Forgets after a while and beyond a number.
public final class Patience {

    private static final int FREE = 3;
    private static final int LONGEST = 10; // pauses in one
    private static final int MOST = 20_000;
    private static final Duration MEMORY = Duration.ofMinutes(10);

    /// Who was wrong: a network as a whole, or about one account of ours.
    private record Culprit(String network, Optional<AccountId> account) {}

    private record Failures(int count, long since) {}

    private final Duration pause;
    private final Duration strangers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Culprit, Failures> records =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Culprit, Failures> eldest) {
                    return size() > MOST;
                }
            };

    /// @param pause what the first wrong password costs, after the free ones
    /// @param strangers how long somebody may take to sign in
    public Patience(Duration pause, Duration strangers) {
        this.pause = pause;
        this.strangers = strangers;
    }

    /// One second, which makes guessing hopeless and a mistake bearable; and three minutes for a person
    /// who types, since whoever only holds a connection keeps another from it.
    public static Patience standard() {
        return new Patience(Duration.ofSeconds(1), Duration.ofMinutes(3));
    }

    Duration ofStrangers() {
        return strangers;
    }

    void right(String network, Optional<AccountId> account) {
        lock.lock();
        try {
            var forgiven = account.isEmpty() ? null : records.remove(new Culprit(network, account));
            if (forgiven != null)
                records.computeIfPresent(
                        new Culprit(network, Optional.empty()),
                        (_, all) ->
                                all.count <= forgiven.count
                                        ? null
                                        : new Failures(all.count - forgiven.count, all.since));
        } finally {
            lock.unlock();
        }
    }

    void wrong(String network, Optional<AccountId> account) {
        int failures = count(network, account);
        if (failures > FREE) pause(Math.min(failures - FREE, LONGEST));
    }

    /// Counts a wrong answer, and tells how many the network has given.
    int count(String network, Optional<AccountId> account) {
        lock.lock();
        try {
            if (account.isPresent()) add(new Culprit(network, account));
            return add(new Culprit(network, Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    private int add(Culprit culprit) {
        long now = System.nanoTime();
        var before = records.remove(culprit);
        boolean fresh = before != null && now - before.since < MEMORY.toNanos();
        int count = before != null && fresh ? before.count + 1 : 1;
        records.put(culprit, new Failures(count, now));
        return count;
    }

    private void pause(int times) {
        try {
            Thread.sleep(pause.multipliedBy(times));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("interrupted while waiting", e);
        }
    }
}
