package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Entry;

import java.util.ArrayDeque;
import java.util.Optional;

/// Removes files and directories at a server, with all that is in them.
record Removal(Connection connection, Job job) {

    private static final int DEEPEST = 1_000; // directories that wait for what is in them

    private record Step(Remote remote, boolean directory, boolean emptied) {}

    void of(Remote remote, boolean directory) throws Hindrance {
        var steps = new ArrayDeque<Step>();
        steps.push(new Step(remote, directory, false));
        while (!steps.isEmpty()) {
            job.check();
            var step = steps.pop();
            String path = step.remote.path();
            if (!step.directory) connection.ask(it -> done(() -> it.dele(path)));
            else if (step.emptied) connection.ask(it -> done(() -> it.rmd(path)));
            else {
                steps.push(new Step(step.remote, true, true));
                var entries = connection.list(Optional.of(path));
                long waiting = steps.stream().filter(Step::emptied).count();
                if (waiting > DEEPEST) throw Hindrance.notSo("It is too deep to be removed.");
                for (var entry : entries) steps.push(step(step.remote, entry));
            }
        }
    }

    private static Step step(Remote parent, Entry entry) throws Hindrance {
        if (Names.POSIX.here(entry.path()).isEmpty())
            throw Hindrance.notSo(
                    "The server calls something by what is no name; it is left there.");
        return new Step(parent.child(entry.path()), entry.isDirectory(), false);
    }

    private interface Saying {
        void say() throws org.postroom.wire.Departure, org.postroom.ftp.Refusal;
    }

    private static boolean done(Saying saying)
            throws org.postroom.wire.Departure, org.postroom.ftp.Refusal {
        saying.say();
        return true;
    }
}
