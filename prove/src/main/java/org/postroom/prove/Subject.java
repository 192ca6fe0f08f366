package org.postroom.prove;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What rounds are done to: a program with a home, the work it is given, and what must be true of
/// the home afterwards. One subject lives through many rounds on one home and remembers all that was
/// ever acknowledged.
public interface Subject {

    /// The child's command line.
    ///
    /// @param home the same in every round
    /// @param round counted from 1
    List<String> command(Path home, int round) throws IOException;

    /// What the child's environment holds beside the parent's.
    default Map<String, String> environment() {
        return Map.of();
    }

    /// The folder that the power cut concerns, within the home or the home itself. What lies outside
    /// of it keeps all that was written.
    default Path atRisk(Path home) {
        return home;
    }

    /// Where the child's standard error goes.
    default ProcessBuilder.Redirect errors(Path home) {
        return ProcessBuilder.Redirect.INHERIT;
    }

    /// Gives the child work and hears its acknowledgements, until it is gone. Runs on a thread of its
    /// own. It calls `started` when the work is under way: the round kills the child some time after.
    void work(Process child, int round, Runnable started) throws IOException, InterruptedException;

    /// How many acknowledgements there were, in all rounds.
    long acknowledged();

    /// Opens the home and holds it against what was acknowledged.
    ///
    /// @return what is not as it must be; empty if all is well
    List<String> check(Path home) throws IOException;
}
