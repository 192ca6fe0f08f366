package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.MessageChanges.Incoming;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.BlobId;
import org.postroom.store.engine.Blobs;
import org.postroom.store.engine.Change;
import org.postroom.store.engine.Reading;
import org.postroom.store.engine.Sealed;
import org.postroom.store.engine.Work;

import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// What one account holds: mailboxes, messages, quota, files. One handle, shared by all sessions and
/// protocols. Each change is one commit unless said otherwise, on disk and seen by views and
/// watchers when the call returns.
///
/// Mailbox names are paths in NFC with `/` between levels; INBOX is matched without regard to case.
public final class Account {

    /// Messages that one commit changes at most; larger changes are several commits.
    public static final int COMMIT_LIMIT = 5_000;

    /// After so many messages went, the room of their rows is given back, and scans are fast again.
    private static final int COMPACT_FROM = 20_000;

    private final AccountId id;
    private final Store store;
    private final FileTree files;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicBoolean maildropTaken = new AtomicBoolean();

    /// How often a catalog is begun anew because something was committed meanwhile.
    private static final int MOST_TRIES = 100;

    private volatile long maildropClosed = Long.MIN_VALUE; // when, in nanoseconds of this machine
    private final AtomicReference<Keywords> keywords = new AtomicReference<>(Keywords.UNREAD);

    private record Tree(long version, MailboxTree tree) {}

    /// Soft, since the handles of all accounts stay.
    private volatile SoftReference<Tree> tree = new SoftReference<>(null);

    private volatile @Nullable Vacation vacation;
    private volatile SoftReference<Catalog> catalog = new SoftReference<>(null);

    /// Whether its name is gone, and its rows go with the next sweep.
    private volatile boolean removed;

    /// The last version whose commit was published here. The committer writes it.
    private volatile long published;

    Account(AccountId id, Store store, long version) {
        this.id = id;
        this.store = store;
        this.files = new FileTree(this);
        this.published = version;
    }

    public AccountId id() {
        return id;
    }

    /// Whether the account was removed: every change is refused from then on, and what is left to be
    /// read goes with the next sweep. A session ends when it finds out.
    public boolean isRemoved() {
        return removed;
    }

    /// News of all there is, so that whoever follows the account looks and finds it gone.
    void remove() {
        removed = true;
        files.changed();
        store.watch().tell(id, new News(published, store.views().forget(id), true, true, true));
    }

    // How the parts of an account commit and read

    <T extends @Nullable Object> T edit(Edit.Task<T> task) throws Refused {
        return commit(change -> {
            var edit = new Edit(this, change);
            T result = task.apply(edit);
            edit.finish();
            return result;
        });
    }

    private <T extends @Nullable Object> T commit(Work<T, Refused> work) throws Refused {
        return store.commits().commit(id.value(), work);
    }

    /// A commit that nobody needs to hear of: no log, no news.
    void maintain(Work<?, RuntimeException> work) {
        store.commits()
                .<Boolean, RuntimeException>commit(
                        id.value(),
                        change -> {
                            work.apply(change);
                            change.then(() -> published(quiet(change), Map.of(), Set.of(), null));
                            return true;
                        });
    }

    private static News quiet(Change change) {
        return new News(change.version(), Set.of(), false, false, false);
    }

    <T extends @Nullable Object, X extends Exception> T read(Reading<T, X> reading) throws X {
        return store.commits().read(id.value(), reading);
    }

    long now() {
        return store.now();
    }

    long serverQuota() {
        return store.settings().quota();
    }

    Blobs blobs() {
        return store.blobs();
    }

    /// On the committer, in the order of versions. When one is missing (its outcome was unknown, and
    /// then it was on disk after all), views are read anew.
    void published(
            News news,
            Map<MailboxId, Views.Step> steps,
            Set<MailboxId> dropped,
            @Nullable Keywords dictionary) {
        var views = store.views();
        boolean gap = news.version() > published + 1;
        if (news.files() || gap) files.changed();
        if (dictionary != null) remember(dictionary);
        if (gap)
            store.watch().tell(id, new News(news.version(), views.forget(id), true, true, true));
        else {
            steps.forEach((mailbox, step) -> views.advance(id, mailbox, step));
            dropped.forEach(mailbox -> views.forget(id, mailbox));
        }
        published = news.version(); // last: if a view failed to advance, the next commit sees a gap
        if (!news.isEmpty()) store.watch().tell(id, news);
    }

