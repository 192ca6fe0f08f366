package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Patch;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.mime.LineEnds;
import org.postroom.mime.compose.CannotCross;
import org.postroom.mime.compose.NextHop;
import org.postroom.store.EmailId;
import org.postroom.store.Flags;
import org.postroom.store.Kind;
import org.postroom.store.Letter;
import org.postroom.store.MailboxId;
import org.postroom.store.MessageDraft;
import org.postroom.store.NewMessage;
import org.postroom.store.Placed;
import org.postroom.store.Rearrangement;
import org.postroom.store.Refused;
import org.postroom.wire.Fault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Email/set and Email/import (RFC 8621 §4.6, §4.8).
final class EmailSet {

    private static final byte[] NO_TRACE = {};

    private final Visit visit;
    private final SetResult result = new SetResult();

    EmailSet(Visit visit) {
        this.visit = visit;
    }

    ObjectNode set(Call.Set set) throws Refusal, Refused {
        if (set.ifInState() != null) visit.demandState(set.ifInState(), Kind.EMAIL);
        String before = visit.state(Kind.EMAIL);
        for (var each : set.create().entrySet())
            try {
                result.created(visit, each.getKey(), create(each.getValue()));
            } catch (SetError why) {
                result.notCreated(each.getKey(), why);
            }
        update(set.update(), set.destroy());
        destroy(set.destroy());
        return result.response(visit, before, visit.state(Kind.EMAIL));
    }

    // RFC 8621 §4.6
    private ObjectNode create(ObjectNode email) throws SetError, Refused {
        var mailboxes = mailboxes(email.get("mailboxIds"));
        var flags = flags(email.get("keywords"));
        var received = received(email.get("receivedAt"));
        var message = new Drafting(visit, email).message();
        try (var draft = visit.house().store().draft()) {
            write(message, draft);
            return kept(draft.seal(), mailboxes, flags, received);
        } catch (IOException e) {
            throw new Fault("writing a draft", e);
        }
    }

    private static void write(org.postroom.mime.compose.Message message, MessageDraft draft)
            throws SetError, IOException {
        try {
            message.writeTo(draft.stream(), NextHop.SEVEN_BIT);
        } catch (CannotCross needsUtf8) {
            try {
                message.writeTo(draft.stream(), NextHop.UTF8);
            } catch (CannotCross never) {
                throw new SetError(Type.INVALID_PROPERTIES, "A word is longer than a line");
            }
        }
    }

    private ObjectNode kept(Letter letter, Set<MailboxId> mailboxes, Flags flags, Instant received)
            throws SetError, Refused {
        if (letter.size() > 2 * visit.limits().upload()) throw new SetError(Type.TOO_LARGE);
        EmailId email;
        try {
            email =
                    visit.account()
                            .create(mailboxes, new NewMessage(letter, NO_TRACE, flags, received));
        } catch (Refused refused) {
            throw error(refused);
        }
        var placed = visit.account().placed(List.of(email)).getFirst();
        if (placed == null) throw new SetError(Type.NOT_FOUND, "It was destroyed already");
        return Json.object()
                .put("id", email.text())
                .put("blobId", BlobIds.of(email))
                .put("threadId", placed.thread().text())
                .put("size", placed.message().size());
    }

    private Set<MailboxId> mailboxes(@Nullable JsonNode node) throws SetError {
        if (node == null) throw SetError.properties("It is missing", "mailboxIds");
        return Keywording.mailboxes(visit, node);
    }

    private static Flags flags(@Nullable JsonNode node) throws SetError {
        return node == null || node.isNull() ? Flags.NONE : Keywording.flags(node);
    }

    private static Instant received(@Nullable JsonNode node) throws SetError {
        if (node == null || node.isNull()) return Instant.now();
        try {
            if (node.isString()) return OffsetDateTime.parse(node.stringValue()).toInstant();
        } catch (DateTimeException none) {
            throw SetError.properties("No date", "receivedAt");
        }
        throw SetError.properties("No date", "receivedAt");
    }

