package org.postroom.server.imap;

import org.postroom.imap.MailboxName;
import org.postroom.imap.MailboxPattern;
import org.postroom.imap.Refusal;
import org.postroom.imap.Response;
import org.postroom.server.Slices;
import org.postroom.store.Account;
import org.postroom.store.Mailbox;
import org.postroom.wire.Fault;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// LIST and LSUB (RFC 3501 §6.3.8, §6.3.9).
final class Listing {

    private Listing() {}

    static List<Response> list(Account account, Slices.Share share, MailboxPattern pattern) {
        if (pattern.isEmpty()) return List.of(new Response.Delimiter(false));
        var mailboxes = account.mailboxes();
        return share.run(_ -> {
            var matcher = pattern.matcher();
            var listed = new ArrayList<Response>();
            for (var mailbox : mailboxes)
                if (matcher.matches(mailbox.name()))
                    listed.add(
                            new Response.Listed(false, attributes(mailbox), name(mailbox.name())));
            return listed;
        });
    }

    // RFC 3348 §3; RFC 6154 §2, in plain LIST, too (TRAPS T28)
    private static List<String> attributes(Mailbox mailbox) {
        var attributes = new ArrayList<String>();
        attributes.add(mailbox.hasChildren() ? "\\HasChildren" : "\\HasNoChildren");
        var use = mailbox.use();
        if (use != null) attributes.add(use.attribute);
        return attributes;
    }

    static List<Response> lsub(Account account, Slices.Share share, MailboxPattern pattern) {
        if (pattern.isEmpty()) return List.of(new Response.Delimiter(true));
        var subscriptions = account.subscriptions();
        return share.run(_ -> {
            var matcher = pattern.matcher();
            var subscribed = new HashSet<>(subscriptions);
            var listed = new TreeMap<String, Response>();
            for (var name : subscriptions)
                if (matcher.matches(name))
                    listed.put(name, new Response.Listed(true, List.of(), name(name)));
                else above(name, matcher, subscribed, listed);
            return new ArrayList<>(listed.values());
        });
    }

    /// RFC 3501 §6.3.9: of a name that `%` does not reach, the level that it reaches is told.
    private static void above(
            String name,
            MailboxPattern.Matcher matcher,
            Set<String> subscribed,
            Map<String, Response> listed) {
        for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
            String above = name.substring(0, end);
            if (!subscribed.contains(above) && matcher.matches(above))
                listed.put(above, new Response.Listed(true, List.of("\\Noselect"), name(above)));
        }
    }

    private static MailboxName name(String stored) {
        try {
            return MailboxName.of(stored);
        } catch (Refusal refusal) {
            throw new Fault("a mailbox is named " + stored, refusal);
        }
    }
}