    // Quota

    public Quota quota() {
        return this.<Quota, RuntimeException>read(rows -> {
            var row = AccountRow.read(rows.get(AccountRow.KEY));
            return (row == null ? new AccountRow() : row).quota(serverQuota());
        });
    }

    /// Sets the account's own limit in octets: 0 for none, null for the server's.
    public void limit(@Nullable Long octets) throws Refused {
        edit(edit -> {
            edit.row().limit = octets == null ? AccountRow.INHERITED : octets;
            return true;
        });
    }

    /// Sets how many messages it may hold; 0 for no limit.
    public void limitMessages(long most) throws Refused {
        edit(edit -> {
            edit.row().messageLimit = most;
            return true;
        });
    }

    /// Takes room for a message before its bytes come.
    ///
    /// @throws Refused OVER_QUOTA
    public Reservation reserveMessage(long octets) throws Refused {
        if (!quota().hasMessage()) throw new Refused(Reason.OVER_QUOTA);
        return reserve(octets);
    }

    /// Takes room before the bytes come: at RCPT, before "+", as an upload grows. The commit that
    /// brings them is checked again by what is on disk; close the reservation after it.
    ///
    /// @throws Refused OVER_QUOTA
    public Reservation reserve(long octets) throws Refused {
        var reservation = new Reservation(this);
        reservation.grow(octets);
        return reservation;
    }

    /// Counts first and looks then, so that two who do it at once never both see the last room.
    void take(long octets) throws Refused {
        long all = reserved.addAndGet(octets);
        if (quota().has(all)) return;
        reserved.addAndGet(-octets);
        throw new Refused(Reason.OVER_QUOTA);
    }

    void giveBack(long octets) {
        reserved.addAndGet(-octets);
    }

    // Mailboxes

    /// All of them, by name, INBOX first.
    public List<Mailbox> mailboxes() {
        return this.<List<Mailbox>, RuntimeException>read(_ -> tree().list());
    }

    /// The tree as the last commit left it, or a later one, not to be changed. It is read once for each
    /// version: STATUS of ten thousand mailboxes reads them once.
    private MailboxTree tree() {
        var known = tree.get();
        if (known != null && known.version >= published && !removed) return known.tree;
        var fresh =
                this.<Tree, RuntimeException>read(
                        rows -> new Tree(rows.version(), MailboxTree.read(rows)));
        tree = new SoftReference<>(fresh);
        return fresh.tree;
    }

    public Optional<Mailbox> mailbox(String name) {
        var tree = tree();
        return found(tree, name).map(tree::mailbox);
    }

    private static Optional<MailboxRow> found(MailboxTree tree, String name) {
        try {
            return Optional.ofNullable(tree.find(MailboxName.levels(name)));
        } catch (Refused notAName) {
            return Optional.empty();
        }
    }

    public Optional<Mailbox> mailbox(MailboxId mailbox) {
        var tree = tree();
        return Optional.ofNullable(tree.byId(mailbox.value())).map(tree::mailbox);
    }

    /// @throws Refused NO_SUCH_ACCOUNT when it is removed
    public Mailbox inbox() throws Refused {
        return mailbox(MessageChanges.INBOX).orElseThrow(() -> new Refused(Reason.NO_SUCH_ACCOUNT));
    }

    /// Makes a mailbox and those above it that are missing (RFC 9051 §6.3.4); a `/` at the end is dropped.
    ///
    /// @throws Refused MAILBOX_EXISTS, BAD_NAME, USE_TAKEN, TOO_MANY_MAILBOXES
    public Mailbox create(String name, @Nullable SpecialUse use) throws Refused {
        return edit(edit -> MailboxChanges.create(edit, name, use));
    }

