package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Order;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.mime.Address;
import org.postroom.server.Outbox.NotSent;
import org.postroom.smtp.Command;
import org.postroom.smtp.Grammar;
import org.postroom.smtp.MailParameters.Hold;
import org.postroom.store.EmailId;
import org.postroom.store.Kind;
import org.postroom.store.Message;
import org.postroom.store.Placed;
import org.postroom.store.Refused;
import org.postroom.wire.Line;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// EmailSubmission/get, /changes, /query and /set (RFC 8621 §7). A submission is handed to the queue at
/// once; one that is to be sent later (FUTURERELEASE, RFC 4865) waits there and can be taken back until
/// then.
final class Submissions extends Records implements RecordQuery.Terms {

    static final Duration LONGEST_HOLD = Duration.ofDays(30);
    private static final int MOST_RECIPIENTS = 1_000;

    Submissions(Visit visit) {
        super(
                visit,
                Kind.SUBMISSION,
                'S',
                names(
                        "id",
                        "identityId",
                        "emailId",
                        "threadId",
                        "envelope",
                        "sendAt",
                        "undoStatus",
                        "deliveryStatus",
                        "dsnBlobIds",
                        "mdnBlobIds"));
    }

    @Override
    ObjectNode checked(@Nullable ObjectNode before, ObjectNode after) throws SetError, Refused {
        return before == null ? sent(after) : undone(before, after);
    }

    // RFC 8621 §7.5: all that can change is that a pending one is taken back
    private ObjectNode undone(ObjectNode before, ObjectNode after) throws SetError {
        var now = told(before);
        for (var name : after.propertyNames())
            if (!name.equals("undoStatus") && !after.get(name).equals(now.get(name)))
                throw SetError.properties("It can't change", name);
        String wanted = after.path("undoStatus").stringValue("");
        String is = now.get("undoStatus").stringValue();
        if (wanted.equals(is)) return before;
        if (!wanted.equals("canceled"))
            throw SetError.properties("It can be canceled alone", "undoStatus");
        if (!is.equals("pending")) throw new SetError(Type.CANNOT_UNSEND);
        var desk = visit.house().queue().desk();
        boolean any = false;
        for (var entry : desk.of(before.path("journey").stringValue("")))
            any |= desk.remove(entry.id());
        if (!any) throw new SetError(Type.CANNOT_UNSEND);
        return before.deepCopy().put("undoStatus", "canceled");
    }

    private ObjectNode sent(ObjectNode wanted) throws SetError, Refused {
        for (var name : wanted.propertyNames())
            if (!Set.of("identityId", "emailId", "envelope").contains(name))
                throw SetError.properties("The server sets it", name);
        var identities = new Identities(visit);
        String identity = visit.id(wanted.path("identityId").stringValue(""));
        var sender = identities.number(identity).map(identities.all()::get).orElse(null);
        if (sender == null) throw SetError.properties("No such identity", "identityId");
        var email =
                EmailId.parse(visit.id(wanted.path("emailId").stringValue("")))
                        .map(id -> visit.account().placed(List.of(id)).getFirst())
                        .orElse(null);
        if (email == null) throw SetError.properties("No such email", "emailId");
        demandOwn(email.message());
        var given = wanted.get("envelope");
        var envelope =
                given instanceof ObjectNode object
                        ? object
                        : envelope(sender.path("email").stringValue(""), email.message());
        var mail = mail(envelope);
        var recipients = recipients(envelope);
        var now = Instant.now();
        var until = until(mail, now);
        String journey = send(email, mail, recipients);
        var json =
                Json.object()
                        .put("identityId", identity)
                        .put("emailId", email.message().id().text())
                        .put("threadId", email.thread().text());
        json.set("envelope", envelope);
        return json.put("sendAt", until.orElse(now).truncatedTo(ChronoUnit.SECONDS).toString())
                .put("undoStatus", until.isPresent() ? "pending" : "final")
                .put("journey", journey);
    }

