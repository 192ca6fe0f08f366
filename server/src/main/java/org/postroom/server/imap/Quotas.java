package org.postroom.server.imap;

import org.postroom.imap.MailboxName;
import org.postroom.imap.Refusal;
import org.postroom.imap.Reply;
import org.postroom.imap.Response;
import org.postroom.store.Account;
import org.postroom.store.Refused;
import org.postroom.wire.Departure;

import java.util.LinkedHashMap;
import java.util.List;

/// GETQUOTA and GETQUOTAROOT (RFC 9208 §4.1). An account has one quota root, whose name is empty, and all
/// its mailboxes are in it.
record Quotas(Account account) {

    private static final String ROOT = "";
    private static final long UNIT = 1024; // RFC 9208 §5.1

    /// Says something untagged.
    @FunctionalInterface
    interface Mouth {
        void say(Response response) throws Departure;
    }

    Reply get(String root, Mouth mouth) throws Departure, Refusal {
        if (!root.equals(ROOT)) throw new Refusal(Reply.NO_SUCH_ROOT);
        mouth.say(quota());
        return Reply.DONE;
    }

    Reply root(MailboxName mailbox, Mouth mouth) throws Departure, Refused {
        if (account.mailbox(mailbox.value()).isEmpty())
            throw new Refused(Refused.Reason.NO_SUCH_MAILBOX);
        mouth.say(new Response.QuotaRoot(mailbox, List.of(ROOT)));
        mouth.say(quota());
        return Reply.DONE;
    }

    /// It is an administrator who sets them, by another way.
    Reply set(String root) {
        return root.equals(ROOT) ? Reply.NOT_YOURS : Reply.NO_SUCH_ROOT;
    }

    // RFC 9208 §4.2.1: of what is limited
    private Response quota() {
        var quota = account.quota();
        var resources = new LinkedHashMap<String, Response.Quota.Usage>();
        if (quota.limit() > 0)
            resources.put(
                    "STORAGE", new Response.Quota.Usage(units(quota.used()), quota.limit() / UNIT));
        if (quota.messageLimit() > 0) // RFC 9208 §5.2
        resources.put("MESSAGE", new Response.Quota.Usage(quota.messages(), quota.messageLimit()));
        return new Response.Quota(ROOT, resources);
    }

    private static long units(long octets) {
        return (octets + UNIT - 1) / UNIT;
    }
}