    /// All in one commit.
    private void update(Map<String, ObjectNode> updates, List<String> destroyed) throws Refused {
        var emails = new LinkedHashMap<String, EmailId>();
        for (var id : updates.keySet())
            if (destroyed.contains(id)) result.notUpdated(id, new SetError(Type.WILL_DESTROY));
            else
                EmailId.parse(visit.id(id))
                        .ifPresentOrElse(
                                email -> emails.put(id, email),
                                () -> result.notUpdated(id, new SetError(Type.NOT_FOUND)));
        var placed = visit.account().placed(List.copyOf(emails.values()));
        var changes = new LinkedHashMap<String, Rearrangement>();
        int at = 0;
        for (var id : emails.keySet())
            try {
                var now = placed.get(at++);
                if (now == null) throw new SetError(Type.NOT_FOUND);
                var patch = updates.get(id);
                if (patch != null) changes.put(id, change(now, patch));
            } catch (SetError why) {
                result.notUpdated(id, why);
            }
        if (changes.isEmpty()) return;
        var reasons = visit.account().rearrange(List.copyOf(changes.values()));
        at = 0;
        for (var id : changes.keySet()) {
            var reason = reasons.get(at++);
            if (reason == null) result.updated(id, null);
            else result.notUpdated(id, error(new Refused(reason)));
        }
    }

    /// What a patch makes of an email; keywords and mailboxes that it does not name stay as the commit
    /// finds them.
    private Rearrangement change(Placed now, ObjectNode patch) throws SetError {
        @Nullable Flags flags = null;
        @Nullable Set<MailboxId> mailboxes = null;
        var add = Json.object();
        var remove = Json.object();
        var into = new TreeSet<MailboxId>();
        var outOf = new TreeSet<MailboxId>();
        for (var each : patch.properties()) {
            var path = Patch.tokens(each.getKey());
            var value = each.getValue();
            switch (path.getFirst()) {
                case "keywords" -> {
                    if (path.size() == 1) flags = flags(value);
                    else if (path.size() > 2) throw new SetError(Type.INVALID_PATCH);
                    else (isTrue(value) ? add : remove).put(path.get(1), true);
                }
                case "mailboxIds" -> {
                    if (path.size() == 1) mailboxes = mailboxes(value);
                    else if (path.size() > 2) throw new SetError(Type.INVALID_PATCH);
                    else
                        (isTrue(value) ? into : outOf)
                                .addAll(
                                        Keywording.mailboxes(
                                                visit, Json.object().put(path.get(1), true)));
                }
                default -> demandSame(now, each.getKey(), value);
            }
        }
        if ((flags != null && !(add.isEmpty() && remove.isEmpty()))
                || (mailboxes != null && !(into.isEmpty() && outOf.isEmpty())))
            throw new SetError(Type.INVALID_PATCH, "One path is the beginning of another");
        var more = Keywording.flags(add);
        var fewer = Keywording.flags(remove);
        @Nullable Flags whole = flags;
        @Nullable Set<MailboxId> all = mailboxes;
        if (all == null && moved(now.mailboxes(), into, outOf).isEmpty())
            throw SetError.properties("An email is in a mailbox at least", "mailboxIds");
        return new Rearrangement(
                now.message().id(),
                here -> all != null ? all : orHere(here, moved(here, into, outOf)),
                has -> whole != null ? whole : flagged(has, more, fewer));
    }

    private static Set<MailboxId> moved(
            Set<MailboxId> here, Set<MailboxId> into, Set<MailboxId> outOf) {
        var there = new LinkedHashSet<>(here);
        there.removeAll(outOf);
        there.addAll(into);
        return there;
    }

    /// It was moved meanwhile, and would be nowhere.
    private static Set<MailboxId> orHere(Set<MailboxId> here, Set<MailboxId> there) {
        return there.isEmpty() ? here : there;
    }

    private static Flags flagged(Flags has, Flags more, Flags fewer) {
        var system = new TreeSet<>(has.system());
        system.removeAll(fewer.system());
        system.addAll(more.system());
        var keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keywords.addAll(has.keywords());
        keywords.removeAll(new ArrayList<>(fewer.keywords()));
        keywords.addAll(more.keywords());
        return new Flags(system, keywords);
    }

    private static boolean isTrue(JsonNode value) throws SetError {
        if (value.isNull()) return false;
        if (value.isBoolean() && value.booleanValue()) return true;
        throw new SetError(Type.INVALID_PROPERTIES, "true or null");
    }

