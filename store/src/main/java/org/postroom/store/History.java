package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Rows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What became of an account's objects between two of its versions, told by the change log: exact,
/// whatever happened in between (RFC 8620 §5.2). What was not there then and is not there now is not
/// told. Each change bears the version that touched the object first, in whose order they stand.
public final class History {

    /// Log entries that are read at most; whoever missed more looks anew.
    private static final int MOST = 500_000;

    /// What became of an object.
    public enum Fate {
        CREATED,
        UPDATED,
        DESTROYED;

        static @Nullable Fate of(boolean then, boolean now) {
            if (then) return now ? UPDATED : DESTROYED;
            return now ? CREATED : null;
        }
    }

    /// @param first the version that touched it first
    public record Changed<T>(T id, Fate fate, long first) {}

    private record Place(int mailbox, int uid) {}

    /// An email that the log names: when first, and where it lay then.
    private static final class Email {

        final long first;
        final Map<Place, Long> places = new HashMap<>();

        Email(long first) {
            this.first = first;
        }

        boolean isVisible() {
            return places.values().stream().anyMatch(flags -> !Flag.DELETED.in(flags));
        }
    }

    private final Catalog catalog;
    private final Map<Long, Email> emails = new LinkedHashMap<>();
    private final Map<Long, Long> threadOf = new HashMap<>();
    private final Map<Integer, Long> counted = new LinkedHashMap<>(); // mailbox to version
    private final Map<Integer, ChangeRow.Box> boxes = new LinkedHashMap<>();
    private final Map<Integer, Long> boxFirst = new HashMap<>();
    private final Map<Kind, Map<Long, Long>> recordFirst = new HashMap<>();
    private final Map<Kind, Map<Long, ChangeRow.Recorded>> records = new HashMap<>();

    private History(Catalog catalog) {
        this.catalog = catalog;
    }

    /// Whether a change of flags changes what a mailbox counts.
    static boolean counts(long before, long after) {
        long bits = Flag.SEEN.bit() | Flag.DRAFT.bit() | Flag.DELETED.bit();
        return ((before ^ after) & bits) != 0;
    }

    private record Logged(long version, ChangeRow.Entry entry) {}

    /// Nothing when the log does not reach back so far.
    static Optional<History> since(Rows rows, long since, Catalog catalog) {
        if (since < ChangeRow.wholeFrom(rows) || since > catalog.version()) return Optional.empty();
        Deque<Logged> entries = new ArrayDeque<>();
        byte[] next = ChangeRow.key(since + 1);
        while (true) {
            var page = rows.scan(next, ChangeRow.ALL.to(), 1_000);
            for (var row : page.rows()) {
                long version = ChangeRow.versionOf(row.key());
                for (var entry : ChangeRow.read(row.value()).entries())
                    entries.add(new Logged(version, entry));
                if (entries.size() > MOST) return Optional.empty();
            }
            if (!page.more()) break;
            next = KeyRange.after(page.rows().getLast().key());
        }
        var history = new History(catalog);
        for (var logged : entries) if (logged.version <= catalog.version()) history.touch(logged);
        history.threads(rows);
        history.now(rows);
        while (!entries.isEmpty()) history.undo(entries.removeLast().entry());
        return Optional.of(history);
    }

    private void touch(Logged logged) {
        long version = logged.version;
        switch (logged.entry) {
            case ChangeRow.Arrived(var mailbox, _, var email) -> touch(version, mailbox, email);
            case ChangeRow.Expunged(var mailbox, _, var email, _) -> touch(version, mailbox, email);
            case ChangeRow.Flagged(var mailbox, _, var email, var before, var after) -> {
                emails.computeIfAbsent(email, _ -> new Email(version));
                if (counts(before, after)) counted(version, mailbox, email);
            }
            case ChangeRow.Box box -> {
                boxFirst.putIfAbsent(box.mailbox(), version);
                boxes.merge(
                        box.mailbox(),
                        box,
                        (a, b) -> new ChangeRow.Box(a.mailbox(), a.before(), b.after()));
            }
            case ChangeRow.Recorded it -> {
                recordFirst
                        .computeIfAbsent(it.kind(), _ -> new LinkedHashMap<>())
                        .putIfAbsent(it.id(), version);
                records.computeIfAbsent(it.kind(), _ -> new HashMap<>())
                        .merge(
                                it.id(),
                                it,
                                (a, b) ->
                                        new ChangeRow.Recorded(a.kind(), a.id(), a.was(), b.is()));
            }
            case ChangeRow.File _ -> {}
        }
    }

    private void touch(long version, int mailbox, long email) {
        emails.computeIfAbsent(email, _ -> new Email(version));
        counted(version, mailbox, email);
    }

    /// A thread's unread emails count in all mailboxes where the thread is.
    private void counted(long version, int mailbox, long email) {
        counted.putIfAbsent(mailbox, version);
        int number = catalog.find(new EmailId(email));
        if (number < 0) return;
        for (int box : catalog.mailboxes(number)) counted.putIfAbsent(box, version);
    }

    private void threads(Rows rows) {
        int[] threads = catalog.threadNumbers();
        emails.forEach((email, touched) -> {
            int number = catalog.find(new EmailId(email));
            if (number >= 0) {
                long thread = catalog.thread(threads[number]).value();
                threadOf.put(email, thread);
                for (int mate : catalog.members(threads[number]))
                    for (int box : catalog.mailboxes(mate)) counted.putIfAbsent(box, touched.first);
            } else {
                byte[] row = rows.get(PlacesRow.key(email));
                if (row == null) return;
                long thread = PlacesRow.read(row).thread();
                threadOf.put(email, thread);
                int found = catalog.find(new ThreadId(thread));
                if (found < 0) return;
                for (int mate : catalog.members(found))
                    for (int box : catalog.mailboxes(mate)) counted.putIfAbsent(box, touched.first);
            }
        });
    }

