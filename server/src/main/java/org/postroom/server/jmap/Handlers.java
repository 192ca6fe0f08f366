package org.postroom.server.jmap;

import org.postroom.jmap.Call;
import org.postroom.jmap.Invocation;
import org.postroom.jmap.Json;
import org.postroom.jmap.Method;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Refusal;
import org.postroom.store.Refused;
import org.postroom.wire.Fault;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Who does what: a row and a record, and the handler of both.
final class Handlers {

    private final Visit visit;

    Handlers(Visit visit) {
        this.visit = visit;
    }

    List<Invocation> handle(Method method, Call call, String id) throws Refusal, Refused {
        return switch (call) {
            case Call.Set set when method == Method.EMAIL_SUBMISSION_SET -> {
                visit.demand(set.account());
                visit.demandFewToSet(
                        set.create().size() + set.update().size() + set.destroy().size());
                yield new SubmissionSet(visit).set(set, id);
            }
            case Call.Echo _,
                    Call.Get _,
                    Call.Changes _,
                    Call.Set _,
                    Call.Copy _,
                    Call.Query _,
                    Call.QueryChanges _,
                    Call.BlobCopy _,
                    Call.Import _,
                    Call.Parse _,
                    Call.Snippets _,
                    Call.BlobUpload _,
                    Call.BlobGet _,
                    Call.BlobLookup _ ->
                    List.of(new Invocation(method.label(), one(call), id));
        };
    }

    private ObjectNode one(Call call) throws Refusal, Refused {
        return switch (call) {
            case Call.Echo(var arguments) -> arguments;
            case Call.Get get -> {
                visit.demand(get.account());
                yield get(get);
            }
            case Call.Changes changes -> {
                visit.demand(changes.account());
                yield changes(changes);
            }
            case Call.Set set -> {
                visit.demand(set.account());
                visit.demandFewToSet(
                        set.create().size() + set.update().size() + set.destroy().size());
                yield set(set);
            }
            case Call.Query query -> {
                visit.demand(query.account());
                yield query(query);
            }
            case Call.QueryChanges changes -> {
                visit.demand(changes.account());
                yield queryChanges(changes);
            }
            case Call.Copy copy -> copy(copy);
            case Call.BlobCopy copy -> blobCopy(copy);
            case Call.Import imports -> {
                visit.demand(imports.account());
                visit.demandFewToSet(imports.emails().size());
                yield new EmailSet(visit).imported(imports);
            }
            case Call.Parse parse -> {
                visit.demand(parse.account());
                visit.demandFewToGet(parse.blobs().size());
                yield new Emails(visit).parse(parse);
            }
            case Call.Snippets snippets -> {
                visit.demand(snippets.account());
                visit.demandFewToGet(snippets.emails().size());
                yield new Snippets(visit).get(snippets);
            }
            case Call.BlobUpload upload -> {
                visit.demand(upload.account());
                visit.demandFewToSet(upload.create().size());
                yield new BlobMethods(visit).upload(upload);
            }
            case Call.BlobGet get -> {
                visit.demand(get.account());
                visit.demandFewToGet(get.ids().size());
                yield new BlobMethods(visit).get(get);
            }
            case Call.BlobLookup lookup -> {
                visit.demand(lookup.account());
                visit.demandFewToGet(lookup.ids().size());
                yield new BlobMethods(visit).lookup(lookup);
            }
        };
    }

    private ObjectNode get(Call.Get get) throws Refusal, Refused {
        return switch (get.method().type) {
            case MAILBOX -> new Mailboxes(visit).get(get);
            case THREAD -> new Threads(visit).get(get);
            case EMAIL -> new Emails(visit).get(get);
            case IDENTITY -> new Identities(visit).get(get);
            case EMAIL_SUBMISSION -> new Submissions(visit).get(get);
            case VACATION_RESPONSE -> new Vacations(visit).get(get);
            case QUOTA -> new Quotas(visit).get(get);
            case ADDRESS_BOOK -> new AddressBooks(visit).get(get);
            case CONTACT_CARD -> new Cards(visit).get(get);
            case CORE, BLOB, SEARCH_SNIPPET -> throw none(get.method());
        };
    }

