package org.postroom.jmap;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// References to the results of earlier calls (RFC 8620 §3.7): an argument `#ids` says of which response
/// and by which path its value is to be taken.
public final class References {

    /// How many values one reference may gather.
    private static final int MOST = 100_000;

    private References() {}

    /// The arguments with every reference in its value's place.
    ///
    /// @throws Refusal invalidResultReference, or invalidArguments when a name is there both ways
    public static ObjectNode resolve(ObjectNode arguments, List<Invocation> responses)
            throws Refusal {
        if (arguments.propertyNames().stream().noneMatch(name -> name.startsWith("#")))
            return arguments;
        var resolved = Json.object();
        for (var each : arguments.properties()) {
            String name = each.getKey();
            if (!name.startsWith("#")) resolved.set(name, each.getValue());
            else {
                if (arguments.has(name.substring(1)))
                    throw Refusal.arguments(name.substring(1) + " is there twice");
                resolved.set(name.substring(1), result(each.getValue(), responses));
            }
        }
        return resolved;
    }

    private static JsonNode result(JsonNode reference, List<Invocation> responses) throws Refusal {
        String of = text(reference, "resultOf");
        String name = text(reference, "name");
        String path = text(reference, "path");
        for (var response : responses)
            if (response.id().equals(of)) {
                if (!response.name().equals(name)) break; // RFC 8620 §3.7: the first one counts
                var value = at(response.arguments(), path);
                if (value == null) throw invalid("The path leads nowhere");
                return value;
            }
        throw invalid("There is no such response");
    }

    private static String text(JsonNode reference, String name) throws Refusal {
        var text = reference.get(name);
        if (text == null || !text.isString()) throw invalid(name + " is missing");
        return text.stringValue();
    }

    private static Refusal invalid(String why) {
        return new Refusal(MethodError.INVALID_RESULT_REFERENCE, why);
    }

    // RFC 6901 §3: json-pointer = *( "/" reference-token ); RFC 8620 §3.7 adds "*" for every item
    private static @Nullable JsonNode at(JsonNode from, String pointer) throws Refusal {
        if (pointer.isEmpty()) return from;
        if (!pointer.startsWith("/")) throw invalid("The path is no pointer");
        var tokens = pointer.substring(1).split("/", -1);
        List<JsonNode> now = List.of(from);
        boolean many = false;
        for (String token : tokens) {
            var next = new ArrayList<JsonNode>();
            for (var node : now) {
                if (token.equals("*") && node.isArray()) {
                    many = true;
                    for (var item : node) next.add(item);
                } else {
                    var value = step(node, unescaped(token));
                    if (value == null) return null;
                    next.add(value);
                }
                if (next.size() > MOST) throw invalid("The reference is too large");
            }
            now = next;
        }
        return many ? flat(now) : now.getFirst();
    }

    private static @Nullable JsonNode step(JsonNode node, String token) {
        if (!node.isArray()) return node.get(token);
        boolean index = token.matches("0|[1-9][0-9]{0,8}");
        return index ? node.get(Integer.parseInt(token)) : null;
    }

    // RFC 6901 §4: ~1 first, then ~0
    static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    /// RFC 8620 §3.7: what is an array itself is joined on.
    private static ArrayNode flat(List<JsonNode> values) {
        var array = Json.array();
        for (var value : values)
            if (value.isArray()) for (var item : value) array.add(item);
            else array.add(value);
        return array;
    }
}
