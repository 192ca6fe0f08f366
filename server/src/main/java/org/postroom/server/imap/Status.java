package org.postroom.server.imap;

import org.postroom.imap.Command;
import org.postroom.imap.MailboxName;
import org.postroom.imap.Response;
import org.postroom.imap.StatusItem;
import org.postroom.server.Slices;
import org.postroom.store.Account;
import org.postroom.store.Flag;
import org.postroom.store.Mailbox;
import org.postroom.store.Refused;

import java.util.LinkedHashMap;
import java.util.List;

/// STATUS (RFC 3501 §6.3.10): a mailbox's row, read; a message is looked at only for what is deleted.
///
/// @param appendLimit the largest message that is taken; 0 for no limit
record Status(Account account, Slices.Share share, long appendLimit) {

    Response of(Command.Status status) throws Refused {
        var mailbox =
                account.mailbox(status.mailbox().value())
                        .orElseThrow(() -> new Refused(Refused.Reason.NO_SUCH_MAILBOX));
        return of(status.mailbox(), mailbox, status.items());
    }

    Response of(MailboxName name, Mailbox mailbox, List<StatusItem> asked) throws Refused {
        var items = new LinkedHashMap<StatusItem, Long>();
        for (var item : asked) items.put(item, value(mailbox, item));
        return new Response.Status(name, items);
    }

    private long value(Mailbox mailbox, StatusItem item) throws Refused {
        return switch (item) {
            case MESSAGES -> mailbox.exists();
            case RECENT -> recent(mailbox);
            case UIDNEXT -> mailbox.uidNext();
            case UIDVALIDITY -> mailbox.uidValidity().value();
            case UNSEEN -> mailbox.unseen();
            case HIGHESTMODSEQ -> mailbox.highestModSeq().value();
            case SIZE -> mailbox.bytes();
            case MAILBOXID -> mailbox.id().value();
            case APPENDLIMIT -> appendLimit;
            case DELETED -> deleted(mailbox, false);
            case DELETED_STORAGE -> deleted(mailbox, true);
        };
    }

    private long recent(Mailbox mailbox) throws Refused {
        if (mailbox.firstRecent() >= mailbox.uidNext()) return 0;
        var view = account.view(mailbox.id());
        return view.size() + 1L - view.firstFrom(mailbox.firstRecent());
    }

    /// How many there are, or how many octets.
    private long deleted(Mailbox mailbox, boolean octets) throws Refused {
        if (mailbox.exists() == 0) return 0;
        var view = account.view(mailbox.id());
        return share.run(_ -> {
            long sum = 0;
            for (int i = 1; i <= view.size(); i++)
                if (Flag.DELETED.in(view.flags(i))) sum += octets ? view.octets(i) : 1;
            return sum;
        });
    }
}
