package org.postroom.server.imap;

import org.postroom.imap.Command;
import org.postroom.imap.Response;
import org.postroom.imap.StatusItem;
import org.postroom.store.Account;
import org.postroom.store.Mailbox;
import org.postroom.store.Refused;

import java.util.LinkedHashMap;

/// STATUS (RFC 3501 §6.3.10): a mailbox's row, read; no message is looked at.
final class Status {

    private Status() {}

    static Response of(Account account, Command.Status status) throws Refused {
        var mailbox =
                account.mailbox(status.mailbox().value())
                        .orElseThrow(() -> new Refused(Refused.Reason.NO_SUCH_MAILBOX));
        var items = new LinkedHashMap<StatusItem, Long>();
        for (var item : status.items()) items.put(item, value(account, mailbox, item));
        return new Response.Status(status.mailbox(), items);
    }

    private static long value(Account account, Mailbox mailbox, StatusItem item) throws Refused {
        return switch (item) {
            case MESSAGES -> mailbox.exists();
            case RECENT -> recent(account, mailbox);
            case UIDNEXT -> mailbox.uidNext();
            case UIDVALIDITY -> mailbox.uidValidity().value();
            case UNSEEN -> mailbox.unseen();
        };
    }

    private static long recent(Account account, Mailbox mailbox) throws Refused {
        if (mailbox.firstRecent() >= mailbox.uidNext()) return 0;
        var view = account.view(mailbox.id());
        return view.size() + 1L - view.firstFrom(mailbox.firstRecent());
    }
}
