package org.postroom.queue;

import java.util.Optional;

/// What came of trying to deliver to one recipient.
sealed interface Outcome {

    Said said();

    /// It is somebody else's now, or in a mailbox.
    ///
    /// @param action what its sender is told who wants to hear of success; nothing where another will
    /// @param anyhow whether who set a deadline is told though he asked for nothing (RFC 2852)
    record Arrived(Optional<Action> action, boolean anyhow, Said said) implements Outcome {

        Arrived(Optional<Action> action, Said said) {
            this(action, false, said);
        }
    }

    /// It never will be delivered.
    record Failed(Said said) implements Outcome {}

    /// Perhaps later.
    ///
    /// @param when in milliseconds; 0 for when the pace of attempts says
    /// @param tried whether this counts as an attempt
    record Deferred(Said said, long when, boolean tried) implements Outcome {

        static Deferred after(Said said) {
            return new Deferred(said, 0, true);
        }
    }

    /// Trying broke something of ours.
    record Broken(Said said) implements Outcome {}
}
