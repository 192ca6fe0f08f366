package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.PlacesRow.Place;
import org.postroom.store.Refused.Reason;
import org.postroom.store.engine.Sealed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What happens to messages; each method is the work of one commit.
final class MessageChanges {

    /// The inbox is the first mailbox of every account and keeps its id.
    static final MailboxId INBOX = new MailboxId(1);

    private MessageChanges() {}

    /// A message as its rows will have it, but for what the commit decides.
    ///
    /// @param threading what tells which thread it belongs to
    /// @param blob what the commit must keep, or null when some commit has kept it already
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Incoming(
            EmailRow email,
            @Nullable Sealed blob,
            Flags flags,
            long received,
            boolean accepted,
            long[] threading) {

        static Incoming of(NewMessage message) throws Refused {
            if (message.size() > Integer.MAX_VALUE) throw new Refused(Reason.MESSAGE_TOO_LARGE);
            var letter = message.letter();
            return new Incoming(
                    letter.row(message.prefix()),
                    letter.blob(),
                    message.flags(),
                    message.received().toEpochMilli(),
                    false,
                    Threading.marks(letter.summary()));
        }
    }

    static Appended append(Edit edit, MailboxId mailbox, List<Incoming> messages) throws Refused {
        var box = edit.box(mailbox);
        var uids = new int[messages.size()];
        var emails = new ArrayList<EmailId>();
        for (int i = 0; i < uids.length; i++) {
            var message = messages.get(i);
            uids[i] = box.uidNext++;
            emails.add(new EmailId(add(edit, box, message, uids[i])));
        }
        return new Appended(
                mailbox,
                new UidValidity(box.uidValidity),
                Uids.ascending(uids),
                emails,
                new ModSeq(box.modSeq));
    }

    private static long add(Edit edit, MailboxRow box, Incoming message, int uid) throws Refused {
        long email = edit.newId();
        var row = message.email;
        if (message.accepted) edit.count(row.size());
        else edit.chargeMessage(row.size());
        edit.row().messages++;
        var blob = message.blob;
        if (blob != null) edit.change().keep(blob);
        edit.put(EmailRow.reference(row.blob(), email), new byte[] {1});
        edit.put(EmailRow.key(email), row.row());
        long thread = Threading.join(edit, email, message.threading);
        edit.places(email, new PlacesRow(0, row.size(), thread, List.of(new Place(box.id, uid))));
        edit.arrive(
                box,
                new UidRow(
                        uid,
                        edit.version(),
                        email,
                        thread,
                        edit.bits(message.flags),
                        (int) row.size(),
                        message.received,
                        edit.now()));
        return email;
    }

    /// Nothing if this delivery was here before.
    static @Nullable Appended deliver(Edit edit, DeliveryId id, Incoming message) throws Refused {
        return once(edit, INBOX, id, edit.now(), message);
    }

    /// The same, remembered for good.
    static @Nullable Appended bring(Edit edit, MailboxId mailbox, DeliveryId id, Incoming message)
            throws Refused {
        return once(edit, mailbox, id, DeliveryRow.FOR_GOOD, message);
    }

    private static @Nullable Appended once(
            Edit edit, MailboxId mailbox, DeliveryId id, long when, Incoming message)
            throws Refused {
        byte[] key = DeliveryRow.key(id);
        if (edit.change().get(key) != null) return null;
        var appended = append(edit, mailbox, List.of(message));
        edit.put(key, new DeliveryRow(when, appended.emails().getFirst().value()).row());
        return appended;
    }

    /// Those of the messages that are there.
    private static List<UidRow> present(Edit edit, MailboxRow box, Uids uids) {
        var rows = new ArrayList<UidRow>();
        for (int i = 0; i < uids.size(); i++) {
            byte[] row = edit.change().get(UidRow.key(box.id, uids.get(i)));
            if (row != null) rows.add(UidRow.read(uids.get(i), row));
        }
        return rows;
    }

    // RFC 9051 §6.4.7; RFC 8474 §5.1: the copy is the same email
    static Copied copy(Edit edit, MailboxId from, Uids uids, MailboxId to) throws Refused {
        var source = edit.box(from);
        var target = edit.box(to);
        var messages = present(edit, source, uids);
        int first = target.uidNext;
        for (var message : messages) {
            int uid = target.uidNext++;
            edit.places(
                    message.email(), edit.places(message.email()).with(new Place(target.id, uid)));
            edit.arrive(target, message.copied(uid, edit.version(), edit.now()));
        }
        return copied(target, messages, first);
    }