    /// Renames a mailbox with all below it. INBOX stays: its messages move to the new mailbox
    /// (RFC 9051 §6.3.6).
    ///
    /// @throws Refused NO_SUCH_MAILBOX, MAILBOX_EXISTS, BAD_NAME, INTO_ITSELF
    public Mailbox rename(String from, String to) throws Refused {
        var levels = MailboxName.levels(from);
        return MailboxName.isInbox(levels)
                ? renameInbox(to)
                : edit(edit -> MailboxChanges.rename(edit, levels, to));
    }

    private Mailbox renameInbox(String to) throws Refused {
        var made = create(to, null);
        int moved;
        do
            moved =
                    edit(edit -> {
                        var inbox = edit.box(MessageChanges.INBOX);
                        var uids = MessageChanges.first(edit, inbox, COMMIT_LIMIT);
                        MessageChanges.move(edit, MessageChanges.INBOX, uids, made.id());
                        return uids.size();
                    });
        while (moved == COMMIT_LIMIT);
        return mailbox(made.id()).orElse(made);
    }

    /// Removes a mailbox and its messages; a subscription to its name stays (RFC 3501 §6.3.6).
    ///
    /// @throws Refused NO_SUCH_MAILBOX, HAS_CHILDREN, INBOX_STAYS
    public void delete(String name) throws Refused {
        var levels = MailboxName.levels(name);
        if (MailboxName.isInbox(levels)) throw new Refused(Reason.INBOX_STAYS);
        boolean gone;
        do
            gone =
                    edit(edit -> {
                        var box = MailboxChanges.find(edit, levels);
                        if (edit.tree().hasChildren(box.id)) throw new Refused(Reason.HAS_CHILDREN);
                        boolean empty = MessageChanges.empty(edit, box, COMMIT_LIMIT);
                        if (empty) MailboxChanges.drop(edit, box);
                        return empty;
                    });
        while (!gone);
    }

    /// @throws Refused NO_SUCH_MAILBOX
    public void subscribe(String name) throws Refused {
        var levels = MailboxName.levels(name);
        edit(edit -> {
            MailboxChanges.subscribe(edit, levels);
            return true;
        });
    }

    /// A name that is not subscribed is fine.
    public void unsubscribe(String name) throws Refused {
        var levels = MailboxName.levels(name);
        edit(edit -> {
            MailboxChanges.unsubscribe(edit, levels);
            return true;
        });
    }

    /// Names that are subscribed, whether there is such a mailbox or not, sorted.
    public List<String> subscriptions() {
        return this.<List<String>, RuntimeException>read(rows -> {
            var names = new ArrayList<String>();
            for (var box : tree().list()) if (box.subscribed()) names.add(box.name());
            SubscriptionRow.ALL.each(rows, row -> names.add(SubscriptionRow.name(row.key())));
            return names.stream().sorted().distinct().toList();
        });
    }

    /// @param use null to take it away
    public void use(MailboxId mailbox, @Nullable SpecialUse use) throws Refused {
        edit(edit -> {
            MailboxChanges.use(edit, mailbox, use);
            return true;
        });
    }

    // Messages

    /// Adds messages, all or none, in this order.
    ///
    /// @throws Refused NO_SUCH_MAILBOX, OVER_QUOTA, TOO_MANY_KEYWORDS, MESSAGE_TOO_LARGE
    public Appended append(MailboxId mailbox, List<NewMessage> messages) throws Refused {
        var incoming = new ArrayList<Incoming>();
        for (var message : messages) incoming.add(Incoming.of(message));
        return edit(edit -> MessageChanges.append(edit, mailbox, incoming));
    }

    /// Adds a letter to the inbox unless a delivery of this id was here before.
    ///
    /// @return nothing when it was
    /// @throws Refused OVER_QUOTA, TOO_MANY_KEYWORDS, MESSAGE_TOO_LARGE
    public Optional<Appended> deliver(DeliveryId delivery, NewMessage message) throws Refused {
        return deliver(delivery, Incoming.of(message));
    }

