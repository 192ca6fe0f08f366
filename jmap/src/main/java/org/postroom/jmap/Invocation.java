package org.postroom.jmap;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A method call or a response to one (RFC 8620 §3.2).
///
/// @param id the client's, by which it finds what was answered
public record Invocation(String name, ObjectNode arguments, String id) {

    public static Invocation error(MethodError error, String description, String id) {
        return new Invocation("error", error.arguments(description), id);
    }

    public ArrayNode json() {
        return Json.array().add(name).add(arguments).add(id);
    }
}