    /// Where the emails that were touched lie, those that are marked deleted, too; what came after the
    /// catalog is undone like the rest.
    private void now(Rows rows) {
        emails.forEach((email, touched) -> {
            byte[] row = rows.get(PlacesRow.key(email));
            if (row == null) return;
            for (var place : PlacesRow.read(row).places()) {
                byte[] uid = rows.get(UidRow.key(place.mailbox(), place.uid()));
                if (uid != null)
                    touched.places.put(
                            new Place(place.mailbox(), place.uid()),
                            UidRow.read(place.uid(), uid).flags());
            }
        });
    }

    private void undo(ChangeRow.Entry entry) {
        switch (entry) {
            case ChangeRow.Arrived(var mailbox, var uid, var email) ->
                    places(email).remove(new Place(mailbox, uid));
            case ChangeRow.Expunged(var mailbox, var uid, var email, var flags) ->
                    places(email).put(new Place(mailbox, uid), flags);
            case ChangeRow.Flagged(var mailbox, var uid, var email, var before, _) ->
                    places(email).put(new Place(mailbox, uid), before);
            case ChangeRow.Box _, ChangeRow.Recorded _, ChangeRow.File _ -> {}
        }
    }

    private Map<Place, Long> places(long email) {
        var touched = emails.get(email);
        return touched == null ? new HashMap<>() : touched.places;
    }

    /// The account's version up to which it tells.
    public long version() {
        return catalog.version();
    }

    private boolean isNow(long email) {
        return catalog.find(new EmailId(email)) >= 0;
    }

    public List<Changed<EmailId>> emails() {
        var all = new ArrayList<Changed<EmailId>>();
        emails.forEach((email, touched) -> {
            var fate = Fate.of(touched.isVisible(), isNow(email));
            if (fate != null) all.add(new Changed<>(new EmailId(email), fate, touched.first));
        });
        return all;
    }

    /// Threads whose emails are others. Nothing when an email is gone so long that nobody knows whose
    /// it was.
    public Optional<List<Changed<ThreadId>>> threads() {
        record Seen(long first, boolean changed) {}
        var seen = new LinkedHashMap<Long, Seen>();
        var then = new HashSet<Long>();
        for (var touched : emails.entrySet()) {
            long email = touched.getKey();
            var thread = threadOf.get(email);
            if (thread == null) {
                if (touched.getValue().isVisible()) return Optional.empty();
                continue;
            }
            boolean was = touched.getValue().isVisible();
            if (was) then.add(thread);
            seen.merge(
                    thread,
                    new Seen(touched.getValue().first, was != isNow(email)),
                    (a, b) -> new Seen(Math.min(a.first, b.first), a.changed || b.changed));
        }
        var all = new ArrayList<Changed<ThreadId>>();
        seen.forEach((thread, it) -> {
            if (!it.changed) return;
            int number = catalog.find(new ThreadId(thread));
            boolean was = then.contains(thread) || (number >= 0 && hasUntouched(number));
            var fate = Fate.of(was, number >= 0);
            if (fate != null) all.add(new Changed<>(new ThreadId(thread), fate, it.first));
        });
        return Optional.of(all);
    }

    private boolean hasUntouched(int thread) {
        return Arrays.stream(catalog.members(thread))
                .anyMatch(email -> !emails.containsKey(catalog.email(email).value()));
    }

    /// Every email of a thread that the log touched, and every one that it touched itself, those that are
    /// gone, too.
    public Set<EmailId> withThreads() {
        var all = new HashSet<EmailId>();
        emails.keySet().forEach(email -> all.add(new EmailId(email)));
        for (long thread : Set.copyOf(threadOf.values())) {
            int number = catalog.find(new ThreadId(thread));
            if (number < 0) continue;
            for (int email : catalog.members(number)) all.add(catalog.email(email));
        }
        return all;
    }

    /// A mailbox that changed in nothing but its counts is updated, too.
    public List<Changed<MailboxId>> mailboxes() {
        var all = new ArrayList<Changed<MailboxId>>();
        boxes.forEach((box, change) -> {
            var fate = Fate.of(change.before() != null, change.after() != null);
            if (fate != null) all.add(new Changed<>(new MailboxId(box), fate, first(box)));
        });
        counted.forEach((box, first) -> {
            if (!boxes.containsKey(box))
                all.add(new Changed<>(new MailboxId(box), Fate.UPDATED, first));
        });
        all.sort((a, b) -> Long.compare(a.first, b.first));
        return all;
    }

    private long first(int box) {
        return Math.min(
                boxFirst.getOrDefault(box, Long.MAX_VALUE),
                counted.getOrDefault(box, Long.MAX_VALUE));
    }

    /// Whether mailboxes changed in nothing but their counts.
    public boolean isOnlyCounts() {
        return boxes.isEmpty();
    }

    /// Records of a kind.
    public Collection<Changed<Long>> records(Kind kind) {
        var all = new ArrayList<Changed<Long>>();
        var some = records.getOrDefault(kind, Map.of());
        recordFirst
                .getOrDefault(kind, Map.of())
                .forEach((id, first) -> {
                    var it = some.get(id);
                    var fate = it == null ? null : Fate.of(it.was(), it.is());
                    if (fate != null) all.add(new Changed<>(id, fate, first));
                });
        return all;
    }
}
