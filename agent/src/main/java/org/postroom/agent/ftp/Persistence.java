package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;

import java.time.Duration;

/// Goes on after a line broke, by a new connection, as long as that moves anything.
record Persistence(Remote remote, Job job) {

    private static final int MOST = 4; // attempts in a row that move nothing

    /// One attempt.
    @FunctionalInterface
    interface Attempt {

        /// @param number 0 for the first
        void make(Connection connection, int number) throws Hindrance;
    }

    void with(Attempt attempt) throws Hindrance {
        int vain = 0;
        for (int number = 0; ; number++) {
            job.check();
            long before = job.octets();
            boolean reached = false;
            try {
                var connection = remote.borrow();
                reached = true;
                job.works(connection);
                try {
                    attempt.make(connection, number);
                    return;
                } finally {
                    job.rests(connection);
                    remote.host().giveBack(connection);
                }
            } catch (Hindrance hindrance) {
                job.check();
                boolean broke = hindrance.kind() == Kind.UNREACHABLE;
                vain = job.octets() > before ? 0 : vain + 1;
                if (!broke || vain >= MOST || (!reached && number == 0)) throw hindrance;
                job.pause(Duration.ofMillis(250L << vain));
            }
        }
    }
}
