package org.postroom.smtp;

/// `<>`: a letter that must not be answered by another, such as a bounce (RFC 5321 §4.5.5).
public record NullPath() implements ReversePath {

    @Override
    public String toString() {
        return "<>";
    }
}
