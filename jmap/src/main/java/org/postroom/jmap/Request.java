package org.postroom.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Problem.Kind;
import org.postroom.jmap.Problem.Refused;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A request as it came (RFC 8620 §3.3): its arguments are looked at when their turn comes.
///
/// @param createdIds what the client says that creation ids mean, or null when it does not want to know
public record Request(
        Set<Capability> using, List<Invocation> calls, @Nullable Map<String, String> createdIds) {

    /// @throws Refused notJSON, notRequest, unknownCapability or limit
    public static Request read(byte[] octets, Limits limits) throws Refused {
        if (octets.length > limits.request())
            throw new Refused(
                    new Problem(Kind.LIMIT, "The request is too large", "maxSizeRequest"));
        var json = Json.read(octets);
        if (json.isEmpty()) throw new Refused(Problem.notJson());
        return read(json.get(), limits);
    }

    /// @throws Refused notRequest, unknownCapability or limit
    public static Request read(JsonNode json, Limits limits) throws Refused {
        if (!(json instanceof ObjectNode object)) throw notRequest("A request is an object");
        if (!(object.get("using") instanceof ArrayNode using)) throw notRequest("using is missing");
        if (!(object.get("methodCalls") instanceof ArrayNode calls))
            throw notRequest("methodCalls is missing");
        var all = new ArrayList<Invocation>();
        for (var call : calls) all.add(invocation(call));
        if (all.size() > limits.callsInRequest())
            throw new Refused(
                    new Problem(Kind.LIMIT, "There are too many calls", "maxCallsInRequest"));
        return new Request(using(using), all, createdIds(object.get("createdIds")));
    }

    private static Set<Capability> using(ArrayNode using) throws Refused {
        var all = EnumSet.noneOf(Capability.class);
        for (var each : using) {
            if (!each.isString()) throw notRequest("using holds strings");
            var capability = Capability.of(each.stringValue());
            if (capability.isEmpty())
                throw new Refused(Kind.UNKNOWN_CAPABILITY, "Not known: " + each.stringValue());
            all.add(capability.get());
        }
        return all;
    }

    private static Invocation invocation(JsonNode call) throws Refused {
        if (call instanceof ArrayNode array
                && array.size() == 3
                && array.get(0).isString()
                && array.get(1) instanceof ObjectNode arguments
                && array.get(2).isString())
            return new Invocation(
                    array.get(0).stringValue(), arguments, array.get(2).stringValue());
        throw notRequest("A method call is a name, an object and an id");
    }

    private static @Nullable Map<String, String> createdIds(@Nullable JsonNode node)
            throws Refused {
        if (node == null || node.isNull()) return null;
        if (!(node instanceof ObjectNode object)) throw notRequest("createdIds is an object");
        var all = new LinkedHashMap<String, String>();
        for (var each : object.properties()) {
            if (!each.getValue().isString()) throw notRequest("createdIds holds ids");
            all.put(each.getKey(), each.getValue().stringValue());
        }
        return all;
    }

    private static Refused notRequest(String detail) {
        return new Refused(Kind.NOT_REQUEST, detail);
    }
}
