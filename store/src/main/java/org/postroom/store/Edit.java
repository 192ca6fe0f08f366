package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Change;
import org.postroom.wire.Fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One commit of an account in the making: reads rows, gathers what changes, and at its end writes
/// the account's row, the mailboxes' rows and the change log, and says what views and watchers must
/// know once it is on disk.
///
/// Work that uses it may run again and then begins with a new one.
final class Edit {

    /// What a commit does; pure but for its edit.
    interface Task<T extends @Nullable Object> {
        T apply(Edit edit) throws Refused;
    }

    private static final int EMAIL_INDEX_BITS = 16;

    private final Account account;
    private final Change change;
    private final long now;
    private final AccountRow row;
    private final byte[] rowBefore;
    private final Map<Integer, Loaded> boxes = new TreeMap<>();
    private final Map<Integer, ViewDelta> deltas = new TreeMap<>();
    private final Map<Long, PlacesRow> places = new HashMap<>();
    private final List<ChangeRow.Entry> log = new ArrayList<>();
    private @Nullable MailboxTree tree;
    private @Nullable Keywords keywords;
    private boolean listChanged;
    private boolean filesChanged;
    private boolean wrote;
    private @Nullable Locks locks;
    private Set<String> tokens = Set.of();
    private int ids;
    private int expiries;

    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record Loaded(MailboxRow box, byte @Nullable [] before) {}

    /// @throws Refused NO_SUCH_ACCOUNT
    Edit(Account account, Change change) throws Refused {
        if (account.isRemoved()) throw new Refused(Reason.NO_SUCH_ACCOUNT);
        this.account = account;
        this.change = change;
        this.now = account.now();
        byte[] present = change.get(AccountRow.KEY);
        var read = AccountRow.read(present);
        if (present == null || read == null) throw new Refused(Reason.NO_SUCH_ACCOUNT);
        this.row = read;
        this.rowBefore = present;
    }

    Change change() {
        return change;
    }

    long now() {
        return now;
    }

    long version() {
        return change.version();
    }

    AccountRow row() {
        return row;
    }

    void put(byte[] key, byte[] value) {
        change.put(key, value);
        wrote = true;
    }

    void delete(byte[] key) {
        change.delete(key);
        wrote = true;
    }

    /// A number that nothing in this account ever had: for emails and for nodes of the file tree.
    long newId() {
        return (version() << EMAIL_INDEX_BITS) | ids++;
    }

    /// The key of a new row `F`.
    byte[] newExpiry() {
        return ExpiryRow.key(now, version(), expiries++);
    }

    /// Counts octets in; exact, since it is the same commit.
    ///
    /// @throws Refused OVER_QUOTA
    void charge(long octets) throws Refused {
        if (octets > 0 && !row.quota(account.serverQuota()).has(octets))
            throw new Refused(Reason.OVER_QUOTA);
        row.used += octets;
    }

    /// The same, of a message.
    ///
    /// @throws Refused OVER_QUOTA
    void chargeMessage(long octets) throws Refused {
        if (!row.quota(account.serverQuota()).hasMessage()) throw new Refused(Reason.OVER_QUOTA);
        charge(octets);
    }

    /// Counts octets whatever the quota says: out, or in for what was accepted before.
    void count(long octets) {
        row.used += octets;
    }

    /// @throws Refused NO_SUCH_MAILBOX
    MailboxRow box(MailboxId id) throws Refused {
        var box = box(id.value());
        if (box == null) throw new Refused(Reason.NO_SUCH_MAILBOX);
        return box;
    }

    private @Nullable MailboxRow box(int id) {
        var loaded = boxes.get(id);
        if (loaded == null && tree == null) {
            byte[] present = change.get(MailboxRow.key(id));
            if (present == null) return null;
            loaded = load(id, present);
        }
        return loaded == null ? null : loaded.box;
    }

    private Loaded load(int id, byte[] present) {
        return boxes.computeIfAbsent(id, _ -> new Loaded(MailboxRow.read(id, present), present));
    }

