package org.postroom.jmap;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Why a method was not done, by the RFCs' names.
public enum MethodError {
    // RFC 8620 §3.6.2
    SERVER_UNAVAILABLE("serverUnavailable"),
    SERVER_FAIL("serverFail"),
    UNKNOWN_METHOD("unknownMethod"),
    INVALID_ARGUMENTS("invalidArguments"),
    INVALID_RESULT_REFERENCE("invalidResultReference"),
    FORBIDDEN("forbidden"),
    ACCOUNT_NOT_FOUND("accountNotFound"),
    ACCOUNT_NOT_SUPPORTED_BY_METHOD("accountNotSupportedByMethod"),
    ACCOUNT_READ_ONLY("accountReadOnly"),

    // RFC 8620 §5.1 to §5.6
    REQUEST_TOO_LARGE("requestTooLarge"),
    CANNOT_CALCULATE_CHANGES("cannotCalculateChanges"),
    STATE_MISMATCH("stateMismatch"),
    FROM_ACCOUNT_NOT_FOUND("fromAccountNotFound"),
    FROM_ACCOUNT_NOT_SUPPORTED_BY_METHOD("fromAccountNotSupportedByMethod"),
    ANCHOR_NOT_FOUND("anchorNotFound"),
    UNSUPPORTED_SORT("unsupportedSort"),
    UNSUPPORTED_FILTER("unsupportedFilter"),
    TOO_MANY_CHANGES("tooManyChanges"),

    // RFC 9404 §4.3
    UNKNOWN_DATA_TYPE("unknownDataType");

    public final String type;

    MethodError(String type) {
        this.type = type;
    }

    /// The arguments of the `error` response (RFC 8620 §3.6.2).
    public ObjectNode arguments(String description) {
        var error = JsonNodeFactory.instance.objectNode().put("type", type);
        if (!description.isEmpty()) error.put("description", description);
        return error;
    }
}
