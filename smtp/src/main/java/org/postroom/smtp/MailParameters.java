package org.postroom.smtp;

import java.util.Optional;
import java.util.OptionalLong;

/// What stands behind the path in MAIL (RFC 5321 §4.1.1.11).
///
/// @param size the octets that will come, as the client reckons (RFC 1870 §6)
/// @param body what the body will be made of (RFC 6152 §2)
/// @param submitter who handed the letter in, if the server that says so is trusted (RFC 4954 §5)
public record MailParameters(
        OptionalLong size, Optional<Body> body, Optional<ReversePath> submitter) {

    public static final MailParameters NONE =
            new MailParameters(OptionalLong.empty(), Optional.empty(), Optional.empty());

    /// RFC 6152 §2.
    public enum Body {
        SEVEN_BIT("7BIT"),
        EIGHT_BIT("8BITMIME");

        final String value;

        Body(String value) {
            this.value = value;
        }
    }

    public MailParameters withSize(long octets) {
        return new MailParameters(OptionalLong.of(octets), body, submitter);
    }

    public MailParameters withBody(Body other) {
        return new MailParameters(size, Optional.of(other), submitter);
    }
}
