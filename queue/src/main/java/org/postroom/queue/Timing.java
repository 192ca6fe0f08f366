package org.postroom.queue;

import org.postroom.smtp.MailParameters;
import org.postroom.smtp.MailParameters.DeliverBy;
import org.postroom.smtp.MailParameters.Hold;

import java.time.Duration;

/// When a letter begins and ceases to be tried, and before whom, by what its sender asked for.
final class Timing {

    private Timing() {}

    /// When it sets out, in milliseconds.
    static long begin(MailParameters parameters, long now) { // RFC 4865 §5
        long asked =
                switch (parameters.hold().orElse(null)) {
                    case null -> now;
                    case Hold.For(var seconds) -> now + Duration.ofSeconds(seconds).toMillis();
                    case Hold.Until(var when) -> when.toEpochMilli();
                };
        return Math.max(now, asked);
    }

    /// When to give up. The time of a release does not count (RFC 4865 §5.1).
    static long expiry(MailParameters parameters, long now, long begin, long keepFor) {
        long expiry = begin + keepFor;
        return parameters
                .by()
                .filter(by -> by.mode() == DeliverBy.Mode.RETURN) // RFC 2852 §4.1.4
                .map(by -> Math.min(expiry, deadline(by, now)))
                .orElse(expiry);
    }

    /// When its sender hears that it is not there yet.
    static long warning(Envelope envelope, long warnAfter) {
        var parameters = envelope.mail().parameters();
        return parameters
                .by()
                .filter(by -> by.mode() == DeliverBy.Mode.NOTIFY) // RFC 2852 §4.1.4.2
                .map(by -> deadline(by, envelope.arrival()))
                .orElse(begin(parameters, envelope.arrival()) + warnAfter);
    }

    static long deadline(DeliverBy by, long arrival) {
        return arrival + Duration.ofSeconds(by.seconds()).toMillis();
    }

    static int priority(MailParameters parameters) {
        return Math.clamp(parameters.priority().orElse(0), -9, 9); // RFC 6710 §4.1
    }
}
