package org.postroom.agent.ftp;

import org.postroom.agent.Desk;
import org.postroom.agent.PlainDesk;
import org.postroom.agent.Screen;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.wire.Fault;

import java.io.PrintWriter;
import java.util.List;

/// Where `./postroom ftp` begins: one command, or a prompt.
public final class Ftp {

    private final PrintWriter out;
    private final PrintWriter err;

    private Ftp(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /// Runs the agent.
    ///
    /// @return how it ended, in the numbers of sysexits.h
    public static int run(PrintWriter out, PrintWriter err, List<String> words) {
        return new Ftp(out, err).run(words);
    }

    private int run(List<String> words) {
        try {
            var given = Given.parse(words, false);
            var verb = given.verb();
            if (verb.isEmpty() && !given.has(Option.HELP)) return prompt(given);
            if (verb.isEmpty() || (verb.get() == Verb.HELP && given.words().isEmpty())) {
                out.print(Help.all(true));
                out.flush();
                return 0;
            }
            if (!verb.get().standsAlone() && !given.has(Option.HELP))
                throw Hindrance.usage(
                        "`" + verb.get().word + "` is for the prompt: ./postroom ftp [URL].");
            return command(given, verb.get());
        } catch (Hindrance hindrance) {
            return fail(hindrance);
        } catch (Fault fault) {
            out.flush();
            err.println("postroom ftp: Something broke: " + fault.getMessage());
            return 70;
        }
    }

    private int fail(Hindrance hindrance) {
        out.flush();
        err.println("postroom ftp: " + hindrance.why());
        return hindrance.kind().exit;
    }

    private int prompt(Given given) throws Hindrance {
        if (given.words().size() > 1) throw Hindrance.usage("One server at a time.");
        try (var screen = Screen.of(out);
                var session = session(given, screen)) {
            return new Prompt(session, screen).run(given);
        }
    }

    private static Session session(Given given, Desk desk) throws Hindrance {
        return new Session(desk, Folder.ofUser(), Wishes.of(given));
    }

    private int command(Given given, Verb verb) throws Hindrance {
        var desk = new PlainDesk(out, err);
        try (var session = session(given, desk)) {
            var job = Jobs.foreground(verb.word);
            var errand = new Errand(session, session.at(), given, job, out, false);
            job.runs();
            try (var bar = new Bar(desk, job, !given.has(Option.JSON) && verb != Verb.CAT)) {
                new Commands(errand, bar::tell).run(verb);
            } finally {
                job.ends(Job.State.DONE, "");
            }
            out.flush();
            if (job.files() > 0 && desk.hasPerson() && !given.has(Option.JSON))
                desk.tell(job.summary());
            return 0;
        }
    }
}
