package org.postroom.jmap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What is to change in an object (RFC 8620 §5.3): paths with new values, where null takes away what
/// has no other default.
public final class Patch {

    private Patch() {}

    /// A copy of the object with the patch applied.
    ///
    /// @throws SetError invalidPatch
    public static ObjectNode apply(ObjectNode object, ObjectNode patch) throws SetError {
        var paths = new HashSet<String>();
        for (var path : patch.propertyNames()) paths.add(path);
        var result = object.deepCopy();
        for (var each : patch.properties()) {
            String path = each.getKey();
            for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
                if (paths.contains(path.substring(0, at)))
                    throw invalid("One path is the beginning of another");
            set(result, tokens(path), each.getValue());
        }
        return result;
    }

    /// The steps of a path: a pointer without the first slash.
    public static List<String> tokens(String path) {
        var tokens = new ArrayList<String>();
        for (var token : path.split("/", -1)) tokens.add(References.unescaped(token));
        return tokens;
    }

    private static void set(ObjectNode root, List<String> tokens, JsonNode value) throws SetError {
        var at = root;
        for (var token : tokens.subList(0, tokens.size() - 1)) {
            if (!(at.get(token) instanceof ObjectNode next))
                throw invalid("A path leads through what is not there");
            at = next;
        }
        if (value.isNull()) at.remove(tokens.getLast());
        else at.set(tokens.getLast(), value);
    }

    private static SetError invalid(String why) {
        return new SetError(SetError.Type.INVALID_PATCH, why);
    }
}
