package org.postroom.agent.ftp;

import org.postroom.agent.TestDesk;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Commands as a script says them, in a folder of their own.
final class Trial implements AutoCloseable {

    private final TestDesk desk;
    private final Path folder;
    private final List<String> options = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final StringWriter said = new StringWriter();

    /// @param agrees what is answered to questions
    Trial(Path folder, boolean agrees, String... options) {
        this.folder = folder;
        this.desk = new TestDesk(agrees);
        this.options.addAll(List.of("--timeout", "5"));
        this.options.addAll(List.of(options));
    }

    /// @return what was said
    String run(String... words) throws Hindrance {
        var all = new ArrayList<>(List.of(words));
        all.addAll(options);
        var given = Given.parse(all, true);
        try (var session =
                new Session(desk, new Folder(folder.resolve("conf")), Wishes.of(given))) {
            session.at(session.at().in(folder));
            var errand =
                    new Errand(
                            session,
                            session.at(),
                            given,
                            Jobs.foreground("test"),
                            new PrintWriter(said, true),
                            false);
            new Commands(errand, told::add).run(given.verb().orElseThrow());
            return said.toString();
        }
    }

    /// What was told beside the output.
    List<String> told() {
        return told;
    }

    String asked() {
        return desk.shown();
    }

    @Override
    public void close() {
        said.flush();
    }
}
