package org.postroom.server.jmap;

import org.postroom.jmap.Arguments;
import org.postroom.jmap.Invocation;
import org.postroom.jmap.Json;
import org.postroom.jmap.Limits;
import org.postroom.jmap.Method;
import org.postroom.jmap.MethodError;
import org.postroom.jmap.Problem;
import org.postroom.jmap.References;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.Request;
import org.postroom.mime.Source;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.House;
import org.postroom.server.Outbox;
import org.postroom.store.Refused;
import org.postroom.wire.Fault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// JMAP as one who has signed in speaks it: requests in, responses out. Safe to be called by many at
/// once; each request is done in its order on the caller's thread, which ought to be a virtual one.
public final class Jmap {

    private static final System.Logger LOG = System.getLogger(Jmap.class.getName());

    private final House house;
    private final Outbox outbox;
    private final Limits limits;
    private final AtOnce requesting;
    private final AtOnce uploading;

    public Jmap(House house, Outbox outbox, Limits limits) {
        this.house = house;
        this.outbox = outbox;
        this.limits = limits;
        this.requesting = new AtOnce(limits.concurrentRequests(), "maxConcurrentRequests");
        this.uploading = new AtOnce(limits.concurrentUpload(), "maxConcurrentUpload");
    }

    public Limits limits() {
        return limits;
    }

    /// What goes back to a client.
    ///
    /// @param status as HTTP has it
    public record Answer(int status, String type, ObjectNode json) {

        static Answer of(Problem problem) {
            return new Answer(problem.kind().status, "application/problem+json", problem.json());
        }
    }

    /// The session object (RFC 8620 §2).
    ///
    /// @param base the server's address as the client knows it, without a slash at its end
    public ObjectNode session(Admitted who, String base) {
        return Session.of(who, limits, base);
    }

    /// Keeps what a client uploads, for a day (RFC 8620 §6.1).
    ///
    /// @param type what the client calls it
    /// @return nothing when this is not its account
    /// @throws Problem.Refused too large, or too many at once
    /// @throws Refused OVER_QUOTA
    public Optional<ObjectNode> upload(
            Admitted who, String account, String type, InputStream octets)
            throws Problem.Refused, Refused, IOException {
        if (!account.equals(Visit.accountId(who))) return Optional.empty();
        try (var _ = uploading.enter(who.account());
                var draft = house.store().blobs().draft()) {
            byte[] buffer = new byte[64 << 10];
            for (int n = octets.read(buffer); n >= 0; n = octets.read(buffer)) {
                draft.write(buffer, 0, n);
                if (draft.size() > limits.upload())
                    throw new Problem.Refused(Problem.limit("maxSizeUpload"));
            }
            var sealed = draft.seal();
            var id = house.store().account(who.account()).keep(sealed);
            return Optional.of(
                    Json.object()
                            .put("accountId", account)
                            .put("blobId", BlobIds.of(id))
                            .put("type", type)
                            .put("size", sealed.size()));
        }
    }

    /// A blob to be downloaded (RFC 8620 §6.2), or nothing.
    public Optional<Source> download(Admitted who, String account, String blob) throws Refused {
        if (!account.equals(Visit.accountId(who))) return Optional.empty();
        return BlobIds.find(house.store().account(who.account()), blob).map(BlobIds.Found::source);
    }

    /// What changes, as it happens (RFC 8620 §7.3).
    public Events events(Admitted who, Set<String> types, boolean once, Duration ping)
            throws Refused {
        return new Events(house, who, types, once, ping);
    }

    /// Answers a request (RFC 8620 §3).
    public Answer answer(Admitted who, byte[] octets) {
        try (var _ = requesting.enter(who.account())) {
            if (octets.length > limits.request()) Request.read(octets, limits); // says why not
            var share = house.slices().of(who.account());
            var json = share.run(_ -> Json.read(octets));
            if (json.isEmpty()) throw new Problem.Refused(Problem.notJson());
            return new Answer(200, "application/json", answer(who, json.get()));
        } catch (Problem.Refused refused) {
            return Answer.of(refused.problem());
        }
    }

    private ObjectNode answer(Admitted who, JsonNode json) throws Problem.Refused {
        var request = Request.read(json, limits);
        var response = Json.object();
        var all = response.putArray("methodResponses");
        try {
            var visit = Visit.of(house, outbox, who, limits);
            var created = request.createdIds();
            if (created != null) visit.created().putAll(created);
            for (var each : responses(visit, request)) all.add(each.json());
            if (created != null) {
                var ids = response.putObject("createdIds");
                visit.created().forEach(ids::put);
            }
        } catch (Refused gone) {
            for (var call : request.calls())
                all.add(Invocation.error(MethodError.ACCOUNT_NOT_FOUND, "", call.id()).json());
        }
        return response.put("sessionState", Session.state(who));
    }

    // RFC 8620 §3.3: one after the other, in their order
    private static List<Invocation> responses(Visit visit, Request request) {
        var responses = new ArrayList<Invocation>();
        for (var call : request.calls()) responses.addAll(respond(visit, request, call, responses));
        return responses;
    }

    private static List<Invocation> respond(
            Visit visit, Request request, Invocation invocation, List<Invocation> earlier) {
        try {
            var method =
                    Method.named(invocation.name())
                            .filter(it -> request.using().contains(it.capability))
                            .orElseThrow(() -> new Refusal(MethodError.UNKNOWN_METHOD));
            var arguments = References.resolve(invocation.arguments(), earlier);
            var call = Arguments.read(method, arguments);
            return new Handlers(visit).handle(method, call, invocation.id());
        } catch (Refusal refusal) {
            return List.of(
                    Invocation.error(refusal.error(), refusal.description(), invocation.id()));
        } catch (Refused refused) {
            return List.of(error(refused, invocation.id()));
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.ERROR, invocation.name(), fault);
            return List.of(Invocation.error(MethodError.SERVER_FAIL, "", invocation.id()));
        }
    }

    private static Invocation error(Refused refused, String id) {
        return switch (refused.reason()) {
            case NO_SUCH_ACCOUNT -> Invocation.error(MethodError.ACCOUNT_NOT_FOUND, "", id);
            case TOO_BUSY -> Invocation.error(MethodError.SERVER_UNAVAILABLE, "", id);
            default -> Invocation.error(MethodError.SERVER_FAIL, "", id);
        };
    }
}
