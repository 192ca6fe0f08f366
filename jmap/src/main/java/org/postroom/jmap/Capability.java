package org.postroom.jmap;

import java.util.Optional;

/// What a client may say that it uses (RFC 8620 §3.3), in the order of the RFCs.
public enum Capability {
    CORE("urn:ietf:params:jmap:core", "RFC 8620 §2"),
    MAIL("urn:ietf:params:jmap:mail", "RFC 8621 §1.3.1"),
    SUBMISSION("urn:ietf:params:jmap:submission", "RFC 8621 §1.3.2"),
    VACATION("urn:ietf:params:jmap:vacationresponse", "RFC 8621 §1.3.3"),
    BLOB("urn:ietf:params:jmap:blob", "RFC 9404 §3"),
    QUOTA("urn:ietf:params:jmap:quota", "RFC 9425 §2"),
    CONTACTS("urn:ietf:params:jmap:contacts", "RFC 9610 §1.4.1");

    public final String uri;
    public final String section;

    Capability(String uri, String section) {
        this.uri = uri;
        this.section = section;
    }

    public static Optional<Capability> of(String uri) {
        for (var capability : values())
            if (capability.uri.equals(uri)) return Optional.of(capability);
        return Optional.empty();
    }
}
