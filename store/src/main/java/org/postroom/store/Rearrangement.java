package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.MessageChanges.Incoming;
import org.postroom.store.PlacesRow.Place;
import org.postroom.store.Refused.Reason;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// What is to become of an email as JMAP sees it: in which mailboxes it is, and its keywords, which are
/// those of all its places (DECISIONS, Identity). Both are functions of what is there, which the commit
/// may call again. Without a mailbox left it is destroyed.
///
/// @param mailboxes from where it is to where it will be
/// @param flags from what it has to what it will have, without `\Deleted`
public record Rearrangement(
        EmailId email, UnaryOperator<Set<MailboxId>> mailboxes, UnaryOperator<Flags> flags) {

    public static Rearrangement destroy(EmailId email) {
        return new Rearrangement(email, _ -> Set.of(), UnaryOperator.identity());
    }

    static EmailId create(Edit edit, Set<MailboxId> mailboxes, Incoming message) throws Refused {
        for (var mailbox : mailboxes) edit.box(mailbox);
        var first = mailboxes.iterator().next();
        var email = MessageChanges.append(edit, first, List.of(message)).emails().getFirst();
        new Rearrangement(email, _ -> mailboxes, UnaryOperator.identity()).change(edit);
        return email;
    }

    /// @return why nothing was changed, or null
    @Nullable Reason apply(Edit edit) {
        try {
            change(edit);
            return null;
        } catch (Refused refused) {
            return refused.reason();
        }
    }

    private record Row(MailboxRow box, UidRow message) {}

    /// Looks at all that may be refused before it changes anything.
    private void change(Edit edit) throws Refused {
        if (!edit.hasEmail(email.value())) throw new Refused(Reason.NO_SUCH_MESSAGE);
        var rows = rows(edit);
        var visible = rows.stream().filter(row -> !isDeleted(row)).toList();
        if (visible.isEmpty()) throw new Refused(Reason.NO_SUCH_MESSAGE);
        var here = new TreeSet<MailboxId>();
        for (var row : visible) here.add(new MailboxId(row.box.id));
        var target = mailboxes.apply(here);
        if (target.isEmpty()) {
            for (var row : rows) MessageChanges.expunge(edit, row.box, List.of(row.message));
            return;
        }
        var added = new HashSet<MailboxRow>();
        for (var mailbox : target) if (!here.contains(mailbox)) added.add(edit.box(mailbox));
        if (rows.size() + added.size() > PlacesRow.MOST) throw new Refused(Reason.TOO_MANY_COPIES);
        long flags = edit.bits(this.flags.apply(edit.keywords().flags(union(visible))));
        arrive(edit, added, visible.getFirst().message, flags);
        for (var row : visible)
            if (!target.contains(new MailboxId(row.box.id)))
                MessageChanges.expunge(edit, row.box, List.of(row.message));
            else if (row.message.flags() != flags) edit.reflag(row.box, row.message, flags);
    }

    private List<Row> rows(Edit edit) throws Refused {
        var rows = new ArrayList<Row>();
        for (var place : edit.places(email.value()).places()) {
            byte[] row = edit.change().get(UidRow.key(place.mailbox(), place.uid()));
            if (row != null)
                rows.add(
                        new Row(
                                edit.box(new MailboxId(place.mailbox())),
                                UidRow.read(place.uid(), row)));
        }
        return rows;
    }

    private static boolean isDeleted(Row row) {
        return Flag.DELETED.in(row.message.flags());
    }

    /// Seen only if it is in each place.
    private static long union(List<Row> rows) {
        long any = 0;
        long all = -1;
        for (var row : rows) {
            any |= row.message.flags();
            all &= row.message.flags();
        }
        return (any & ~Flag.SEEN.bit()) | (all & Flag.SEEN.bit());
    }

    private void arrive(Edit edit, Set<MailboxRow> added, UidRow from, long flags) throws Refused {
        for (var box : added) {
            int uid = box.uidNext++;
            var place = new Place(box.id, uid);
            edit.places(email.value(), edit.places(email.value()).with(place));
            edit.arrive(
                    box,
                    from.flagged(flags, edit.version()).copied(uid, edit.version(), edit.now()));
        }
    }
}
