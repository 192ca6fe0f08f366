package org.postroom.jmap;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Why a whole request was refused (RFC 8620 §3.6.1): a problem of RFC 7807.
///
/// @param limit which one was crossed, or null
public record Problem(Kind kind, String detail, @Nullable String limit) {

    /// The kinds with their HTTP status.
    public enum Kind {
        UNKNOWN_CAPABILITY("urn:ietf:params:jmap:error:unknownCapability", 400),
        NOT_JSON("urn:ietf:params:jmap:error:notJSON", 400),
        NOT_REQUEST("urn:ietf:params:jmap:error:notRequest", 400),
        LIMIT("urn:ietf:params:jmap:error:limit", 400);

        public final String type;
        public final int status;

        Kind(String type, int status) {
            this.type = type;
            this.status = status;
        }
    }

    /// A request that is not one, carried to whoever answers it.
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Refused(Kind kind, String detail) {
            this(new Problem(kind, detail, null));
        }

        public Refused(Problem problem) {
            super(problem.kind.type, null, false, false);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }

    /// @param limit as the session names it (RFC 8620 §2)
    public static Problem limit(String limit) {
        return new Problem(Kind.LIMIT, "More than the session allows", limit);
    }

    public static Problem notJson() {
        return new Problem(Kind.NOT_JSON, "This is no JSON", null);
    }

    public ObjectNode json() {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", kind.type)
                        .put("status", kind.status)
                        .put("detail", detail);
        if (limit != null) json.put("limit", limit);
        return json;
    }
}
