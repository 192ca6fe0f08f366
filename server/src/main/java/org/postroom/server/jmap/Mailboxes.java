package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Refusal;
import org.postroom.store.Catalog;
import org.postroom.store.History;
import org.postroom.store.Kind;
import org.postroom.store.Mailbox;
import org.postroom.store.MailboxId;
import org.postroom.store.Refused;
import org.postroom.store.SpecialUse;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Mailbox/get and Mailbox/changes (RFC 8621 §2.1, §2.2).
final class Mailboxes {

    private static final List<String> COUNTS =
            List.of("totalEmails", "unreadEmails", "totalThreads", "unreadThreads");

    private static final Set<String> PROPERTIES =
            new LinkedHashSet<>(
                    List.of(
                            "id",
                            "name",
                            "parentId",
                            "role",
                            "sortOrder",
                            "totalEmails",
                            "unreadEmails",
                            "totalThreads",
                            "unreadThreads",
                            "myRights",
                            "isSubscribed"));

    static final List<String> RIGHTS =
            List.of(
                    "mayReadItems",
                    "mayAddItems",
                    "mayRemoveItems",
                    "maySetSeen",
                    "maySetKeywords",
                    "mayCreateChild",
                    "mayRename",
                    "mayDelete",
                    "maySubmit");

    private final Visit visit;

    Mailboxes(Visit visit) {
        this.visit = visit;
    }

    /// All of them by id, in the order of their names, each with the id of that which it lies in.
    record Tree(Map<MailboxId, Mailbox> boxes, Map<String, MailboxId> byName) {

        static Tree of(Visit visit) {
            var boxes = new LinkedHashMap<MailboxId, Mailbox>();
            var byName = new HashMap<String, MailboxId>();
            for (var box : visit.account().mailboxes()) {
                boxes.put(box.id(), box);
                byName.put(box.name(), box.id());
            }
            return new Tree(boxes, byName);
        }

        @Nullable MailboxId parent(Mailbox box) {
            int last = box.name().lastIndexOf(Mailbox.SEPARATOR);
            return last < 0 ? null : byName.get(box.name().substring(0, last));
        }

        @Nullable Mailbox find(String id) {
            return MailboxId.parse(id).map(boxes::get).orElse(null);
        }
    }

    static String name(Mailbox box) {
        return box.name().substring(box.name().lastIndexOf(Mailbox.SEPARATOR) + 1);
    }

    /// RFC 8621 §2: the role's name in lower case
    static @Nullable String role(Mailbox box) {
        if (box.name().equals(Mailbox.INBOX)) return "inbox";
        return switch (box.use()) {
            case null -> null;
            case ARCHIVE -> "archive";
            case DRAFTS -> "drafts";
            case JUNK -> "junk";
            case SENT -> "sent";
            case TRASH -> "trash";
        };
    }

    static @Nullable SpecialUse use(String role) {
        for (var use : SpecialUse.values())
            if (use.name().toLowerCase(java.util.Locale.ROOT).equals(role)) return use;
        return null;
    }

    ObjectNode get(Call.Get get) throws Refusal, Refused {
        var properties = Properties.of(get.properties(), PROPERTIES);
        var catalog = visit.account().catalog();
        var state = visit.state(Kind.MAILBOX, catalog);
        boolean counted = COUNTS.stream().anyMatch(properties::contains);
        var counts =
                counted ? visit.account().counts(catalog) : Map.<MailboxId, Catalog.Counts>of();
        var tree = Tree.of(visit);
        var list = new ArrayList<ObjectNode>();
        var notFound = new ArrayList<String>();
        var ids = get.ids();
        if (ids == null) {
            visit.demandFewToGet(tree.boxes.size());
            tree.boxes.values().forEach(box -> list.add(json(box, tree, counts)));
        } else {
            visit.demandFewToGet(ids.size());
            for (var id : new LinkedHashSet<>(ids)) {
                var box = tree.find(visit.id(id));
                if (box == null) notFound.add(id);
                else list.add(json(box, tree, counts));
            }
        }
        list.forEach(json -> Properties.only(json, properties));
        return visit.got(state.text(), list, notFound);
    }

    private static ObjectNode json(Mailbox box, Tree tree, Map<MailboxId, Catalog.Counts> counts) {
        var count = counts.getOrDefault(box.id(), Catalog.Counts.NONE);
        var json = Json.object().put("id", box.id().text());
        boolean inbox = box.name().equals(Mailbox.INBOX);
        json.put("name", inbox ? "Inbox" : name(box));
        var parent = tree.parent(box);
        json.put("parentId", parent == null ? null : parent.text());
        json.put("role", role(box)).put("sortOrder", box.sort());
        json.put("totalEmails", count.emails()).put("unreadEmails", count.unread());
        json.put("totalThreads", count.threads()).put("unreadThreads", count.unreadThreads());
        var rights = json.putObject("myRights");
        for (var right : RIGHTS)
            rights.put(right, !inbox || !(right.equals("mayRename") || right.equals("mayDelete")));
        return json.put("isSubscribed", box.subscribed());
    }

    ObjectNode changes(Call.Changes changes) throws Refusal, Refused {
        var told =
                new Told<>(
                                visit,
                                Kind.MAILBOX,
                                History::mailboxes,
                                MailboxId::value,
                                MailboxId::text)
                        .since(changes);
        var response = told.response();
        // RFC 8621 §2.2: what alone changed, if that is counts
        if (told.history().isOnlyCounts() && !response.get("updated").isEmpty())
            response.set("updatedProperties", Json.array(COUNTS));
        else response.putNull("updatedProperties");
        return response;
    }
}