    /// All mailboxes; their rows are the ones that [#box] gives, and the edit writes what changed.
    MailboxTree tree() {
        var known = tree;
        if (known != null) return known;
        MailboxRow.ALL.each(change, row -> load(Key.intAt(row.key(), 1), row.value()));
        known = new MailboxTree(boxes.values().stream().map(Loaded::box).toList());
        tree = known;
        return known;
    }

    /// A mailbox that begins with this commit.
    MailboxRow newBox(int parent, String name) {
        var box = new MailboxRow(row.nextMailbox++);
        box.parent = parent;
        box.name = name;
        box.created = now;
        box.modSeq = version();
        box.uidValidity = row.nextUidValidity(now);
        boxes.put(box.id, new Loaded(box, null));
        tree().add(box);
        log.add(new ChangeRow.Box(box.id, null, box.row()));
        listChanged = true;
        return box;
    }

    /// Changes what LIST tells of a mailbox.
    void list(MailboxRow box, Runnable change) {
        byte[] before = box.row();
        change.run();
        log.add(new ChangeRow.Box(box.id, before, box.row()));
        listChanged = true;
    }

    /// Gives a mailbox another name.
    void rename(MailboxRow box, int parent, String name) {
        tree().remove(box);
        list(
                box,
                () -> {
                    box.parent = parent;
                    box.name = name;
                });
        tree().add(box);
    }

    void drop(MailboxRow box) {
        log.add(new ChangeRow.Box(box.id, box.row(), null));
        tree().remove(box);
        boxes.remove(box.id);
        deltas.put(box.id, new ViewDelta());
        delete(box.key());
        listChanged = true;
    }

    Keywords keywords() {
        var known = keywords;
        if (known == null) known = Keywords.read(change);
        keywords = known;
        return known;
    }

    /// The flags as bits, new keywords entered into the dictionary.
    ///
    /// @throws Refused TOO_MANY_KEYWORDS
    long bits(Flags flags) throws Refused {
        if (flags.keywords().isEmpty()) return flags.systemBits();
        for (var keyword : flags.keywords()) {
            if (keywords().bit(keyword) != 0) continue;
            int number = keywords().names().size();
            if (number == Keywords.LIMIT) throw new Refused(Reason.TOO_MANY_KEYWORDS);
            put(KeywordRow.key(number), KeywordRow.row(keyword));
            keywords = keywords().with(keyword);
        }
        return keywords().bits(flags);
    }

    /// Where an email lies by now.
    PlacesRow places(long email) {
        var known = places.get(email);
        if (known != null) return known;
        byte[] row = change.get(PlacesRow.key(email));
        if (row == null) throw new Fault("an email without its row of places");
        return PlacesRow.read(row);
    }

    /// Whether anything is known of an email of this id.
    boolean hasEmail(long email) {
        return places.containsKey(email) || change.get(PlacesRow.key(email)) != null;
    }

    /// Says where an email lies from here on. The row is written once, at the end, however often the
    /// same email is copied.
    void places(long email, PlacesRow now) {
        places.put(email, now);
    }

    /// A message that is new in its mailbox.
    void arrive(MailboxRow box, UidRow message) {
        put(UidRow.key(box.id, message.uid()), message.row());
        box.exists++;
        box.bytes += message.size();
        if (!message.seen()) box.unseen++;
        box.modSeq = version();
        delta(box).put(message);
        log.add(new ChangeRow.Arrived(box.id, message.uid(), message.email()));
    }

    void reflag(MailboxRow box, UidRow before, long flags) {
        var after = before.flagged(flags, version());
        put(UidRow.key(box.id, after.uid()), after.row());
        if (before.seen() && !after.seen()) box.unseen++;
        if (!before.seen() && after.seen()) box.unseen--;
        box.modSeq = version();
        delta(box).put(after);
        log.add(
                new ChangeRow.Flagged(
                        box.id, after.uid(), after.email(), before.flags(), after.flags()));
    }

