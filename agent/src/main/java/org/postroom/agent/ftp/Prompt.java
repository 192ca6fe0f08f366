package org.postroom.agent.ftp;

import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.postroom.agent.Screen;
import org.postroom.agent.Typed;
import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Entry;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A conversation with a person about files: verbs with history and completion of names on both sides. Ctrl-C
/// breaks off what is being done and leaves the session as it is.
final class Prompt {

    private static final String HISTORY = "ftp-history";

    private final Session session;
    private final Screen screen;
    private volatile @Nullable Job foreground;
    private String listedIn = ""; // what completion has looked at
    private List<Entry> listed = List.of();

    Prompt(Session session, Screen screen) {
        this.session = session;
        this.screen = screen;
    }

    int run(Given given) throws Hindrance {
        var reader =
                screen.commands(
                        session.folder,
                        HISTORY,
                        (_, line, candidates) -> complete(line, candidates));
        screen.terminal().handle(Terminal.Signal.INT, _ -> interrupt());
        if (!given.words().isEmpty()) obey("open \"" + given.words().getFirst() + "\"");
        else screen.tell(screen.paint().faint("`open HOST` goes to a server; help shows more."));
        while (true) {
            String line;
            try {
                line = reader.readLine(prompt());
            } catch (UserInterruptException interrupted) {
                continue;
            } catch (EndOfFileException end) {
                break;
            }
            if (!obey(line)) break;
        }
        return leave();
    }

    /// What goes on in the background is waited for, unless the person says no.
    private int leave() throws Hindrance {
        if (session.jobs.isBusy() && screen.agrees("Jobs are still at work. Stop them?"))
            session.jobs.stop();
        var wait = Jobs.foreground("wait");
        foreground = wait;
        for (var job : session.jobs.all()) session.jobs.await(job, wait);
        return 0;
    }

    private void interrupt() {
        var job = foreground;
        if (job != null) job.stop();
    }

    private String prompt() {
        var at = session.at();
        String where =
                at.host()
                        .map(host ->
                                host.url.host()
                                        + (at.directory().startsWith("/") ? ":" : " ")
                                        + at.directory())
                        .orElse("ftp");
        return screen.paint().bold(Visible.line(where, 60) + "> ");
    }

    // ---- commands

    /// @return whether there is more to say
    private boolean obey(String line) {
        try {
            var words = Typed.split(line);
            if (words.isEmpty()) return true;
            if (line.startsWith("!")) {
                shell(line.substring(1));
                return true;
            }
            boolean beside = words.getLast().equals("&");
            if (beside) words = words.subList(0, words.size() - 1);
            var given = Given.parse(words, true);
            var verb = given.verb().orElse(Verb.HELP);
            if (verb == Verb.BYE) return false;
            if (beside) background(given, line, false);
            else if (verb == Verb.QUEUE && !given.words().isEmpty())
                background(Given.parse(given.words(), true), line, true);
            else obey(given, verb, line);
        } catch (Hindrance hindrance) {
            screen.tell(screen.paint().warning(hindrance.why()));
        } catch (Fault fault) {
            screen.tell(screen.paint().warning("Something broke: " + fault.getMessage()));
        }
        return true;
    }

    private void obey(Given given, Verb verb, String line) throws Hindrance {
        var job = Jobs.foreground(line);
        foreground = job;
        job.runs();
        var errand = new Errand(session, session.at(), given, job, screen.out(), true);
        try (var bar = new Bar(screen, job, session.wishes.shows)) {
            new Commands(errand, what -> bar.tell(screen.paint().warning(what))).run(verb);
        } finally {
            job.ends(Job.State.DONE, "");
            foreground = null;
            screen.out().flush();
        }
        if (job.files() > 0) screen.tell(job.summary());
        if (!verb.words.equals(Verb.Words.NONE)) listedIn = ""; // names may have changed
    }

    private void background(Given given, String line, boolean queued) {
        var at = session.at();
        var verb = given.verb().orElse(Verb.HELP);
        Jobs.Work work =
                job -> {
                    var said = new StringWriter();
                    var out = new PrintWriter(said);
                    var errand = new Errand(session, at, given, job, out, false);
                    try {
                        new Commands(errand, screen::tell).run(verb);
                    } finally {
                        out.flush();
                        if (!said.toString().isEmpty())
                            screen.tell(said.toString().stripTrailing());
                    }
                };
        String what = line.replaceFirst("^queue ", "").replaceFirst(" *&$", "");
        var job = queued ? session.jobs.queue(what, work) : session.jobs.begin(what, work);
        screen.tell("[" + job.number + "] " + Visible.line(what, 200));
    }

