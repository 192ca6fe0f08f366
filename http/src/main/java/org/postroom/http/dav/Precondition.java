package org.postroom.http.dav;

import java.util.Locale;

/// What had to be true and was not, told by an element's name (RFC 4918 §16).
public enum Precondition {
    LOCK_TOKEN_MATCHES_REQUEST_URI,
    LOCK_TOKEN_SUBMITTED,
    NO_CONFLICTING_LOCK,
    NO_EXTERNAL_ENTITIES,
    PRESERVED_LIVE_PROPERTIES,
    PROPFIND_FINITE_DEPTH,
    CANNOT_MODIFY_PROTECTED_PROPERTY,

    // RFC 4331 §6
    QUOTA_NOT_EXCEEDED;

    /// The element's name, in the namespace `DAV:`.
    public String element() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The body of an answer that says so (RFC 4918 §14.5).
    ///
    /// @param locked the URLs of what is locked, where that is the matter
    public String body(java.util.List<String> locked) {
        return Markup.document("error").condition(this, locked).end("error").toString();
    }
}
