package org.postroom.store;

import org.jspecify.annotations.Nullable;
import org.postroom.store.engine.Change;

import java.util.List;

/// The rows that an account begins with (DECISIONS, Birth).
final class Birth {

    private record First(String name, @Nullable SpecialUse use) {}

    /// The inbox comes first and so has the id 1, for good.
    private static final List<First> MAILBOXES =
            List.of(
                    new First(Mailbox.INBOX, null),
                    new First("Sent", SpecialUse.SENT),
                    new First("Drafts", SpecialUse.DRAFTS),
                    new First("Trash", SpecialUse.TRASH),
                    new First("Junk", SpecialUse.JUNK),
                    new First("Archive", SpecialUse.ARCHIVE));

    private Birth() {}

    static void of(Change change, long now) {
        var account = new AccountRow();
        account.created = now;
        for (var first : MAILBOXES) {
            var box = new MailboxRow(account.nextMailbox++);
            box.name = first.name;
            box.use = first.use;
            box.subscribed = true;
            box.created = now;
            box.modSeq = change.version();
            box.uidValidity = account.nextUidValidity(now);
            change.put(box.key(), box.row());
        }
        change.put(AccountRow.KEY, account.row());
    }
}