    /// Adds a message that was elsewhere before to a mailbox, unless it was brought here before: that is
    /// remembered for good.
    ///
    /// @return nothing when it was
    /// @throws Refused NO_SUCH_MAILBOX, OVER_QUOTA, TOO_MANY_KEYWORDS, MESSAGE_TOO_LARGE
    public Optional<Appended> bring(MailboxId mailbox, DeliveryId id, NewMessage message)
            throws Refused {
        var incoming = Incoming.of(message);
        return Optional.ofNullable(
                this.<@Nullable Appended>edit(
                        edit -> MessageChanges.bring(edit, mailbox, id, incoming)));
    }

    /// Whether [#bring] brought it.
    public boolean hasBrought(DeliveryId id) {
        return this.<Boolean, RuntimeException>read(rows -> rows.get(DeliveryRow.key(id)) != null);
    }

    Optional<Appended> deliver(DeliveryId delivery, Incoming message) throws Refused {
        return Optional.ofNullable(
                this.<@Nullable Appended>edit(
                        edit -> MessageChanges.deliver(edit, delivery, message)));
    }

    /// Copies keep email id, flags and date (RFC 9051 §6.4.7, RFC 8474 §5.1) and take no quota. All or
    /// none up to [#COMMIT_LIMIT] messages.
    ///
    /// @throws Refused NO_SUCH_MAILBOX for either, TOO_MANY_COPIES
    public Copied copy(MailboxId from, Uids uids, MailboxId to) throws Refused {
        return Portions.copied(
                uids, part -> edit(edit -> MessageChanges.copy(edit, from, part, to)));
    }

    /// RFC 6851 §3: each message is moved in one commit, never in both mailboxes or in none.
    ///
    /// @throws Refused NO_SUCH_MAILBOX for either
    public Copied move(MailboxId from, Uids uids, MailboxId to) throws Refused {
        return Portions.copied(
                uids, part -> edit(edit -> MessageChanges.move(edit, from, part, to)));
    }

    /// @throws Refused NO_SUCH_MAILBOX, TOO_MANY_KEYWORDS
    public Reflagged setFlags(MailboxId mailbox, Uids uids, FlagChange change) throws Refused {
        return Portions.reflagged(
                uids, part -> edit(edit -> MessageChanges.setFlags(edit, mailbox, part, change)));
    }

    /// Removes those of these messages that are flagged `\Deleted` (RFC 9051 §6.4.9).
    public Expunged expungeDeleted(MailboxId mailbox, Uids uids) throws Refused {
        var deleted = view(mailbox).having(Flag.DELETED.bit());
        var among = Uids.ascending(deleted.stream().filter(uids::contains).toArray());
        return expunge(mailbox, among, true);
    }

    /// EXPUNGE and CLOSE: removes all messages that are flagged `\Deleted` (RFC 9051 §6.4.3).
    public Expunged expungeDeleted(MailboxId mailbox) throws Refused {
        return expunge(mailbox, view(mailbox).having(Flag.DELETED.bit()), true);
    }

    /// Removes these messages whatever their flags.
    public Expunged expunge(MailboxId mailbox, Uids uids) throws Refused {
        return expunge(mailbox, uids, false);
    }

    /// Puts a message in the place of another, which goes in the same commit whatever its flags
    /// (RFC 8508 §3): its room counts for the new one.
    ///
    /// @throws Refused NO_SUCH_MAILBOX for either, NO_SUCH_MESSAGE, and as [#append] does
    public Appended replace(MailboxId from, int uid, MailboxId to, NewMessage message)
            throws Refused {
        var incoming = Incoming.of(message);
        return edit(edit -> {
            var old = MessageChanges.expunge(edit, from, Uids.of(uid), false);
            if (old.uids().isEmpty()) throw new Refused(Reason.NO_SUCH_MESSAGE);
            return MessageChanges.append(edit, to, List.of(incoming));
        });
    }

    /// Brings back what was expunged since then, as far as history is not swept.
    ///
    /// @return how many messages
    /// @throws Refused OVER_QUOTA; what came back until then stays
    public int restore(Instant since) throws Refused {
        return Restoring.run(this, since.toEpochMilli());
    }

