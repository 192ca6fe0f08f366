package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.store.Kind;
import org.postroom.store.Mailbox;
import org.postroom.store.MailboxId;
import org.postroom.store.Refused;
import org.postroom.store.SpecialUse;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Mailbox/set (RFC 8621 §2.5).
final class MailboxSet {

    private static final Set<String> OWN =
            Set.of("name", "parentId", "role", "sortOrder", "isSubscribed");

    private final Visit visit;
    private final SetResult result = new SetResult();

    MailboxSet(Visit visit) {
        this.visit = visit;
    }

    ObjectNode set(Call.Set set) throws Refusal, Refused {
        if (set.ifInState() != null) visit.demandState(set.ifInState(), Kind.MAILBOX);
        String before = visit.state(Kind.MAILBOX);
        for (var creation : parentsFirst(set.create()))
            try {
                create(creation, set.create().get(creation));
            } catch (SetError why) {
                result.notCreated(creation, why);
            }
        for (var each : set.update().entrySet())
            try {
                if (set.destroy().contains(each.getKey())) throw new SetError(Type.WILL_DESTROY);
                update(visit.id(each.getKey()), each.getValue());
                result.updated(each.getKey(), null);
            } catch (SetError why) {
                result.notUpdated(each.getKey(), why);
            }
        destroy(set.destroy(), set.extra().get("onDestroyRemoveEmails").booleanValue());
        return result.response(visit, before, visit.state(Kind.MAILBOX));
    }

    /// RFC 8621 §2.5: one may lie in another that is created by the same call.
    private static List<String> parentsFirst(Map<String, ObjectNode> create) {
        var order = new ArrayList<String>();
        var left = new ArrayList<>(create.keySet());
        boolean moved = true;
        while (moved) {
            moved = false;
            for (var creation : List.copyOf(left)) {
                var wanted = create.get(creation);
                var parent = wanted == null ? null : wanted.get("parentId");
                boolean waits =
                        parent != null
                                && parent.isString()
                                && parent.stringValue().startsWith("#")
                                && left.contains(parent.stringValue().substring(1));
                if (waits) continue;
                left.remove(creation);
                order.add(creation);
                moved = true;
            }
        }
        order.addAll(left);
        return order;
    }

    private void create(String creation, @Nullable ObjectNode wanted) throws SetError, Refused {
        if (wanted == null) throw new SetError(Type.INVALID_PROPERTIES);
        for (var name : wanted.propertyNames())
            if (!OWN.contains(name)) throw SetError.properties("The server sets it", name);
        String name = name(wanted.get("name"));
        var role = wanted.get("role");
        var use = role == null || role.isNull() ? null : use(role);
        int sort = sort(wanted.get("sortOrder"));
        boolean subscribed = flag(wanted.get("isSubscribed"));
        String path = path(wanted.get("parentId"), name);
        Mailbox made;
        try {
            demandFree(path);
            made = visit.account().create(path, use);
            if (subscribed) visit.account().subscribe(path);
            if (sort != 0) visit.account().sort(made.id(), sort);
        } catch (Refused refused) {
            throw error(refused);
        }
        var json = Json.object().put("id", made.id().text());
        if (!wanted.has("sortOrder")) json.put("sortOrder", 0);
        if (!wanted.has("role")) json.putNull("role");
        if (!wanted.has("parentId")) json.putNull("parentId");
        if (!wanted.has("isSubscribed")) json.put("isSubscribed", false);
        json.put("totalEmails", 0).put("unreadEmails", 0);
        json.put("totalThreads", 0).put("unreadThreads", 0);
        json.set("myRights", rights());
        result.created(visit, creation, json);
    }

    private static ObjectNode rights() {
        var rights = Json.object();
        for (var right : Mailboxes.RIGHTS) rights.put(right, true);
        return rights;
    }

    private void demandFree(String path) throws SetError {
        var there = visit.account().mailbox(path);
        if (there.isPresent())
            throw new SetError(Type.ALREADY_EXISTS, "There is one of this name")
                    .with("existingId", there.get().id().text());
    }

    private void update(String id, ObjectNode patch) throws SetError, Refused {
        var tree = Mailboxes.Tree.of(visit);
        var box = tree.find(id);
        if (box == null) throw new SetError(Type.NOT_FOUND);
        for (var name : patch.propertyNames())
            if (!OWN.contains(name)) throw SetError.properties("The server sets it", name);
        boolean inbox = box.name().equals(Mailbox.INBOX);
        var parent = tree.parent(box);
        String path = box.name();
        if (patch.has("name") || patch.has("parentId")) {
            String name = patch.has("name") ? name(patch.get("name")) : Mailboxes.name(box);
            var above =
                    patch.has("parentId")
                            ? patch.get("parentId")
                            : parent == null
                                    ? Json.object().nullNode()
                                    : Json.object().stringNode(parent.text());
            path = path(above, name);
            if (inbox && name.equalsIgnoreCase(Mailbox.INBOX) && above.isNull()) path = box.name();
        }
        var role = patch.get("role");
        if (role != null && inbox && !(role.isString() && role.stringValue().equals("inbox")))
            throw SetError.properties("The inbox stays what it is", "role");
        var use = role == null || role.isNull() || inbox ? null : use(role);
        int sort = sort(patch.get("sortOrder"));
        boolean subscribed = flag(patch.get("isSubscribed"));
        var account = visit.account();
        try {
            if (!path.equals(box.name())) {
                if (inbox) throw new SetError(Type.FORBIDDEN, "The inbox keeps its name");
                demandFree(path);
                account.rename(box.name(), path);
            }
            if (role != null && !inbox) account.use(box.id(), use);
            if (patch.has("sortOrder")) account.sort(box.id(), sort);
            if (patch.has("isSubscribed")) {
                if (subscribed) account.subscribe(path);
                else account.unsubscribe(path);
            }
        } catch (Refused refused) {
            throw error(refused);
        }
    }