    /// RFC 8621 §7.5: nobody writes in another's name.
    private void demandOwn(Message message) throws SetError {
        var from = message.envelope().from();
        if (from.isEmpty())
            throw new SetError(Type.INVALID_EMAIL, "Nobody wrote it")
                    .with("properties", List.of("from"));
        for (var address : from)
            if (!Identities.isOwn(visit.house(), visit.who(), address.addrSpec()))
                throw new SetError(Type.FORBIDDEN_FROM);
    }

    // RFC 8621 §7: from the identity to all of To, Cc and Bcc
    private static ObjectNode envelope(String sender, Message message) {
        var envelope = Json.object();
        envelope.putObject("mailFrom").put("email", sender).putNull("parameters");
        var to = envelope.putArray("rcptTo");
        var all = new LinkedHashSet<String>();
        var said = message.envelope();
        for (var list : List.of(said.to(), said.cc(), said.bcc()))
            for (Address address : list)
                if (!address.addrSpec().isEmpty()) all.add(address.addrSpec());
        for (var each : all) to.addObject().put("email", each).putNull("parameters");
        return envelope;
    }

    private Command.Mail mail(ObjectNode envelope) throws SetError {
        var from = envelope.get("mailFrom");
        String email = from == null ? "" : from.path("email").stringValue("");
        if (!Identities.isOwn(visit.house(), visit.who(), email))
            throw new SetError(Type.FORBIDDEN_MAIL_FROM);
        if (command("MAIL FROM:", email, from, "envelope/mailFrom") instanceof Command.Mail mail)
            return mail;
        throw SetError.properties("No sender", "envelope/mailFrom");
    }

    private static List<Command.Rcpt> recipients(ObjectNode envelope) throws SetError {
        var list = envelope.get("rcptTo");
        if (list == null || !list.isArray() || list.isEmpty())
            throw new SetError(Type.NO_RECIPIENTS);
        if (list.size() > MOST_RECIPIENTS)
            throw new SetError(Type.TOO_MANY_RECIPIENTS)
                    .with("maxRecipients", String.valueOf(MOST_RECIPIENTS));
        var all = new ArrayList<Command.Rcpt>();
        var invalid = new ArrayList<String>();
        for (var each : list) {
            String email = each.path("email").stringValue("");
            try {
                if (command("RCPT TO:", email, each, "envelope/rcptTo")
                        instanceof Command.Rcpt rcpt) all.add(rcpt);
            } catch (SetError notAnAddress) {
                invalid.add(email);
            }
        }
        if (!invalid.isEmpty())
            throw new SetError(Type.INVALID_RECIPIENTS).with("invalidRecipients", invalid);
        return all;
    }