    /// UIDs that went from a mailbox after a mod-sequence, as far as a view of it knows. Where history is
    /// swept that far, every UID that the view lacks.
    public Uids vanished(View view, ModSeq since) {
        return this.<Uids, RuntimeException>read(rows -> Vanished.since(rows, view, since.value()));
    }

    /// POP3's UPDATE: removes some messages and flags others `\Seen`, all or nothing.
    void update(MailboxId mailbox, Uids gone, Uids seen) throws Refused {
        edit(edit -> {
            MessageChanges.setFlags(edit, mailbox, seen, FlagChange.add(Flags.of(Flag.SEEN)));
            return MessageChanges.expunge(edit, mailbox, gone, false);
        });
    }

    private Expunged expunge(MailboxId mailbox, Uids uids, boolean onlyDeleted) throws Refused {
        var expunged =
                Portions.expunged(
                        uids,
                        part ->
                                edit(edit ->
                                        MessageChanges.expunge(edit, mailbox, part, onlyDeleted)));
        if (expunged.uids().size() >= COMPACT_FROM) {
            var rows = UidRow.all(mailbox.value());
            store.commits().compact(id.value(), rows.from(), rows.to());
        }
        return expunged;
    }

    /// UIDs that are one session's to call recent, the last one left out.
    public record Claim(int first, int end) {}

    /// Makes all messages up to now somebody's that were nobody's (RFC 3501 §2.3.2, `\Recent`): no other
    /// claim has any of them. SELECT calls it, and whoever tells of new messages; EXAMINE reads
    /// [Mailbox#firstRecent].
    public Claim claimRecent(MailboxId mailbox) throws Refused {
        var now = mailbox(mailbox).orElseThrow(() -> new Refused(Reason.NO_SUCH_MAILBOX));
        if (now.firstRecent() == now.uidNext()) return new Claim(now.uidNext(), now.uidNext());
        return edit(edit -> {
            var box = edit.box(mailbox);
            int first = box.firstRecent;
            box.firstRecent = box.uidNext;
            return new Claim(first, box.uidNext);
        });
    }

    /// What the mailbox is now: shared, loaded once, then advanced by every commit.
    ///
    /// @throws Refused NO_SUCH_MAILBOX
    public View view(MailboxId mailbox) throws Refused {
        return store.views().get(id, mailbox, () -> load(mailbox));
    }

    private View load(MailboxId mailbox) throws Refused {
        int number = mailbox.value();
        return read(rows -> {
            byte[] row = rows.get(MailboxRow.key(number));
            if (row == null) throw new Refused(Reason.NO_SUCH_MAILBOX);
            var box = MailboxRow.read(number, row);
            var messages = new ViewBuilder();
            UidRow.all(number)
                    .startingAt(UidRow.key(number, box.lowest))
                    .each(
                            rows,
                            found ->
                                    messages.add(
                                            UidRow.read(UidRow.uidOf(found.key()), found.value())));
            return messages.build(View.Head.of(box, rows.version()));
        });
    }

    /// The dictionary as it is now; it only grows.
    public Keywords keywords() {
        var known = keywords.get();
        return known != Keywords.UNREAD
                ? known
                : remember(this.<Keywords, RuntimeException>read(Keywords::read));
    }

    private Keywords remember(Keywords dictionary) {
        return keywords.accumulateAndGet(
                dictionary, (a, b) -> b.names().size() >= a.names().size() ? b : a);
    }

    /// A message to be read; it can be until history is swept, even when it is expunged.
    ///
    /// @throws Refused NO_SUCH_MESSAGE
    public Message message(EmailId email) throws Refused {
        var message = messages(List.of(email)).getFirst();
        if (message == null) throw new Refused(Reason.NO_SUCH_MESSAGE);
        return message;
    }

    /// Several at once, in one read of the engine: ask for at most 1,000. Those that are gone for good
    /// are null.
    public List<@Nullable Message> messages(List<EmailId> emails) {
        return this.<List<@Nullable Message>, RuntimeException>read(rows -> {
            var messages = new ArrayList<@Nullable Message>();
            for (var email : emails) {
                byte[] row = rows.get(EmailRow.key(email.value()));
                messages.add(row == null ? null : new Message(email, EmailRow.read(row), blobs()));
            }
            return messages;
        });
    }

