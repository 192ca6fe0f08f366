package org.postroom.server.imap;

import org.postroom.imap.Command;
import org.postroom.imap.ListOptions;
import org.postroom.imap.ListOptions.Return;
import org.postroom.imap.ListOptions.Selection;
import org.postroom.imap.MailboxName;
import org.postroom.imap.MailboxPattern;
import org.postroom.imap.Refusal;
import org.postroom.imap.Response;
import org.postroom.server.Slices;
import org.postroom.store.Account;
import org.postroom.store.Mailbox;
import org.postroom.store.Refused;
import org.postroom.wire.Fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// LIST and LSUB (RFC 3501 §6.3.8, §6.3.9; RFC 5258 §3).
final class Listing {

    private Listing() {}

    /// What LIST tells, with the STATUS of each where that is wanted (RFC 5819 §2).
    static List<Response> list(Status status, Command.List command) throws Refused {
        var options = command.options();
        var patterns = command.patterns();
        if (!command.extended() && patterns.getFirst().isEmpty())
            return List.of(new Response.Delimiter(false));
        var account = status.account();
        var mailboxes = account.mailboxes();
        boolean subscriptions =
                options.selects(Selection.SUBSCRIBED) || options.returns(Return.SUBSCRIBED);
        var subscribed =
                subscriptions ? new TreeSet<>(account.subscriptions()) : new TreeSet<String>();
        var listed =
                status.share()
                        .run(_ -> new Extended(mailboxes, subscribed, options, patterns).list());
        if (options.status().isEmpty()) return List.copyOf(listed);
        var told = new ArrayList<Response>();
        for (var one : listed) {
            told.add(one);
            var mailbox = account.mailbox(one.mailbox().value());
            if (mailbox.isPresent() && !one.has("\\NonExistent"))
                told.add(status.of(one.mailbox(), mailbox.get(), options.status()));
        }
        return told;
    }

    /// One LIST as it goes through the names.
    private record Extended(
            List<Mailbox> mailboxes,
            TreeSet<String> subscribed,
            ListOptions options,
            List<MailboxPattern> patterns) {

        List<Response.Listed> list() {
            var matchers = patterns.stream().map(MailboxPattern::matcher).toList();
            var names = new TreeMap<String, Optional<Mailbox>>(BY_NAME);
            for (var mailbox : mailboxes) names.put(mailbox.name(), Optional.of(mailbox));
            if (options.selects(Selection.SUBSCRIBED)) // RFC 5258 §3.1: whether they are or not
            for (var name : subscribed) names.putIfAbsent(name, Optional.empty());
            var above = selectedBelow(names, matchers);
            for (var name : above) names.putIfAbsent(name, Optional.empty());
            var listed = new ArrayList<Response.Listed>();
            names.forEach((name, mailbox) -> {
                boolean below = above.contains(name);
                if (!below && !isSelected(name, mailbox)) return;
                if (matchers.stream().noneMatch(matcher -> matcher.matches(name))) return;
                listed.add(
                        new Response.Listed(
                                false,
                                attributes(name, mailbox),
                                "/",
                                Listing.name(name),
                                below ? childInfo() : List.of()));
            });
            return listed;
        }

        private boolean isSelected(String name, Optional<Mailbox> mailbox) {
            if (options.selects(Selection.SUBSCRIBED) && !subscribed.contains(name)) return false;
            return !options.selects(Selection.SPECIAL_USE)
                    || mailbox.filter(it -> it.use() != null).isPresent();
        }

        /// RFC 5258 §3.5: with RECURSIVEMATCH, names that have something below them which is selected, and
        /// which is not told itself.
        private Set<String> selectedBelow(
                Map<String, Optional<Mailbox>> names, List<MailboxPattern.Matcher> matchers) {
            var above = new HashSet<String>();
            if (!options.selects(Selection.RECURSIVEMATCH)) return above;
            names.forEach((name, mailbox) -> {
                if (!isSelected(name, mailbox)) return;
                if (matchers.stream().anyMatch(matcher -> matcher.matches(name))) return;
                for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1))
                    above.add(name.substring(0, end));
            });
            return above;
        }

        private List<String> childInfo() {
            var info = new ArrayList<String>();
            if (options.selects(Selection.SUBSCRIBED)) info.add("SUBSCRIBED");
            if (options.selects(Selection.SPECIAL_USE)) info.add("SPECIAL-USE");
            return info;
        }

        private List<String> attributes(String name, Optional<Mailbox> mailbox) {
            var attributes = new ArrayList<String>();
            if (mailbox.isPresent()) attributes.addAll(Listing.attributes(mailbox.get()));
            else attributes.add("\\NonExistent");
            if (subscribed.contains(name)) attributes.add("\\Subscribed");
            return attributes;
        }
    }

    /// INBOX and what is below it first.
    private static final Comparator<String> BY_NAME =
            Comparator.<String, Boolean>comparing(
                            name -> !name.equals(Mailbox.INBOX) && !name.startsWith("INBOX/"))
                    .thenComparing(Comparator.naturalOrder());

    // RFC 3348 §3; RFC 6154 §2, in plain LIST, too (TRAPS T28)
    private static List<String> attributes(Mailbox mailbox) {
        var attributes = new ArrayList<String>();
        attributes.add(mailbox.hasChildren() ? "\\HasChildren" : "\\HasNoChildren");
        var use = mailbox.use();
        if (use != null) attributes.add(use.attribute);
        return attributes;
    }

    /// RFC 9051 §6.3.2: how SELECT tells of what it opened.
    static Response.Listed opened(Mailbox mailbox) {
        return new Response.Listed(false, attributes(mailbox), name(mailbox.name()));
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
