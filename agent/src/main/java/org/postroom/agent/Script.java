package org.postroom.agent;

import org.postroom.agent.account.Accounts;
import org.postroom.agent.account.Accounts.Homes;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.wire.Secret;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// A session at the prompt whose lines were written down before: shown as if somebody typed them.
public final class Script implements Desk {

    private static final int WIDTH = 78;

    private final PrintWriter out;
    private final Queue<String> lines;

    private Script(PrintWriter out, List<String> lines) {
        this.out = out;
        this.lines = new ArrayDeque<>(lines);
    }

    /// Plays it for somebody with an account in a home on this machine.
    ///
    /// @param folder the agent's own, instead of the user's
    /// @param lines what is said at the prompt, and to whatever is asked there
    /// @throws Hindrance when one of them can't be done
    public static void play(
            PrintWriter out, Path folder, Homes homes, String address, List<String> lines)
            throws Hindrance {
        var script = new Script(out, lines);
        var account = Accounts.at(homes, Optional.empty(), address);
        try (var session =
                new Session(new Folder(folder), account, script, false, Optional.empty())) {
            var commands = new Commands(session);
            for (var line = script.line(session); line.isPresent(); line = script.line(session)) {
                var given = Given.parse(Prompt.words(line.get()));
                commands.run(given.verb().orElse(Verb.READ), given);
            }
        } finally {
            out.flush();
        }
    }

    private Optional<String> line(Session session) {
        return line(session.place() + "> ", "");
    }

    @Override
    public Optional<String> line(String prompt, String begun) {
        var line = Optional.ofNullable(lines.poll());
        line.ifPresent(said -> out.println(prompt + said));
        return line;
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public boolean hasPerson() {
        return true;
    }

    @Override
    public Paint paint() {
        return new Paint(false);
    }

    @Override
    public void page(String text) {
        out.print(text);
    }

    /// Line by line, so that it is seen what is written.
    @Override
    public Optional<String> editor() {
        return Optional.empty();
    }

    @Override
    public int run(List<String> command) throws Hindrance {
        throw Hindrance.usage("A script runs no other program.");
    }

    @Override
    public boolean agrees(String question) {
        return choice(question + " (y/n) ", "yn").filter(key -> key == 'y').isPresent();
    }

    @Override
    public Secret secret(String what) throws Hindrance {
        throw new Hindrance(Kind.NOT_ALLOWED, "A script knows no password.");
    }

    @Override
    public void tell(String what) {
        out.println(what);
    }
}