    /// The first of these, in one read of the engine: as many as come to so many octets, and one at
    /// least. Small letters come along, where they are wanted, and are read without waiting then.
    ///
    /// @param emails at most 1,000
    /// @param octets that rows and letters may have together, but for the last
    public List<@Nullable Message> messages(List<EmailId> emails, long octets, boolean letters) {
        return this.<List<@Nullable Message>, RuntimeException>read(rows -> {
            var nearby = new NearbyRows(rows, EmailRow.ALL);
            var messages = new ArrayList<@Nullable Message>();
            long left = octets;
            for (var email : emails) {
                if (left <= 0) break;
                byte[] row = nearby.get(EmailRow.key(email.value()));
                if (row == null) {
                    messages.add(null);
                    continue;
                }
                var message = new Message(email, EmailRow.read(row), blobs());
                left -= row.length;
                if (letters) left -= message.fetch();
                messages.add(message);
            }
            return messages;
        });
    }

    // As JMAP sees it

    /// All emails as the last commit left them, or a later one: made anew when one changed an email.
    ///
    /// @throws Refused NO_SUCH_ACCOUNT
    public Catalog catalog() throws Refused {
        for (int tries = 0; ; tries++) {
            if (removed) throw new Refused(Reason.NO_SUCH_ACCOUNT);
            long version = published;
            var views = new ArrayList<View>();
            try {
                for (var box : tree().rows()) views.add(view(new MailboxId(box.id)));
            } catch (Refused goneMeanwhile) {
                continue;
            }
            boolean torn =
                    published != version || views.stream().anyMatch(it -> it.version() > version);
            // of a torn one the older version is true enough: what came since is told again
            if (torn && tries < MOST_TRIES) continue;
            var known = catalog.get();
            if (known != null && known.isOf(views)) return known.at(version);
            var fresh = this.<Catalog, RuntimeException>read(_ -> new Catalog(version, views));
            catalog = new SoftReference<>(fresh);
            return fresh;
        }
    }

    /// What the mailboxes of a catalog have.
    public Map<MailboxId, Catalog.Counts> counts(Catalog of) {
        return this.<Map<MailboxId, Catalog.Counts>, RuntimeException>read(_ -> {
            var trash = tree().use(SpecialUse.TRASH);
            return of.counts(trash == null ? 0 : trash.id);
        });
    }

    /// What happened between a version and that of a catalog; nothing when nobody knows any more.
    public Optional<History> history(long since, Catalog catalog) {
        return this.<Optional<History>, RuntimeException>read(
                rows -> History.since(rows, since, catalog));
    }

    /// When objects of each kind changed last.
    public States states() {
        return this.<States, RuntimeException>read(States::read);
    }

    /// These emails with where they are now; null for those that are nowhere. Ask for at most 1,000.
    public List<@Nullable Placed> placed(List<EmailId> emails) {
        return this.<List<@Nullable Placed>, RuntimeException>read(rows -> {
            var all = new ArrayList<@Nullable Placed>();
            for (var email : emails) all.add(Placed.read(rows, email, blobs()));
            return all;
        });
    }

    /// A new email in all of these mailboxes.
    ///
    /// @throws Refused NO_SUCH_MAILBOX, OVER_QUOTA, TOO_MANY_KEYWORDS, MESSAGE_TOO_LARGE
    public EmailId create(Set<MailboxId> mailboxes, NewMessage message) throws Refused {
        var incoming = Incoming.of(message);
        return edit(edit -> Rearrangement.create(edit, mailboxes, incoming));
    }