    /// RFC 8620 §5.3: what can't change may be said as it is.
    private static void demandSame(Placed now, String property, JsonNode value) throws SetError {
        boolean same =
                value.isString()
                        && switch (property) {
                            case "id" -> value.stringValue().equals(now.message().id().text());
                            case "blobId" ->
                                    value.stringValue().equals(BlobIds.of(now.message().id()));
                            case "threadId" -> value.stringValue().equals(now.thread().text());
                            case "receivedAt" ->
                                    value.stringValue().equals(Emails.date(now.received()));
                            default -> false;
                        };
        if (!same) throw SetError.properties("It can't change", property);
    }

    private void destroy(List<String> ids) throws Refused {
        var changes = new LinkedHashMap<String, Rearrangement>();
        for (var id : ids)
            EmailId.parse(visit.id(id))
                    .ifPresentOrElse(
                            email -> changes.put(id, Rearrangement.destroy(email)),
                            () -> result.notDestroyed(id, new SetError(Type.NOT_FOUND)));
        if (changes.isEmpty()) return;
        var reasons = visit.account().rearrange(List.copyOf(changes.values()));
        int at = 0;
        for (var id : changes.keySet()) {
            var reason = reasons.get(at++);
            if (reason == null) result.destroyed(id);
            else result.notDestroyed(id, error(new Refused(reason)));
        }
    }

    private static SetError error(Refused refused) throws Refused {
        return switch (refused.reason()) {
            case NO_SUCH_MESSAGE -> new SetError(Type.NOT_FOUND);
            case NO_SUCH_MAILBOX -> SetError.properties("No such mailbox", "mailboxIds");
            case TOO_MANY_KEYWORDS -> new SetError(Type.TOO_MANY_KEYWORDS);
            case TOO_MANY_COPIES -> new SetError(Type.TOO_MANY_MAILBOXES);
            case OVER_QUOTA -> new SetError(Type.OVER_QUOTA);
            case MESSAGE_TOO_LARGE -> new SetError(Type.TOO_LARGE);
            default -> throw refused;
        };
    }

    // RFC 8621 §4.8
    ObjectNode imported(Call.Import imports) throws Refusal, Refused {
        if (imports.ifInState() != null) visit.demandState(imports.ifInState(), Kind.EMAIL);
        String before = visit.state(Kind.EMAIL);
        var created = Json.object();
        var notCreated = Json.object();
        for (var each : imports.emails().entrySet())
            try {
                var json = imported(each.getValue());
                created.set(each.getKey(), json);
                visit.created().put(each.getKey(), json.get("id").stringValue());
            } catch (SetError why) {
                notCreated.set(each.getKey(), why.json());
            }
        var response =
                visit.response().put("oldState", before).put("newState", visit.state(Kind.EMAIL));
        if (created.isEmpty()) response.putNull("created");
        else response.set("created", created);
        if (notCreated.isEmpty()) response.putNull("notCreated");
        else response.set("notCreated", notCreated);
        return response;
    }

    private ObjectNode imported(ObjectNode email) throws SetError, Refused {
        var blob = email.get("blobId");
        if (blob == null || !blob.isString()) throw SetError.properties("It is missing", "blobId");
        var mailboxes = mailboxes(email.get("mailboxIds"));
        var flags = flags(email.get("keywords"));
        var received = received(email.get("receivedAt"));
        var found = BlobIds.find(visit, visit.id(blob.stringValue()));
        if (found.isEmpty()) throw SetError.properties("There is no such blob", "blobId");
        try (var draft = visit.house().store().draft();
                var in = found.get().source().open()) {
            var out = new LineEnds(draft.stream());
            byte[] buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) out.write(buffer, 0, n);
            out.end();
            if (out.bareCr()) throw new SetError(Type.INVALID_EMAIL, "A CR without its LF");
            if (out.nul()) throw new SetError(Type.INVALID_EMAIL, "A NUL");
            var letter = draft.seal();
            if (letter.summary().fields().isEmpty())
                throw new SetError(Type.INVALID_EMAIL, "No header field");
            return kept(letter, mailboxes, flags, received);
        } catch (IOException e) {
            throw new Fault("importing", e);
        }
    }
}