    // RFC 6851 §3
    static Copied move(Edit edit, MailboxId from, Uids uids, MailboxId to) throws Refused {
        var source = edit.box(from);
        var target = edit.box(to);
        var messages = present(edit, source, uids);
        int first = target.uidNext;
        for (var message : messages) {
            int uid = target.uidNext++;
            edit.places(
                    message.email(),
                    edit.places(message.email())
                            .without(new Place(source.id, message.uid()), edit.now())
                            .with(new Place(target.id, uid)));
            edit.depart(source, message);
            edit.arrive(target, message.copied(uid, edit.version(), edit.now()));
        }
        lowest(edit, source, messages);
        return copied(target, messages, first);
    }

    private static Copied copied(MailboxRow target, List<UidRow> messages, int first) {
        return new Copied(
                new UidValidity(target.uidValidity),
                uids(messages),
                Uids.ascending(IntStream.range(first, target.uidNext).toArray()),
                new ModSeq(target.modSeq));
    }

    private static Uids uids(List<UidRow> messages) {
        return Uids.ascending(messages.stream().mapToInt(UidRow::uid).toArray());
    }

    // RFC 9051 §6.4.6, RFC 7162 §3.1.3
    static Reflagged setFlags(Edit edit, MailboxId mailbox, Uids uids, FlagChange change)
            throws Refused {
        var box = edit.box(mailbox);
        var messages = present(edit, box, uids);
        long named =
                change.kind() == FlagChange.Kind.REMOVE
                        ? edit.keywords().bits(change.flags())
                        : edit.bits(change.flags());
        var since = change.unchangedSince();
        var touched = IntStream.builder();
        var changed = IntStream.builder();
        var refused = IntStream.builder();
        for (var message : messages) {
            if (since != null && message.modSeq() > since.value()) {
                refused.add(message.uid());
                continue;
            }
            touched.add(message.uid());
            long flags = change.apply(message.flags(), named);
            if (flags == message.flags()) continue;
            changed.add(message.uid());
            edit.reflag(box, message, flags);
        }
        return new Reflagged(
                Uids.ascending(touched.build().toArray()),
                Uids.ascending(changed.build().toArray()),
                Uids.ascending(refused.build().toArray()),
                new ModSeq(box.modSeq));
    }

    /// @param onlyDeleted leave those that are not flagged `\Deleted`
    static Expunged expunge(Edit edit, MailboxId mailbox, Uids uids, boolean onlyDeleted)
            throws Refused {
        var box = edit.box(mailbox);
        var messages = new ArrayList<>(present(edit, box, uids));
        if (onlyDeleted) messages.removeIf(message -> !Flag.DELETED.in(message.flags()));
        expunge(edit, box, messages);
        return new Expunged(uids(messages), new ModSeq(box.modSeq));
    }

    static void expunge(Edit edit, MailboxRow box, List<UidRow> messages) {
        for (var message : messages) {
            edit.depart(box, message);
            edit.put(edit.newExpiry(), new ExpiryRow.Message(box.id, message).row());
            var places =
                    edit.places(message.email())
                            .without(new Place(box.id, message.uid()), edit.now());
            edit.places(message.email(), places);
            if (places.places().isEmpty()) {
                edit.count(-places.size());
                edit.row().messages--;
            }
        }
        lowest(edit, box, messages);
    }

    /// Remembers where scans begin. The rows just deleted are stepped over once, here.
    private static void lowest(Edit edit, MailboxRow box, List<UidRow> gone) {
        if (gone.isEmpty()) return;
        if (box.exists == 0) {
            box.lowest = box.uidNext;
            return;
        }
        if (gone.getFirst().uid() > box.lowest) return;
        var range = UidRow.all(box.id);
        var page = edit.change().scan(UidRow.key(box.id, box.lowest), range.to(), gone.size() + 1);
        if (!page.rows().isEmpty()) box.lowest = UidRow.uidOf(page.rows().getFirst().key());
    }

    /// Removes messages of a mailbox that goes, at most so many.
    ///
    /// @return whether none is left
    static boolean empty(Edit edit, MailboxRow box, int limit) {
        var page =
                edit.change().scan(UidRow.key(box.id, box.lowest), UidRow.all(box.id).to(), limit);
        var messages =
                page.rows().stream()
                        .map(row -> UidRow.read(UidRow.uidOf(row.key()), row.value()))
                        .toList();
        expunge(edit, box, messages);
        return !page.more();
    }

    /// The lowest UIDs of a mailbox, at most so many.
    static Uids first(Edit edit, MailboxRow box, int limit) {
        var page =
                edit.change().scan(UidRow.key(box.id, box.lowest), UidRow.all(box.id).to(), limit);
        return Uids.ascending(
                page.rows().stream().mapToInt(row -> UidRow.uidOf(row.key())).toArray());
    }
}
