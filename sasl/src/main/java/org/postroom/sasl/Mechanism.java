package org.postroom.sasl;

import java.util.Optional;

/// The mechanisms, best first: a client takes the first of them that its server announces.
public enum Mechanism {
    SCRAM_SHA_512_PLUS("SCRAM-SHA-512-PLUS", "RFC 5802 §4", false),
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS", "RFC 7677 §3", false),
    SCRAM_SHA_1_PLUS("SCRAM-SHA-1-PLUS", "RFC 5802 §4", false),
    SCRAM_SHA_512("SCRAM-SHA-512", "RFC 5802 §4", false),
    SCRAM_SHA_256("SCRAM-SHA-256", "RFC 7677 §3", false),
    SCRAM_SHA_1("SCRAM-SHA-1", "RFC 5802 §4", false),
    PLAIN("PLAIN", "RFC 4616 §2", true),
    LOGIN("LOGIN", "draft-murchison-sasl-login", true), // has no RFC, and many clients

    // Proves nothing itself: the connection already did (a home's own socket)
    EXTERNAL("EXTERNAL", "RFC 4422 §A.1", false);

    /// As it is announced.
    public final String saslName;

    public final String section;

    /// Whoever reads the line reads the password: not without TLS.
    public final boolean clearText;

    Mechanism(String saslName, String section, boolean clearText) {
        this.saslName = saslName;
        this.section = section;
        this.clearText = clearText;
    }

    /// Whether an exchange is bound to the connection it is held on.
    public boolean isBound() {
        return saslName.endsWith("-PLUS");
    }

    /// The mechanism of this name, in any case: verbs and their arguments are in any case elsewhere.
    public static Optional<Mechanism> named(String name) {
        for (var mechanism : values())
            if (mechanism.saslName.equalsIgnoreCase(name)) return Optional.of(mechanism);
        return Optional.empty();
    }
}
