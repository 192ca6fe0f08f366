package org.postroom.store;

import org.postroom.store.JourneyRows.Note;
import org.postroom.store.engine.Rows;
import org.postroom.wire.Fault;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Remembers what happened to letters, for whoever asks where one is: 30 days, and half a million
/// steps at most, the oldest go first.
///
/// Nobody waits for it. Steps are written some tenths of a second later, many at once; a crash loses
/// those, and a flood that outruns the disk loses steps before it slows a letter down. It is a memory
/// and no promise: what the queue must know, the queue's own rows hold.
public final class Journeys implements AutoCloseable {

    static final long PARTITION = 2;

    private static final Logger LOG = System.getLogger(Journeys.class.getName());
    private static final int WAITING = 20_000;
    private static final int AT_ONCE = 2_000;
    private static final Duration GATHERING = Duration.ofMillis(200);
    private static final Duration AGE = Duration.ofDays(30);
    private static final int MOST = 500_000;
    private static final int PORTION = 1_000;
    private static final int MOST_FOUND = 10_000;

    private final Store store;
    private final long most;
    private final AtomicInteger numbers = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock(); // of what follows
    private final Condition news = lock.newCondition();
    private List<Note> waiting = new ArrayList<>();
    private boolean closing;
    private final AtomicLong lost = new AtomicLong();
    private final Thread scribe;

    Journeys(Store store) {
        this(store, MOST);
    }

    /// @param most steps that are kept
    Journeys(Store store, long most) {
        this.store = store;
        this.most = most;
        scribe = Thread.ofPlatform().name("store-journeys").start(this::write);
    }

    /// A letter's first step.
    ///
    /// @param messageId as the header has it, brackets or not; empty when it has none
    public void begin(String id, String messageId, Step step) {
        add(new Note(id, bare(messageId), step, numbers.getAndIncrement()));
    }

    public void note(String id, Step step) {
        add(new Note(id, "", step, numbers.getAndIncrement()));
    }

    private void add(Note note) {
        lock.lock();
        try {
            if (waiting.size() == WAITING) lost.incrementAndGet();
            else waiting.add(note);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Steps that nobody will read of, since more came than could be written.
    public long lost() {
        return lost.get();
    }

    /// The journeys of all letters that have this Message-ID, or of the one that was accepted under
    /// this id; the oldest first. What is not written yet is waited for.
    public List<Journey> of(String name) {
        flush();
        return store.commits()
                .<List<Journey>, RuntimeException>read(
                        PARTITION,
                        rows -> {
                            var ids = new LinkedHashSet<String>();
                            for (var note : notes(rows, bare(name))) ids.add(note.id());
                            var journeys = new ArrayList<Journey>();
                            for (var id : ids) journeys.add(journey(id, notes(rows, id)));
                            return journeys;
                        });
    }

    private static List<Note> notes(Rows rows, String name) {
        var notes = new ArrayList<Note>();
        var range = JourneyRows.named(name);
        for (var row : rows.scan(range.from(), range.to(), MOST_FOUND).rows()) {
            byte[] key = JourneyRows.step(row.key());
            byte[] step = rows.get(key);
            if (step == null) continue;
            var note = Note.read(key, step);
            if (note.id().equals(name) || note.messageId().equals(name)) notes.add(note);
        }
        return notes;
    }

    private static Journey journey(String id, List<Note> notes) {
        String messageId = "";
        var steps = new ArrayList<Step>();
        for (var note : notes) {
            if (!note.messageId().isEmpty()) messageId = note.messageId();
            steps.add(note.step());
        }
        return new Journey(id, messageId, steps);
    }

    private static String bare(String messageId) {
        String text = messageId.strip();
        return text.startsWith("<") && text.endsWith(">")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private void write() {
        try {
            while (awaitNews()) {
                Thread.sleep(GATHERING);
                flush();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false when it is time to end
    private boolean awaitNews() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closing) news.await();
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /// Writes what there is; whoever comes while another does waits for that one's end.
    private void flush() {
        writing.lock();
        try {
            var some = taken();
            for (int i = 0; i < some.size(); i += AT_ONCE)
                commit(some.subList(i, Math.min(some.size(), i + AT_ONCE)));
        } finally {
            writing.unlock();
        }
    }

    private List<Note> taken() {
        lock.lock();
        try {
            var taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Note> notes) {
        try {
            long count =
                    store.commits()
                            .<Long, RuntimeException>commit(
                                    PARTITION,
                                    change -> {
                                        for (var note : notes) note.put(change);
                                        long sum = JourneyRows.count(change) + notes.size();
                                        JourneyRows.count(change, sum);
                                        return sum;
                                    });
            if (count > most) trim(count - most, Instant.MIN);
        } catch (Fault fault) { // a full disk, as a rule: letters have been refused already
            LOG.log(Level.WARNING, "steps of journeys are lost: {0}", fault.getMessage());
            lost.addAndGet(notes.size());
        }
    }

    /// Forgets what is older than 30 days.
    void sweep() {
        trim(0, Instant.ofEpochMilli(store.now()).minus(AGE));
    }

    /// Forgets so many of the oldest, and all that are older than a moment.
    private void trim(long surplus, Instant before) {
        long left = surplus;
        while (true) {
            long wanted = left;
            long gone =
                    store.commits()
                            .<Long, RuntimeException>commit(
                                    PARTITION,
                                    change -> {
                                        long deleted = 0;
                                        var steps = JourneyRows.STEPS;
                                        for (var row :
                                                change.scan(steps.from(), steps.to(), PORTION)
                                                        .rows()) {
                                            var note = Note.read(row.key(), row.value());
                                            if (deleted >= wanted
                                                    && !note.step().when().isBefore(before)) break;
                                            note.delete(change);
                                            deleted++;
                                        }
                                        if (deleted > 0)
                                            JourneyRows.count(
                                                    change, JourneyRows.count(change) - deleted);
                                        return deleted;
                                    });
            if (gone < PORTION) return;
            left = Math.max(0, left - gone);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        try {
            scribe.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush();
    }
}