    /// The path of a mailbox of this name within that one.
    private String path(@Nullable JsonNode parent, String name) throws SetError {
        if (parent == null || parent.isNull()) return name;
        if (!parent.isString()) throw SetError.properties("An id or null", "parentId");
        var above = Mailboxes.Tree.of(visit).find(visit.id(parent.stringValue()));
        if (above == null) throw SetError.properties("There is no such mailbox", "parentId");
        return above.name() + Mailbox.SEPARATOR + name;
    }

    private static String name(@Nullable JsonNode name) throws SetError {
        if (name == null
                || !name.isString()
                || name.stringValue().isEmpty()
                || name.stringValue().indexOf(Mailbox.SEPARATOR) >= 0)
            throw SetError.properties("A name without a slash", "name");
        return name.stringValue();
    }

    private static SpecialUse use(JsonNode role) throws SetError {
        var use = role.isString() ? Mailboxes.use(role.stringValue()) : null;
        if (use == null) throw SetError.properties("No such role here", "role");
        return use;
    }

    private static int sort(@Nullable JsonNode sort) throws SetError {
        if (sort == null) return 0;
        if (!sort.isIntegralNumber() || !sort.canConvertToInt() || sort.intValue() < 0)
            throw SetError.properties("A number from 0 to 2^31 - 1", "sortOrder");
        return sort.intValue();
    }

    private static boolean flag(@Nullable JsonNode flag) throws SetError {
        if (flag == null) return false;
        if (!flag.isBoolean()) throw SetError.properties("true or false", "isSubscribed");
        return flag.booleanValue();
    }

    /// Children before what they lie in, whatever the order they are named in.
    private void destroy(List<String> ids, boolean withEmails) throws Refused {
        var tree = Mailboxes.Tree.of(visit);
        var boxes = new ArrayList<Mailbox>();
        var given = new HashSet<MailboxId>();
        for (var id : ids) {
            var box = tree.find(visit.id(id));
            if (box == null) result.notDestroyed(id, new SetError(Type.NOT_FOUND));
            else if (given.add(box.id())) boxes.add(box);
        }
        boxes.sort((a, b) -> Integer.compare(depth(b), depth(a)));
        for (var box : boxes)
            try {
                destroy(box, withEmails);
                result.destroyed(box.id().text());
            } catch (SetError why) {
                result.notDestroyed(box.id().text(), why);
            }
    }

    private static int depth(Mailbox box) {
        return (int) box.name().chars().filter(c -> c == Mailbox.SEPARATOR).count();
    }

    private void destroy(Mailbox box, boolean withEmails) throws SetError, Refused {
        if (box.name().equals(Mailbox.INBOX)) throw new SetError(Type.FORBIDDEN, "The inbox stays");
        var now = visit.account().mailbox(box.id());
        if (now.isEmpty()) throw new SetError(Type.NOT_FOUND);
        if (now.get().hasChildren()) throw new SetError(Type.MAILBOX_HAS_CHILD);
        var catalog = visit.account().catalog();
        var count = visit.account().counts(catalog).get(box.id());
        if (!withEmails && count != null && count.emails() > 0)
            throw new SetError(Type.MAILBOX_HAS_EMAIL);
        try {
            visit.account().delete(box.name());
        } catch (Refused refused) {
            throw error(refused);
        }
    }

    private static SetError error(Refused refused) throws Refused {
        return switch (refused.reason()) {
            case NO_SUCH_MAILBOX -> new SetError(Type.NOT_FOUND);
            case MAILBOX_EXISTS -> new SetError(Type.ALREADY_EXISTS);
            case HAS_CHILDREN -> new SetError(Type.MAILBOX_HAS_CHILD);
            case INBOX_STAYS -> new SetError(Type.FORBIDDEN);
            case TOO_MANY_MAILBOXES -> new SetError(Type.OVER_QUOTA, "There are too many");
            case USE_TAKEN -> SetError.properties("Another has this role", "role");
            case BAD_NAME -> SetError.properties("Not a name that a mailbox can have", "name");
            case INTO_ITSELF -> SetError.properties("It would lie in itself", "parentId");
            default -> throw refused;
        };
    }
}