    void depart(MailboxRow box, UidRow message) {
        delete(UidRow.key(box.id, message.uid()));
        box.exists--;
        box.bytes -= message.size();
        if (!message.seen()) box.unseen--;
        box.modSeq = version();
        delta(box).remove(message.uid());
        log.add(new ChangeRow.Expunged(box.id, message.uid(), message.email(), message.flags()));
    }

    private ViewDelta delta(MailboxRow box) {
        return deltas.computeIfAbsent(box.id, _ -> new ViewDelta());
    }

    /// Says which locks of files are known to whoever makes this commit.
    void holding(Set<String> known) {
        tokens = known;
    }

    Locks locks() {
        var known = locks;
        if (known == null) known = Locks.read(change, now, tokens);
        locks = known;
        return known;
    }

    /// Writes a node of the file tree, or removes it.
    void file(long node, @Nullable FileRow before, @Nullable FileRow after) {
        if (after == null) delete(FileRow.key(node));
        else put(FileRow.key(node), after.row());
        log.add(
                new ChangeRow.File(
                        node,
                        before == null ? null : before.row(),
                        after == null ? null : after.row()));
        filesChanged = true;
    }

    /// Writes a record of who stands above the store, or removes it.
    void record(Kind kind, long id, byte @Nullable [] after) {
        byte[] key = RecordRow.key(kind, id);
        boolean was = change.get(key) != null;
        if (after == null) delete(key);
        else put(key, RecordRow.row(after));
        log.add(new ChangeRow.Recorded(kind, id, was, after != null));
    }

    private void remember(ChangeRow.Entry entry) {
        switch (entry) {
            case ChangeRow.Arrived _, ChangeRow.Expunged _ ->
                    changed(Kind.EMAIL, Kind.THREAD, Kind.MAILBOX);
            case ChangeRow.Flagged(_, _, _, long before, long after) -> {
                changed(Kind.EMAIL);
                if (History.counts(before, after)) changed(Kind.MAILBOX);
                if (Flag.DELETED.in(before ^ after)) changed(Kind.THREAD);
            }
            case ChangeRow.Box _ -> changed(Kind.MAILBOX);
            case ChangeRow.Recorded(var kind, _, _, _) -> changed(kind);
            case ChangeRow.File _ -> {}
        }
    }

    private void changed(Kind... kinds) {
        for (var kind : kinds) row.changed[kind.number] = version();
    }

    /// Writes what was gathered. A commit that changed nothing makes no version.
    void finish() {
        log.forEach(this::remember);
        byte[] account = row.row();
        if (!Arrays.equals(account, rowBefore)) put(AccountRow.KEY, account);
        for (var loaded : boxes.values()) {
            byte[] box = loaded.box.row();
            if (!Arrays.equals(box, loaded.before)) put(loaded.box.key(), box);
        }
        places.forEach((email, row) -> put(PlacesRow.key(email), row.row()));
        if (!wrote) return;
        put(ChangeRow.key(version()), new ChangeRow(change.commitId(), now, log).row());
        change.then(published());
    }

    private Runnable published() {
        long version = version();
        Map<MailboxId, Views.Step> steps = new TreeMap<>();
        Set<MailboxId> dropped = new HashSet<>();
        deltas.forEach((id, delta) -> {
            var loaded = boxes.get(id);
            if (loaded == null) dropped.add(new MailboxId(id));
            else
                steps.put(
                        new MailboxId(id),
                        new Views.Step(delta, View.Head.of(loaded.box, version)));
        });
        var touched = new HashSet<>(steps.keySet());
        touched.addAll(dropped);
        boolean recorded = log.stream().anyMatch(ChangeRow.Recorded.class::isInstance);
        var news = new News(version, touched, listChanged, filesChanged, recorded);
        var dictionary = keywords;
        return () -> account.published(news, steps, dropped, dictionary);
    }
}
