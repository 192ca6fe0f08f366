package org.postroom.store;

import java.time.Instant;

/// Something that happened to a letter on its way.
///
/// @param recipient whom it concerns, as he was named; empty where it concerns all
/// @param detail for a person: who said what, where to, when again; at most [#MOST] characters are
///     kept
public record Step(Instant when, What what, String recipient, String detail) {

    static final int MOST = 500;

    /// What happened, in the order in which it may. Their names are on disk.
    public enum What {
        /// Its sender was told 250.
        ACCEPTED,
        /// It is for more than one mailbox here, or for elsewhere.
        QUEUED,
        /// An alias or a list stood for several.
        EXPANDED,
        /// The recipient has moved.
        FORWARDED,
        /// It lies in a mailbox here.
        FILED,
        /// Another server has taken it.
        SENT,
        /// Not now; it is tried again.
        DEFERRED,
        /// An administrator, or its sender, wants it to wait.
        HELD,
        RELEASED,
        /// Its sender was told that it is late.
        DELAYED,
        /// It can't be delivered.
        FAILED,
        /// Its sender was told so.
        REPORTED,
        /// An administrator took it out of the queue.
        REMOVED,
        /// It was an open session's, and stored nowhere (RFC 821 §3.4).
        SHOWN
    }

    public Step {
        if (detail.length() > MOST) detail = detail.substring(0, MOST - 1) + "…";
    }

    public static Step now(What what, String recipient, String detail) {
        return new Step(Instant.now(), what, recipient, detail);
    }
}