    /// What SMTP would say is read by SMTP's grammar: there is no second one of addresses and parameters.
    private static Command command(
            String verb, String email, @Nullable JsonNode with, String property) throws SetError {
        var text = new StringBuilder(verb).append('<').append(email).append('>');
        if (with != null && with.get("parameters") instanceof ObjectNode parameters)
            for (var each : parameters.properties()) {
                String value = each.getValue().stringValue("");
                if (!isWord(each.getKey()) || !(value.isEmpty() || isWord(value)))
                    throw SetError.properties("No parameter " + each.getKey(), property);
                text.append(' ').append(each.getKey());
                if (!value.isEmpty()) text.append('=').append(value);
            }
        if (email.chars().anyMatch(c -> c > 127) && verb.startsWith("MAIL"))
            text.append(" SMTPUTF8");
        if (email.chars().anyMatch(c -> c < ' ' || c == 127))
            throw SetError.properties("No address", property);
        try {
            return Grammar.command(Line.of(text.toString()));
        } catch (org.postroom.smtp.Refusal refused) {
            throw SetError.properties(refused.reply().toString(), property);
        }
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static Optional<Instant> until(Command.Mail mail, Instant now) throws SetError {
        var hold = mail.parameters().hold();
        if (hold.isEmpty()) return Optional.empty();
        var until =
                switch (hold.get()) {
                    case Hold.For(long seconds) -> now.plusSeconds(seconds);
                    case Hold.Until(var when) -> when;
                };
        if (until.isAfter(now.plus(LONGEST_HOLD)))
            throw SetError.properties("Too far away", "envelope/mailFrom/parameters");
        return until.isAfter(now) ? Optional.of(until) : Optional.empty();
    }

    private String send(Placed email, Command.Mail mail, List<Command.Rcpt> to) throws SetError {
        var message = email.message();
        int trace = message.prefixLength();
        try {
            return visit.outbox()
                    .send(visit.who(), mail, to, () -> message.read(trace, message.size() - trace))
                    .id();
        } catch (NotSent notSent) {
            var invalid =
                    notSent.recipients().keySet().stream()
                            .map(rcpt -> rcpt.to().toString())
                            .sorted()
                            .toList();
            throw new SetError(Type.INVALID_RECIPIENTS).with("invalidRecipients", invalid);
        } catch (org.postroom.smtp.Refusal refused) {
            throw new SetError(Type.FORBIDDEN_TO_SEND, refused.reply().toString());
        }
    }

    @Override
    ObjectNode told(ObjectNode stored) {
        var json = stored.deepCopy();
        json.remove("journey");
        if (json.get("undoStatus").stringValue().equals("pending") && isDue(json))
            json.put("undoStatus", "final");
        json.set("deliveryStatus", delivery(stored));
        json.set("dsnBlobIds", Json.array());
        json.set("mdnBlobIds", Json.array());
        return json;
    }

    private static boolean isDue(ObjectNode json) {
        return !Instant.parse(json.get("sendAt").stringValue()).isAfter(Instant.now());
    }

    /// What waits in the queue is queued; what became of the others, notices tell.
    private JsonNode delivery(ObjectNode stored) {
        var waiting = new LinkedHashSet<String>();
        for (var entry : visit.house().queue().desk().of(stored.path("journey").stringValue("")))
            for (var recipient : entry.recipients())
                waiting.add(recipient.to().toLowerCase(Locale.ROOT));
        var json = Json.object();
        for (var each : stored.path("envelope").path("rcptTo")) {
            String email = each.path("email").stringValue("");
            boolean waits =
                    waiting.stream().anyMatch(to -> to.contains(email.toLowerCase(Locale.ROOT)));
            json.putObject(email)
                    .put("smtpReply", "250 2.0.0 Accepted")
                    .put("delivered", waits ? "queued" : "unknown")
                    .put("displayed", "unknown");
        }
        return json;
    }

    ObjectNode query(Call.Query query) throws Refusal {
        return new RecordQuery(visit, this, this).query(query);
    }

    ObjectNode queryChanges(Call.QueryChanges changes) throws Refusal, Refused {
        return new RecordQuery(visit, this, this).changes(changes);
    }

    // RFC 8621 §7.3
    @Override
    public boolean holds(String member, JsonNode value, long id, ObjectNode stored) throws Refusal {
        return switch (member) {
            case "identityIds" -> isAmong(value, stored.path("identityId"));
            case "emailIds" -> isAmong(value, stored.path("emailId"));
            case "threadIds" -> isAmong(value, stored.path("threadId"));
            case "undoStatus" -> value.equals(told(stored).get("undoStatus"));
            case "before" ->
                    stored.path("sendAt").stringValue("").compareTo(value.stringValue("")) < 0;
            case "after" ->
                    stored.path("sendAt").stringValue("").compareTo(value.stringValue("")) >= 0;
            default -> throw RecordQuery.unsupportedFilter(member);
        };
    }

    private static boolean isAmong(JsonNode ids, JsonNode id) {
        for (var each : ids) if (each.equals(id)) return true;
        return false;
    }

    @Override
    public Comparator<ObjectNode> order(Order order) throws Refusal {
        return switch (order.property()) {
            case "emailId", "threadId" -> RecordQuery.byText(order.property());
            case "sentAt", "sendAt" -> RecordQuery.byText("sendAt");
            default -> throw RecordQuery.unsupportedSort(order.property());
        };
    }
}
