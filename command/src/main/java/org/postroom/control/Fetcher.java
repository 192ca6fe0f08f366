package org.postroom.control;

import org.jspecify.annotations.Nullable;
import org.postroom.control.Answer.Done;
import org.postroom.control.Answer.Failed;
import org.postroom.control.Answer.Said;
import org.postroom.server.House;
import org.postroom.server.Settings.Fetch;
import org.postroom.server.smtp.Fetching;
import org.postroom.smtp.Refusal;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Fetches what waits for us at other servers (`[[fetch]]`): when an administrator, or a script that has
/// just brought the line up, says so, and as often as the configuration does.
final class Fetcher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Fetcher.class.getName());
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final House house;
    private final ReentrantLock one = new ReentrantLock(); // at a time: two would get 451
    private final Map<Fetch, Long> last = new ConcurrentHashMap<>(); // System.nanoTime
    private volatile @Nullable Thread fetching;
    private final Thread thread = Thread.ofVirtual().name("fetcher").unstarted(this::run);

    Fetcher(House house) {
        this.house = house;
    }

    void start() {
        thread.start();
    }

    private List<Fetch> fetches() {
        return house.settings().get().fetches();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                for (var fetch : fetches()) if (isDue(fetch)) fetchOne(fetch, _ -> {});
            }
        } catch (InterruptedException | Departure ended) {
            LOG.log(System.Logger.Level.DEBUG, "no more is fetched");
        }
    }

    /// The first time at once.
    private boolean isDue(Fetch fetch) {
        if (fetch.every().isEmpty()) return false;
        var before = last.get(fetch);
        return before == null || System.nanoTime() - before >= fetch.every().get().toNanos();
    }

    /// @param host where; `all` for each that the configuration names
    Answer fetch(String host, Steward.Ear ear) throws Departure {
        var chosen =
                fetches().stream()
                        .filter(it -> host.equals("all") || it.host().equalsIgnoreCase(host))
                        .toList();
        if (chosen.isEmpty())
            return new Failed(
                    Exit.CONFIGURATION,
                    "No [[fetch]] of the configuration names "
                            + (host.equals("all") ? "a server." : host + "."));
        var failed = new HashSet<String>();
        for (var fetch : chosen) if (!fetchOne(fetch, ear)) failed.add(fetch.host());
        return failed.isEmpty() ? new Done("Fetched.") : failed(failed);
    }

    private static Failed failed(Set<String> hosts) {
        return new Failed(Exit.TEMPORARY, "Not all was fetched: " + String.join(", ", hosts) + ".");
    }

    private boolean fetchOne(Fetch fetch, Steward.Ear ear) throws Departure {
        one.lock();
        try {
            fetching = Thread.currentThread();
            last.keySet().retainAll(fetches());
            last.put(fetch, System.nanoTime());
            var said = fetched(fetch);
            LOG.log(System.Logger.Level.INFO, "fetched by {0}: {1}", fetch.by(), said.words);
            ear.hear(new Said(said.words));
            return said.good;
        } finally {
            fetching = null;
            one.unlock();
        }
    }

    private record Outcome(String words, boolean good) {}

    private Outcome fetched(Fetch fetch) {
        try {
            return new Outcome(Fetching.fetch(house, fetch), true);
        } catch (Refusal refusal) {
            return new Outcome(fetch.host() + ": " + refusal.reply(), false);
        } catch (Departure gone) {
            return new Outcome(
                    fetch.host() + " broke off: " + gone.kind().name().toLowerCase(Locale.ROOT),
                    false);
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.ERROR, "fetching from " + fetch.host(), fault);
            return new Outcome(fetch.host() + ": something here went wrong", false);
        }
    }

    /// A conversation that goes on is broken off: what it has not heard 250 for comes again.
    @Override
    public void close() {
        thread.interrupt();
        var busy = fetching; // somebody's order, perhaps
        if (busy != null) busy.interrupt();
        try {
            thread.join(END);
            if (one.tryLock(END.toSeconds(), TimeUnit.SECONDS)) one.unlock();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
