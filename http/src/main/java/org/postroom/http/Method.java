package org.postroom.http;

import java.util.Optional;

/// The methods that are understood, in the order of their RFCs. A method is case-sensitive (RFC 9110 §9.1);
/// TRACE and CONNECT are none of ours, and what is no row is answered 501.
public enum Method {
    // RFC 9110 §9.3
    GET("RFC 9110 §9.3.1", true),
    HEAD("RFC 9110 §9.3.2", true),
    POST("RFC 9110 §9.3.3", false),
    PUT("RFC 9110 §9.3.4", false),
    DELETE("RFC 9110 §9.3.5", false),
    OPTIONS("RFC 9110 §9.3.7", true),

    // RFC 4918 §9
    PROPFIND("RFC 4918 §9.1", true),
    PROPPATCH("RFC 4918 §9.2", false),
    MKCOL("RFC 4918 §9.3", false),
    COPY("RFC 4918 §9.8", false),
    MOVE("RFC 4918 §9.9", false),
    LOCK("RFC 4918 §9.10", false),
    UNLOCK("RFC 4918 §9.11", false);

    public final String section;

    /// Whether it asks for no change (RFC 9110 §9.2.1).
    public final boolean safe;

    Method(String section, boolean safe) {
        this.section = section;
        this.safe = safe;
    }

    public static Optional<Method> of(String name) {
        for (var method : values()) if (method.name().equals(name)) return Optional.of(method);
        return Optional.empty();
    }
}