    /// Changes where emails are and their keywords, in one commit; each succeeds or fails by itself.
    ///
    /// @return for each why nothing was changed, or null: NO_SUCH_MESSAGE, NO_SUCH_MAILBOX,
    ///     TOO_MANY_KEYWORDS, TOO_MANY_COPIES
    public List<@Nullable Reason> rearrange(List<Rearrangement> changes) throws Refused {
        return edit(edit -> {
            var reasons = new ArrayList<@Nullable Reason>();
            for (var change : changes) reasons.add(change.apply(edit));
            return reasons;
        });
    }

    /// Where a client shows a mailbox among those beside it.
    public void sort(MailboxId mailbox, int sort) throws Refused {
        edit(edit -> {
            var box = edit.box(mailbox);
            if (box.sort != sort) edit.list(box, () -> box.sort = sort);
            return true;
        });
    }

    /// All records of a kind, by their ids.
    public NavigableMap<Long, byte[]> records(Kind kind) {
        return this.<NavigableMap<Long, byte[]>, RuntimeException>read(rows -> {
            var all = new TreeMap<Long, byte[]>();
            RecordRow.all(kind)
                    .each(
                            rows,
                            row -> all.put(RecordRow.idOf(row.key()), RecordRow.read(row.value())));
            return all;
        });
    }

    /// @return the new record's id, which no other of the account ever has
    public long addRecord(Kind kind, byte[] record) throws Refused {
        return edit(edit -> {
            long id = edit.newId();
            edit.record(kind, id, record);
            return id;
        });
    }

    /// Writes a record, whether it is there or not; null removes it.
    public void putRecord(Kind kind, long id, byte @Nullable [] record) throws Refused {
        edit(edit -> {
            edit.record(kind, id, record);
            return true;
        });
    }

    /// What is told while its owner is away. Every letter asks for it, so it is remembered.
    public Vacation vacation() {
        var known = vacation;
        if (known == null)
            vacation =
                    known =
                            this.<Vacation, RuntimeException>read(rows -> {
                                byte[] row = rows.get(RecordRow.key(Kind.VACATION, Vacation.ID));
                                return row == null
                                        ? Vacation.NONE
                                        : Vacation.read(RecordRow.read(row));
                            });
        return known;
    }

    public void vacation(Vacation now) throws Refused {
        vacation = null;
        putRecord(Kind.VACATION, Vacation.ID, now.record());
        vacation = now;
    }

    /// Whether a sender is to be answered: not if it was told the same a while ago. Says so once.
    public boolean answers(String sender, Vacation what, Duration onceIn) throws Refused {
        return edit(edit -> AnsweredRow.begin(edit, sender, what, onceIn));
    }

    /// Keeps what a client uploaded for a day, so that it can be put to use.
    ///
    /// @throws Refused OVER_QUOTA when it has uploaded too much of late
    public BlobId keep(Sealed upload) throws Refused {
        return edit(edit -> {
            Uploads.keep(edit, upload);
            return upload.id();
        });
    }

    /// What was uploaded.
    public Optional<Content> uploaded(BlobId blob) {
        return this.<Optional<Content>, RuntimeException>read(rows -> {
            byte[] row = rows.get(UploadRow.key(blob));
            return row == null
                    ? Optional.empty()
                    : Optional.of(Uploads.content(blobs(), blob, UploadRow.read(row).size()));
        });
    }

    // The rest

    /// The inbox for POP3, if no other POP3 session has it.
    public Maildrop.Door maildrop() throws Refused {
        if (!maildropTaken.compareAndSet(false, true)) return new Maildrop.Door.InUse();
        boolean opened = false;
        try {
            var maildrop = new Maildrop(this, view(MessageChanges.INBOX));
            opened = true;
            return new Maildrop.Door.Opened(maildrop);
        } finally {
            if (!opened) unlockMaildrop();
        }
    }

    void unlockMaildrop() {
        maildropClosed = System.nanoTime();
        maildropTaken.set(false);
    }

    /// How long ago the last POP3 session ended, as far as this process knows.
    public Optional<Duration> sinceMaildrop() {
        long closed = maildropClosed;
        return closed == Long.MIN_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(System.nanoTime() - closed));
    }

    public FileTree files() {
        return files;
    }

    /// The account's version: what the last commit made it.
    public long version() {
        return store.commits().version(id.value());
    }
}
