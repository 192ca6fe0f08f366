package org.postroom.server.jmap;

import org.postroom.jmap.SetError;
import org.postroom.store.Flag;
import org.postroom.store.Flags;
import org.postroom.store.MailboxId;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Keywords and mailboxes as the JSON of an email says them (RFC 8621 §4.1.1).
final class Keywording {

    private static final int LONGEST = 255;

    private Keywording() {}

    static Flags flags(JsonNode keywords) throws SetError {
        var system = EnumSet.noneOf(Flag.class);
        var others = new TreeSet<String>();
        for (var keyword : keys(keywords, "keywords")) {
            demand(keyword);
            switch (keyword.toLowerCase(Locale.ROOT)) {
                case "$seen" -> system.add(Flag.SEEN);
                case "$answered" -> system.add(Flag.ANSWERED);
                case "$flagged" -> system.add(Flag.FLAGGED);
                case "$draft" -> system.add(Flag.DRAFT);
                default -> others.add(keyword.toLowerCase(Locale.ROOT));
            }
        }
        return new Flags(system, others);
    }

    // RFC 8621 §4.1.1: 1 to 255 of %x21-%x7e without ( ) { ] % * " \
    private static void demand(String keyword) throws SetError {
        boolean legal =
                !keyword.isEmpty()
                        && keyword.length() <= LONGEST
                        && keyword.chars()
                                .allMatch(c -> c > ' ' && c < 127 && "(){]%*\"\\".indexOf(c) < 0);
        if (!legal) throw SetError.properties("No keyword: " + keyword, "keywords");
    }

    static Set<MailboxId> mailboxes(Visit visit, JsonNode mailboxes) throws SetError {
        var all = new LinkedHashSet<MailboxId>();
        for (var id : keys(mailboxes, "mailboxIds")) all.add(mailbox(visit, id));
        if (all.isEmpty())
            throw SetError.properties("An email is in a mailbox at least", "mailboxIds");
        return all;
    }

    private static MailboxId mailbox(Visit visit, String id) throws SetError {
        return MailboxId.parse(visit.id(id))
                .filter(box -> visit.account().mailbox(box).isPresent())
                .orElseThrow(() -> SetError.properties("No mailbox " + id, "mailboxIds"));
    }

    /// A set as JMAP writes it: an object whose values are true.
    private static Set<String> keys(JsonNode node, String property) throws SetError {
        if (!(node instanceof ObjectNode object))
            throw SetError.properties("An object of true", property);
        var keys = new LinkedHashSet<String>();
        for (var each : object.properties()) {
            if (!each.getValue().isBoolean() || !each.getValue().booleanValue())
                throw SetError.properties("An object of true", property);
            keys.add(each.getKey());
        }
        return keys;
    }
}