    private ObjectNode changes(Call.Changes changes) throws Refusal, Refused {
        return switch (changes.method().type) {
            case MAILBOX -> new Mailboxes(visit).changes(changes);
            case THREAD -> new Threads(visit).changes(changes);
            case EMAIL -> new Emails(visit).changes(changes);
            case IDENTITY -> new Identities(visit).changes(changes);
            case EMAIL_SUBMISSION -> new Submissions(visit).changes(changes);
            case QUOTA -> new Quotas(visit).changes(changes);
            case ADDRESS_BOOK -> new AddressBooks(visit).changes(changes);
            case CONTACT_CARD -> new Cards(visit).changes(changes);
            case CORE, BLOB, SEARCH_SNIPPET, VACATION_RESPONSE -> throw none(changes.method());
        };
    }

    private ObjectNode set(Call.Set set) throws Refusal, Refused {
        return switch (set.method().type) {
            case MAILBOX -> new MailboxSet(visit).set(set);
            case EMAIL -> new EmailSet(visit).set(set);
            case IDENTITY -> new Identities(visit).set(set);
            case VACATION_RESPONSE -> new Vacations(visit).set(set);
            case ADDRESS_BOOK -> new AddressBooks(visit).set(set);
            case CONTACT_CARD -> new Cards(visit).set(set);
            case CORE, BLOB, SEARCH_SNIPPET, THREAD, EMAIL_SUBMISSION, QUOTA ->
                    throw none(set.method());
        };
    }

    private ObjectNode query(Call.Query query) throws Refusal, Refused {
        return switch (query.method().type) {
            case MAILBOX -> new MailboxQuery(visit).query(query);
            case EMAIL -> new EmailQuery(visit).query(query);
            case EMAIL_SUBMISSION -> new Submissions(visit).query(query);
            case QUOTA -> new Quotas(visit).query(query);
            case CONTACT_CARD -> new Cards(visit).query(query);
            case CORE, BLOB, THREAD, SEARCH_SNIPPET, IDENTITY, VACATION_RESPONSE, ADDRESS_BOOK ->
                    throw none(query.method());
        };
    }

    private ObjectNode queryChanges(Call.QueryChanges changes) throws Refusal, Refused {
        return switch (changes.method().type) {
            case MAILBOX -> new MailboxQuery(visit).changes(changes);
            case EMAIL -> new EmailQuery(visit).changes(changes);
            case EMAIL_SUBMISSION -> new Submissions(visit).queryChanges(changes);
            case QUOTA -> throw new Refusal(MethodError.CANNOT_CALCULATE_CHANGES);
            case CONTACT_CARD -> new Cards(visit).queryChanges(changes);
            case CORE, BLOB, THREAD, SEARCH_SNIPPET, IDENTITY, VACATION_RESPONSE, ADDRESS_BOOK ->
                    throw none(changes.method());
        };
    }

    private static Fault none(Method method) {
        return new Fault("no handler of " + method);
    }

    // RFC 8620 §5.4: from another account, and a client has but one
    private ObjectNode copy(Call.Copy copy) throws Refusal {
        visit.demand(copy.account());
        if (copy.from().equals(copy.account()))
            throw Refusal.arguments("An account is not copied to itself");
        throw new Refusal(MethodError.FROM_ACCOUNT_NOT_FOUND);
    }

    // RFC 8620 §6.3
    private ObjectNode blobCopy(Call.BlobCopy copy) throws Refusal {
        visit.demand(copy.account());
        if (!copy.from().equals(copy.account()))
            throw new Refusal(MethodError.FROM_ACCOUNT_NOT_FOUND);
        visit.demandFewToSet(copy.blobs().size());
        var response = visit.response().put("fromAccountId", copy.from());
        var copied = Json.object();
        var not = Json.object();
        for (var blob : copy.blobs())
            if (BlobIds.find(visit, blob).isPresent()) copied.put(blob, blob);
            else not.putObject(blob).put("type", "notFound");
        if (!copied.isEmpty()) response.set("copied", copied);
        if (!not.isEmpty()) response.set("notCopied", not);
        return response;
    }
}