    /// `!COMMAND`: one of the person's own, here.
    private void shell(String command) throws Hindrance {
        screen.run(
                List.of(
                        "/bin/sh",
                        "-c",
                        "cd \"$1\" && exec /bin/sh -c \"$2\"",
                        "sh",
                        session.at().here().toString(),
                        command.isBlank() ? "exec \"${SHELL:-/bin/sh}\"" : command));
    }

    // ---- completion

    private void complete(ParsedLine line, List<Candidate> candidates) {
        boolean queued = line.wordIndex() > 0 && line.words().getFirst().equals(Verb.QUEUE.word);
        int first = queued ? 1 : 0;
        if (line.wordIndex() == first) {
            for (var verb : Verb.values())
                candidates.add(
                        new Candidate(verb.word, verb.word, null, verb.help, null, null, true));
            return;
        }
        var verb = Verb.named(line.words().get(first));
        if (verb.isEmpty()) return;
        if (line.word().startsWith("-")) {
            for (var option : Option.values())
                if (verb.get().takes(option))
                    candidates.add(
                            new Candidate(
                                    option.word, option.word, null, option.help, null, null, true));
            return;
        }
        verb.get().words.known.forEach(word -> candidates.add(new Candidate(word)));
        int index = line.wordIndex() - first;
        switch (verb.get().words) {
            case REMOTE -> {
                if (index > 1 && isLocalSecond(verb.get())) local(line.word(), candidates);
                else remote(line.word(), candidates);
            }
            case LOCAL -> {
                if (index > 1 && verb.get() != Verb.MPUT) remote(line.word(), candidates);
                else local(line.word(), candidates);
            }
            case VERB ->
                    List.of(Verb.values())
                            .forEach(known -> candidates.add(new Candidate(known.word)));
            case JOB ->
                    session.jobs.all().stream()
                            .filter(job -> !job.isOver())
                            .forEach(job -> candidates.add(new Candidate("" + job.number)));
            case NONE, SWITCH, TYPE, STRUCTURE, MODE, FORM -> {}
        }
    }

    private static boolean isLocalSecond(Verb verb) {
        return switch (verb) {
            case GET, REGET, PGET, MIRROR -> true;
            default -> false;
        };
    }

    private void local(String begun, List<Candidate> candidates) {
        int slash = begun.lastIndexOf('/');
        String before = begun.substring(0, slash + 1);
        var folder = session.at().local(slash < 0 ? "." : slash == 0 ? "/" : before);
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files)
                candidates.add(candidate(before + file.getFileName(), Files.isDirectory(file)));
        } catch (IOException none) {
            return;
        }
    }

    private static Candidate candidate(String name, boolean within) {
        String whole = within ? name + "/" : name;
        return new Candidate(whole, whole, null, null, null, null, !within);
    }

    private void remote(String begun, List<Candidate> candidates) {
        int slash = begun.lastIndexOf('/');
        String before = begun.substring(0, slash + 1);
        for (var entry : listed(before))
            if (entry.path().chars().noneMatch(c -> c < ' ' || c == 127))
                candidates.add(candidate(before + entry.path(), entry.isDirectory()));
    }

    /// A directory is listed once until something was done.
    private List<Entry> listed(String path) {
        var at = session.at();
        if (at.host().isEmpty()) return List.of();
        String key = at.host().get().url.server() + at.directory() + "\n" + path;
        if (key.equals(listedIn)) return listed;
        var given = new Given(Optional.of(Verb.LS), Map.of(), List.of());
        var job = Jobs.foreground("completion");
        foreground = job;
        try {
            var errand = new Errand(session, at, given, job, screen.out(), false);
            listed = errand.list(path.isEmpty() ? errand.directory() : errand.remote(path));
            listedIn = key;
            return listed;
        } catch (Hindrance none) {
            return List.of();
        } finally {
            foreground = null;
        }
    }
}
