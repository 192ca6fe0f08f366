package org.postroom.http;

/// The statuses that are answered, each by its meaning.
public enum Status {
    OK(200, "OK", "RFC 9110 §15.3.1"),
    CREATED(201, "Created", "RFC 9110 §15.3.2"),
    ACCEPTED(202, "Accepted", "RFC 9110 §15.3.3"),
    NO_CONTENT(204, "No Content", "RFC 9110 §15.3.5"),
    PARTIAL_CONTENT(206, "Partial Content", "RFC 9110 §15.3.7"),
    MULTI_STATUS(207, "Multi-Status", "RFC 4918 §11.1"),
    SEE_OTHER(303, "See Other", "RFC 9110 §15.4.4"),
    NOT_MODIFIED(304, "Not Modified", "RFC 9110 §15.4.5"),
    PERMANENT_REDIRECT(308, "Permanent Redirect", "RFC 9110 §15.4.9"),
    BAD_REQUEST(400, "Bad Request", "RFC 9110 §15.5.1"),
    UNAUTHORIZED(401, "Unauthorized", "RFC 9110 §15.5.2"),
    FORBIDDEN(403, "Forbidden", "RFC 9110 §15.5.4"),
    NOT_FOUND(404, "Not Found", "RFC 9110 §15.5.5"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed", "RFC 9110 §15.5.6"),
    NOT_ACCEPTABLE(406, "Not Acceptable", "RFC 9110 §15.5.7"),
    CONFLICT(409, "Conflict", "RFC 9110 §15.5.10"),
    GONE(410, "Gone", "RFC 9110 §15.5.11"),
    LENGTH_REQUIRED(411, "Length Required", "RFC 9110 §15.5.12"),
    PRECONDITION_FAILED(412, "Precondition Failed", "RFC 9110 §15.5.13"),
    CONTENT_TOO_LARGE(413, "Content Too Large", "RFC 9110 §15.5.14"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", "RFC 9110 §15.5.16"),
    RANGE_NOT_SATISFIABLE(416, "Range Not Satisfiable", "RFC 9110 §15.5.17"),
    MISDIRECTED_REQUEST(421, "Misdirected Request", "RFC 9110 §15.5.20"),
    UNPROCESSABLE_CONTENT(422, "Unprocessable Content", "RFC 9110 §15.5.21"),
    LOCKED(423, "Locked", "RFC 4918 §11.3"),
    FAILED_DEPENDENCY(424, "Failed Dependency", "RFC 4918 §11.4"),
    TOO_MANY_REQUESTS(429, "Too Many Requests", "RFC 6585 §4"),
    INTERNAL_SERVER_ERROR(500, "Internal Server Error", "RFC 9110 §15.6.1"),
    NOT_IMPLEMENTED(501, "Not Implemented", "RFC 9110 §15.6.2"),
    BAD_GATEWAY(502, "Bad Gateway", "RFC 9110 §15.6.3"),
    SERVICE_UNAVAILABLE(503, "Service Unavailable", "RFC 9110 §15.6.4"),
    INSUFFICIENT_STORAGE(507, "Insufficient Storage", "RFC 4918 §11.5");

    public final int code;
    public final String reason;
    public final String section;

    Status(int code, String reason, String section) {
        this.code = code;
        this.reason = reason;
        this.section = section;
    }
}
