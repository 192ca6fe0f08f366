package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Refusal;
import org.postroom.server.jmap.BlobIds.Legible;
import org.postroom.store.EmailId;
import org.postroom.store.Flags;
import org.postroom.store.History;
import org.postroom.store.Kind;
import org.postroom.store.Placed;
import org.postroom.store.Refused;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Email/get, Email/changes and Email/parse (RFC 8621 §4.2, §4.3, §4.9).
final class Emails {

    /// Emails that are looked up at once.
    private static final int PORTION = 100;

    private final Visit visit;

    Emails(Visit visit) {
        this.visit = visit;
    }

    ObjectNode get(Call.Get get) throws Refusal, Refused {
        var form = new EmailJson(get.properties(), get.bodies(), EmailJson.METADATA);
        String state = visit.state(Kind.EMAIL); // before what is read: an older state is a true one
        var given = new ArrayList<String>();
        var ids = get.ids();
        if (ids == null) {
            var catalog = visit.account().catalog();
            visit.demandFewToGet(catalog.size());
            for (int i = 0; i < catalog.size(); i++) given.add(catalog.email(i).text());
        } else {
            visit.demandFewToGet(ids.size());
            given.addAll(new LinkedHashSet<>(ids));
        }
        var list = new ArrayList<ObjectNode>();
        var notFound = new ArrayList<String>();
        for (int at = 0; at < given.size(); at += PORTION)
            get(given.subList(at, Math.min(given.size(), at + PORTION)), form, list, notFound);
        return visit.got(state, list, notFound);
    }

    private void get(
            List<String> ids, EmailJson form, List<ObjectNode> list, List<String> notFound) {
        var emails = new ArrayList<EmailId>();
        for (var id : ids)
            EmailId.parse(visit.id(id)).ifPresentOrElse(emails::add, () -> notFound.add(id));
        var placed = visit.account().placed(emails);
        for (int at = 0; at < placed.size(); ) {
            int from = at;
            at =
                    visit.share()
                            .run(turn -> {
                                int next = from;
                                do {
                                    var email = placed.get(next);
                                    if (email == null) notFound.add(emails.get(next).text());
                                    else list.add(json(email, form));
                                    next++;
                                } while (next < placed.size() && !turn.isOver());
                                return next;
                            });
        }
    }

    // RFC 8621 §4.1.1
    private ObjectNode json(Placed email, EmailJson form) {
        var message = email.message();
        var json = Json.object().put("id", message.id().text());
        String blob = BlobIds.of(message.id());
        if (form.wants("blobId")) json.put("blobId", blob);
        if (form.wants("threadId")) json.put("threadId", email.thread().text());
        if (form.wants("mailboxIds")) {
            var mailboxes = json.putObject("mailboxIds");
            for (var mailbox : email.mailboxes()) mailboxes.put(mailbox.text(), true);
        }
        if (form.wants("keywords"))
            json.set("keywords", keywords(visit.account().keywords().flags(email.flags())));
        if (form.wants("size")) json.put("size", message.size());
        if (form.wants("receivedAt")) json.put("receivedAt", date(email.received()));
        form.write(new Legible(blob, message.summary(), message::read), json);
        return json;
    }

    /// RFC 8620 §1.4: UTCDate
    static String date(long millis) {
        return Instant.ofEpochSecond(Math.floorDiv(millis, 1000)).toString();
    }

    // RFC 8621 §4.1.1: $seen, $answered, $flagged, $draft are IMAP's system flags; in lower case
    static ObjectNode keywords(Flags flags) {
        var json = Json.object();
        for (var flag : flags.system())
            switch (flag) {
                case SEEN -> json.put("$seen", true);
                case ANSWERED -> json.put("$answered", true);
                case FLAGGED -> json.put("$flagged", true);
                case DRAFT -> json.put("$draft", true);
                case DELETED -> {}
            }
        for (var keyword : flags.keywords()) json.put(keyword.toLowerCase(Locale.ROOT), true);
        return json;
    }

    ObjectNode changes(Call.Changes changes) throws Refusal, Refused {
        return new Told<>(visit, Kind.EMAIL, History::emails, EmailId::value, EmailId::text)
                .since(changes)
                .response();
    }

    ObjectNode parse(Call.Parse parse) throws Refusal {
        @Nullable List<String> wanted = parse.properties();
        // RFC 8621 §4.9: metadata is null, and its properties are not among the default ones
        var form =
                new EmailJson(
                        wanted == null
                                ? List.of(
                                        "messageId",
                                        "inReplyTo",
                                        "references",
                                        "sender",
                                        "from",
                                        "to",
                                        "cc",
                                        "bcc",
                                        "replyTo",
                                        "subject",
                                        "sentAt",
                                        "hasAttachment",
                                        "preview",
                                        "bodyValues",
                                        "textBody",
                                        "htmlBody",
                                        "attachments")
                                : wanted,
                        parse.bodies(),
                        EmailJson.METADATA);
        var parsed = Json.object();
        var notParsable = new ArrayList<String>();
        var notFound = new ArrayList<String>();
        for (var id : new LinkedHashSet<>(parse.blobs())) {
            var found = BlobIds.find(visit, visit.id(id));
            if (found.isEmpty()) {
                notFound.add(id);
                continue;
            }
            var json = visit.share().run(_ -> parsed(found.get(), form));
            if (json.isEmpty()) notParsable.add(id);
            else parsed.set(id, json.get());
        }
        var response = visit.response();
        if (parsed.isEmpty()) response.putNull("parsed");
        else response.set("parsed", parsed);
        if (notParsable.isEmpty()) response.putNull("notParsable");
        else response.set("notParsable", Json.array(notParsable));
        if (notFound.isEmpty()) response.putNull("notFound");
        else response.set("notFound", Json.array(notFound));
        return response;
    }

    /// Nothing of what has no header field: that is no message.
    private Optional<ObjectNode> parsed(BlobIds.Found blob, EmailJson form) {
        var message = BlobIds.legible(visit.account(), blob);
        if (message.summary().fields().isEmpty()) return Optional.empty();
        var json = Json.object();
        for (var name : EmailJson.METADATA) if (form.wants(name)) json.putNull(name);
        if (form.wants("blobId")) json.put("blobId", message.blob());
        form.write(message, json);
        return Optional.of(json);
    }
}
