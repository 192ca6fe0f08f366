package org.postroom.bench;

import java.io.IOException;
import java.time.Duration;

/// What is done to a subject: made ready once, then repeated in rounds.
@FunctionalInterface
interface Load {

    /// Gets ready on a subject that runs.
    Work on(Subject subject) throws IOException;

    /// How many rounds count.
    default int rounds(Scale scale) {
        return scale.rounds;
    }

    /// How many come before and do not.
    default int warmUp(Scale scale) {
        return scale.warmUp;
    }

    /// How long our own server, and no other, is under it before those: it is compiled while it runs, and
    /// is to be measured as it is after its first minutes.
    default Duration warming(Scale scale) {
        return scale.warming;
    }

    /// A load that is ready.
    @FunctionalInterface
    interface Work extends AutoCloseable {

        /// One round.
        ///
        /// @return a value for each of the row's figures, in its unit
        double[] round() throws IOException;

        @Override
        default void close() throws IOException {}
    }
}
