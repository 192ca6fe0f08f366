package org.postroom.jmap;

/// What the session announces and the server keeps (RFC 8620 §2).
///
/// @param upload octets of one upload
/// @param request octets of one request
public record Limits(
        long upload,
        int concurrentUpload,
        int request,
        int concurrentRequests,
        int callsInRequest,
        int objectsInGet,
        int objectsInSet) {

    /// RFC 8620 §2 suggests at least 50 MB, 4, 10 MB, 4, 16, 500 and 500.
    public static final Limits STANDARD = new Limits(50L << 20, 4, 10 << 20, 8, 64, 1_000, 500);
}
