package org.postroom.queue;

import org.postroom.smtp.MailParameters;

/// When a letter begins and ceases to be tried, and before whom, by what its sender asked for.
final class Timing {

    private Timing() {}

    /// The first attempt.
    static long begin(MailParameters parameters, long now) {
        return now;
    }

    static long expiry(MailParameters parameters, long now, long begin, long keepFor) {
        return begin + keepFor;
    }

    static int priority(MailParameters parameters) {
        return 0;
    }
}
