package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Blobs;
import org.postroom.store.engine.Rows;

import java.util.Set;
import java.util.TreeSet;

/// An email with all that may change about it, as JMAP sees it (see [Catalog]).
///
/// @param flags by the account's [Keywords]
/// @param received in milliseconds since 1970
public record Placed(
        Message message, ThreadId thread, Set<MailboxId> mailboxes, long flags, long received) {

    static @Nullable Placed read(Rows rows, EmailId email, Blobs blobs) {
        byte[] row = rows.get(PlacesRow.key(email.value()));
        byte[] content = rows.get(EmailRow.key(email.value()));
        if (row == null || content == null) return null;
        var places = PlacesRow.read(row);
        var mailboxes = new TreeSet<MailboxId>();
        long any = 0;
        long all = -1;
        long received = 0;
        for (var place : places.places()) {
            byte[] uid = rows.get(UidRow.key(place.mailbox(), place.uid()));
            if (uid == null) continue;
            var message = UidRow.read(place.uid(), uid);
            if (Flag.DELETED.in(message.flags())) continue;
            mailboxes.add(new MailboxId(place.mailbox()));
            any |= message.flags();
            all &= message.flags();
            received = message.received();
        }
        if (mailboxes.isEmpty()) return null;
        return new Placed(
                new Message(email, EmailRow.read(content), blobs),
                new ThreadId(places.thread()),
                mailboxes,
                (any & ~Flag.SEEN.bit()) | (all & Flag.SEEN.bit()),
                received);
    }
}
