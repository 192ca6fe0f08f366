package org.postroom.smtp;

/// `<Postmaster>` without a domain: whoever looks after this very server (RFC 5321 §4.1.1.3).
public record Postmaster() implements ForwardPath {

    @Override
    public String toString() {
        return "postmaster";
    }
}
