package org.postroom.smtp;

import java.util.Optional;

/// The service extensions that EHLO and LHLO announce (RFC 5321 §2.2), a row each.
public enum Extension {
    PIPELINING("PIPELINING", "RFC 2920 §2"),
    SIZE("SIZE", "RFC 1870 §3"),
    EIGHT_BIT_MIME("8BITMIME", "RFC 6152 §2"),
    CHUNKING("CHUNKING", "RFC 3030 §2"),
    BINARY_MIME("BINARYMIME", "RFC 3030 §3"),
    SMTPUTF8("SMTPUTF8", "RFC 6531 §3"),
    ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES", "RFC 2034 §3"),
    DSN("DSN", "RFC 3461 §3"),
    DELIVERBY("DELIVERBY", "RFC 2852 §3"),
    FUTURE_RELEASE("FUTURERELEASE", "RFC 4865 §4"),
    MT_PRIORITY("MT-PRIORITY", "RFC 6710 §2"),
    LIMITS("LIMITS", "RFC 9422 §3"),
    STARTTLS("STARTTLS", "RFC 3207 §2"),
    REQUIRETLS("REQUIRETLS", "RFC 8689 §2"),
    AUTH("AUTH", "RFC 4954 §3"),
    ETRN("ETRN", "RFC 1985 §4"),
    ATRN("ATRN", "RFC 2645 §5.1.1"),
    TURN("TURN", "RFC 821 §3.8"),
    HELP("HELP", "RFC 5321 §4.1.1.8"),
    VRFY("VRFY", "RFC 5321 §3.5.2"),
    EXPN("EXPN", "RFC 5321 §4.1.1.7");

    /// As it is announced.
    public final String keyword;

    public final String section;

    Extension(String keyword, String section) {
        this.keyword = keyword;
        this.section = section;
    }

    static Optional<Extension> named(String keyword) {
        for (var extension : values())
            if (extension.keyword.equalsIgnoreCase(keyword)) return Optional.of(extension);
        return Optional.empty();
    }
}
