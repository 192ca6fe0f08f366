package org.postroom.server.jmap;

import org.postroom.jmap.Call;
import org.postroom.jmap.Invocation;
import org.postroom.jmap.Json;
import org.postroom.jmap.Method;
import org.postroom.jmap.Refusal;
import org.postroom.store.Refused;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// EmailSubmission/set with what is to be done with the emails that it sent (RFC 8621 §7.5).
final class SubmissionSet {

    private final Visit visit;

    SubmissionSet(Visit visit) {
        this.visit = visit;
    }

    /// @return its response, and that of the Email/set that goes with it, if there is one
    List<Invocation> set(Call.Set set, String id) throws Refusal, Refused {
        var submissions = new Submissions(visit);
        var emailOf = new LinkedHashMap<String, String>();
        for (var each : submissions.all().entrySet())
            emailOf.put(
                    submissions.id(each.getKey()), each.getValue().path("emailId").stringValue(""));
        var response = submissions.set(set);
        var all = new ArrayList<Invocation>();
        all.add(new Invocation(Method.EMAIL_SUBMISSION_SET.label(), response, id));
        submissions
                .all()
                .forEach((number, object) ->
                        emailOf.put(
                                submissions.id(number), object.path("emailId").stringValue("")));
        var update = new LinkedHashMap<String, ObjectNode>();
        if (set.extra().get("onSuccessUpdateEmail") instanceof ObjectNode wanted)
            for (var each : wanted.properties())
                if (each.getValue() instanceof ObjectNode patch)
                    succeeded(each.getKey(), response)
                            .map(emailOf::get)
                            .ifPresent(email -> update.put(email, patch));
        var destroy = new ArrayList<String>();
        for (var each : set.extra().path("onSuccessDestroyEmail"))
            succeeded(each.stringValue(), response).map(emailOf::get).ifPresent(destroy::add);
        if (update.isEmpty() && destroy.isEmpty()) return all;
        var emails =
                new Call.Set(
                        Method.EMAIL_SET,
                        set.account(),
                        null,
                        new LinkedHashMap<>(),
                        update,
                        destroy,
                        Json.object());
        all.add(new Invocation(Method.EMAIL_SET.label(), new EmailSet(visit).set(emails), id));
        return all;
    }

    /// The submission that a reference means, if it was created, updated or destroyed just now.
    private Optional<String> succeeded(String reference, ObjectNode response) {
        if (reference.startsWith("#"))
            return Optional.ofNullable(response.get("created"))
                    .map(created -> created.get(reference.substring(1)))
                    .map(json -> json.get("id").stringValue());
        boolean updated = response.path("updated").has(reference);
        boolean destroyed = false;
        for (var each : response.path("destroyed"))
            destroyed |= each.stringValue("").equals(reference);
        return updated || destroyed ? Optional.of(reference) : Optional.empty();
    }
}
