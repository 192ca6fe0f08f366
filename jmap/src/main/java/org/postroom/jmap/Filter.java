package org.postroom.jmap;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a query wants (RFC 8620 §5.5): conditions of the type's own, and operators about them.
public sealed interface Filter {

    enum Operator {
        AND,
        OR,
        NOT
    }

    record Operation(Operator operator, List<Filter> of) implements Filter {
        public Operation {
            of = List.copyOf(of);
        }
    }

    /// All its members have to hold.
    record Condition(ObjectNode members) implements Filter {}
}
