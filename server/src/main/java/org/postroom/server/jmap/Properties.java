package org.postroom.server.jmap;

import org.jspecify.annotations.Nullable;
import org.postroom.jmap.Refusal;

import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which properties of objects a client wants to see (RFC 8620 §5.1).
final class Properties {

    private Properties() {}

    /// @throws Refusal invalidArguments, of one that the type does not have
    static Set<String> of(@Nullable List<String> wanted, Set<String> all) throws Refusal {
        if (wanted == null) return all;
        var chosen = new LinkedHashSet<String>();
        chosen.add("id");
        for (var property : wanted) {
            if (!all.contains(property)) throw Refusal.arguments("No property " + property);
            chosen.add(property);
        }
        return chosen;
    }

    static ObjectNode only(ObjectNode object, Set<String> chosen) {
        return object.retain(chosen);
    }
}
