package org.postroom.server.reception;

import org.postroom.http.Disposition;
import org.postroom.http.MediaTypes;
import org.postroom.http.Method;
import org.postroom.http.Status;
import org.postroom.jmap.Json;
import org.postroom.jmap.Limits;
import org.postroom.jmap.Problem;
import org.postroom.mime.MediaType;
import org.postroom.server.Admission.Admitted;
import org.postroom.server.House;
import org.postroom.server.http.Answer;
import org.postroom.server.http.Area;
import org.postroom.server.http.Exchange;
import org.postroom.server.http.Refusal;
import org.postroom.server.http.SignIn;
import org.postroom.server.jmap.Jmap;
import org.postroom.server.smtp.Submitter;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.store.Use;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// JMAP by HTTP (RFC 8620 §2.2, §3.1, §6, §7.3): `/.well-known/jmap`, and below `/jmap/` session, api, upload,
/// download and events. Who is here by a cookie bears the session's token wherever something may change.
final class JmapArea implements Area {

    // DECISIONS, Origins: what somebody sent is a stranger's
    private static final String STRANGE = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    private final SignIn signIn;
    private final Jmap jmap;

    private JmapArea(House house) {
        this.signIn = new SignIn(house);
        this.jmap = new Jmap(house, new Submitter(house), Limits.STANDARD);
    }

    /// By the first names of their paths.
    static Map<String, Area> of(House house) {
        var area = new JmapArea(house);
        return Map.of("jmap", area, ".well-known/jmap", area);
    }

    @Override
    public Answer answer(Exchange asked) throws Refusal, Refused, IOException {
        var names = asked.names();
        if (names.equals(List.of(".well-known", "jmap"))
                || names.equals(List.of("jmap", "session"))) return session(asked);
        if (!names.getFirst().equals("jmap") || names.size() < 2) throw none();
        return switch (names.get(1)) {
            case "api" -> api(asked);
            case "upload" -> upload(asked);
            case "download" -> download(asked);
            case "events" -> events(asked);
            default -> throw none();
        };
    }

    private static Refusal none() {
        return new Refusal(Status.NOT_FOUND, "not-found");
    }

    private static void demand(Exchange asked, Method... methods) throws Refusal {
        for (var method : methods) if (asked.method() == method) return;
        throw new Refusal(Status.METHOD_NOT_ALLOWED, "method-not-allowed");
    }

    private Admitted who(Exchange asked, boolean changes) throws Refusal, Refused {
        var signed = signIn.signed(asked, Use.LETTERS);
        if (changes) SignIn.demandToken(signed, asked);
        return new Admitted(signed.account(), Addressee.of(signed.name()));
    }

    private static Answer json(Status status, String type, ObjectNode json) {
        return Answer.of(status, new Answer.Body.Octets(type, Json.octets(json)));
    }

    private static Answer json(Status status, ObjectNode json) {
        return json(status, "application/json", json);
    }

    private static Answer problem(Problem problem) {
        return json(Status.BAD_REQUEST, "application/problem+json", problem.json());
    }

    // RFC 8620 §2.2
    private Answer session(Exchange asked) throws Refusal, Refused {
        demand(asked, Method.GET, Method.HEAD);
        return json(Status.OK, jmap.session(who(asked, false), asked.origin()));
    }

    // RFC 8620 §3.1
    private Answer api(Exchange asked) throws Refusal, Refused, IOException {
        demand(asked, Method.POST);
        var who = who(asked, true);
        String type = asked.field("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json"))
            return problem(Problem.notJson()); // RFC 8620 §3.6.1
        byte[] octets = asked.body().readNBytes(jmap.limits().request() + 1);
        var answer = jmap.answer(who, octets);
        return json(
                answer.status() == 200 ? Status.OK : Status.BAD_REQUEST,
                answer.type(),
                answer.json());
    }

    // RFC 8620 §6.1
    private Answer upload(Exchange asked) throws Refusal, Refused, IOException {
        demand(asked, Method.POST);
        var who = who(asked, true);
        if (asked.names().size() != 3) throw none();
        String type = asked.field("Content-Type").orElse(MediaTypes.UNKNOWN);
        try {
            return jmap.upload(who, asked.names().get(2), type, asked.body())
                    .map(json -> json(Status.CREATED, json))
                    .orElseThrow(JmapArea::none);
        } catch (Problem.Refused refused) {
            return problem(refused.problem());
        }
    }

    // RFC 8620 §6.2
    private Answer download(Exchange asked) throws Refusal, Refused {
        demand(asked, Method.GET, Method.HEAD);
        var who = who(asked, false);
        var names = asked.names();
        if (names.size() != 5) throw none();
        var source = jmap.download(who, names.get(2), names.get(3)).orElseThrow(JmapArea::none);
        String type =
                asked.query("type")
                        .flatMap(MediaType::parse)
                        .map(it -> it.type() + "/" + it.subtype())
                        .orElse(MediaTypes.UNKNOWN);
        boolean shown = MediaTypes.isShown(type);
        String said = type.startsWith("text/") ? type + "; charset=utf-8" : type;
        return Answer.of(Status.OK, new Answer.Body.Flow(said, -1, source::writeTo))
                .with("Content-Security-Policy", STRANGE)
                .with("Cache-Control", "private, immutable, max-age=31536000")
                .with(
                        "Content-Disposition",
                        shown
                                ? Disposition.inline(names.get(4))
                                : Disposition.attachment(names.get(4)));
    }

    // RFC 8620 §7.3
    private Answer events(Exchange asked) throws Refusal, Refused {
        demand(asked, Method.GET);
        var who = who(asked, false);
        var types = Set.of(asked.query("types").orElse("*").split(","));
        boolean once = asked.query("closeafter").filter("state"::equals).isPresent();
        var events = jmap.events(who, types, once, ping(asked.query("ping")));
        var last = asked.field("Last-Event-ID");
        return Answer.of(
                Status.OK,
                new Answer.Body.Flow("text/event-stream", -1, out -> events.write(out, last)));
    }

    private static Duration ping(Optional<String> seconds) throws Refusal {
        if (seconds.isEmpty()) return Duration.ZERO;
        if (!seconds.get().matches("[0-9]{1,6}")) throw new Refusal(Status.BAD_REQUEST, "bad-path");
        return Duration.ofSeconds(Long.parseLong(seconds.get()));
    }
}
