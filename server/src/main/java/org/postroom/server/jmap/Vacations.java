package org.postroom.server.jmap;

import org.postroom.jmap.Call;
import org.postroom.jmap.Json;
import org.postroom.jmap.Patch;
import org.postroom.jmap.Refusal;
import org.postroom.jmap.SetError;
import org.postroom.jmap.SetError.Type;
import org.postroom.store.Kind;
import org.postroom.store.Refused;
import org.postroom.store.Vacation;

import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// VacationResponse/get and /set (RFC 8621 §8). Who answers is the queue, at delivery.
final class Vacations {

    private static final String ID = "singleton";
    private static final int LONGEST = 64 << 10;

    private static final Set<String> PROPERTIES =
            new LinkedHashSet<>(
                    List.of(
                            "id",
                            "isEnabled",
                            "fromDate",
                            "toDate",
                            "subject",
                            "textBody",
                            "htmlBody"));

    private final Visit visit;

    Vacations(Visit visit) {
        this.visit = visit;
    }

    ObjectNode get(Call.Get get) throws Refusal {
        var properties = Properties.of(get.properties(), PROPERTIES);
        String state = visit.state(Kind.VACATION);
        var list = new ArrayList<ObjectNode>();
        var notFound = new ArrayList<String>();
        for (var id : new LinkedHashSet<>(get.ids() == null ? List.of(ID) : get.ids()))
            if (id.equals(ID)) list.add(Properties.only(json(), properties));
            else notFound.add(id);
        return visit.got(state, list, notFound);
    }

    private ObjectNode json() {
        var vacation = visit.account().vacation();
        return Json.object()
                .put("id", ID)
                .put("isEnabled", vacation.enabled())
                .put("fromDate", vacation.from().map(Instant::toString).orElse(null))
                .put("toDate", vacation.to().map(Instant::toString).orElse(null))
                .put("subject", vacation.subject().orElse(null))
                .put("textBody", vacation.text().orElse(null))
                .put("htmlBody", vacation.html().orElse(null));
    }

    // RFC 8621 §8.2
    ObjectNode set(Call.Set set) throws Refusal, Refused {
        if (set.ifInState() != null) visit.demandState(set.ifInState(), Kind.VACATION);
        String before = visit.state(Kind.VACATION);
        var result = new SetResult();
        for (var creation : set.create().keySet())
            result.notCreated(creation, new SetError(Type.SINGLETON));
        for (var id : set.destroy()) result.notDestroyed(id, new SetError(Type.SINGLETON));
        for (var each : set.update().entrySet())
            try {
                if (!each.getKey().equals(ID)) throw new SetError(Type.NOT_FOUND);
                visit.account().vacation(read(Patch.apply(json(), each.getValue())));
                result.updated(ID, null);
            } catch (SetError why) {
                result.notUpdated(each.getKey(), why);
            }
        return result.response(visit, before, visit.state(Kind.VACATION));
    }

    private static Vacation read(ObjectNode json) throws SetError {
        for (var name : json.propertyNames())
            if (!PROPERTIES.contains(name)) throw SetError.properties("There is none", name);
        if (!json.path("id").stringValue("").equals(ID))
            throw SetError.properties("It can't change", "id");
        var enabled = json.get("isEnabled");
        if (enabled == null || !enabled.isBoolean())
            throw SetError.properties("true or false", "isEnabled");
        return new Vacation(
                enabled.booleanValue(),
                date(json, "fromDate"),
                date(json, "toDate"),
                text(json, "subject"),
                text(json, "textBody"),
                text(json, "htmlBody"));
    }

    private static Optional<Instant> date(ObjectNode json, String name) throws SetError {
        var text = text(json, name);
        try {
            return text.map(it -> OffsetDateTime.parse(it).toInstant());
        } catch (DateTimeException none) {
            throw SetError.properties("A date or null", name);
        }
    }

    private static Optional<String> text(ObjectNode json, String name) throws SetError {
        var value = json.get(name);
        if (value == null || value.isNull()) return Optional.empty();
        if (!value.isString() || value.stringValue().length() > LONGEST)
            throw SetError.properties("A text or null", name);
        return Optional.of(value.stringValue());
    }
}
