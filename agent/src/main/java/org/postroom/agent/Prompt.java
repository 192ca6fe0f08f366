package org.postroom.agent;

import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.render.Visible;
import org.postroom.wire.Fault;

import java.util.ArrayList;
import java.util.List;

/// A conversation with a person: she says verbs, with history and completion; new letters are told as
/// they come.
final class Prompt {

    private final Session session;
    private final Screen screen;
    private final Commands commands;

    Prompt(Session session, Screen screen) {
        this.session = session;
        this.screen = screen;
        this.commands = new Commands(session);
        screen.completing(new Completing(session));
    }

    int run(Given given) throws Hindrance {
        var reader =
                screen.commands(
                        session.folder,
                        "history",
                        (_, line, candidates) -> complete(line, candidates));
        boolean browses = given.verb().filter(Verb.BROWSE::equals).isPresent();
        if (!browses) begin();
        try (var watch = new Watch(session, screen)) {
            session.access();
            watch.start();
            if (browses) browse(given);
            else converse(reader);
        }
        return leave();
    }

    private void converse(LineReader reader) {
        boolean more = true;
        while (more)
            try {
                more = obey(reader.readLine(prompt()));
            } catch (UserInterruptException interrupted) {
                more = true; // of this line, not of the conversation
            } catch (EndOfFileException end) {
                more = false;
            }
    }

    private void begin() throws Hindrance {
        commands.index().list(new Given(java.util.Optional.empty(), java.util.Map.of(), List.of()));
        int waiting = session.outbox().waiting().size();
        if (waiting > 0)
            screen.tell(Index.count(waiting, "letter") + " in the outbox; `outbox send` sends.");
        screen.out()
                .println(
                        screen.paint()
                                .faint(
                                        "A number reads a letter, return the next; send, reply,"
                                                + " browse; help shows more."));
        screen.out().flush();
    }

    private int leave() throws Hindrance {
        try {
            session.close();
            return 0;
        } catch (Hindrance hindrance) {
            if (hindrance.kind() == Kind.UNREACHABLE) return 0;
            throw hindrance;
        }
    }

    private String prompt() {
        String mailbox = session.place();
        return screen.paint().bold(Visible.line(mailbox, 40) + "> ");
    }

    /// @return whether there is more to say
    private boolean obey(String line) {
        try {
            var words = words(line);
            var given = Given.parse(words);
            var verb = given.verb().orElse(Verb.READ);
            if (verb == Verb.QUIT) return false;
            if (verb == Verb.BROWSE) browse(given);
            else commands.run(verb, given);
            session.desk.out().flush();
        } catch (Hindrance hindrance) {
            screen.tell(screen.paint().warning(hindrance.why()));
            if (hindrance.kind() == Kind.UNREACHABLE) session.hangUp();
        } catch (Fault fault) {
            screen.tell(screen.paint().warning("Something broke: " + fault.getMessage()));
        }
        return true;
    }

    /// A number alone reads, and so does nothing.
    static List<String> words(String line) throws Hindrance {
        var words = new ArrayList<>(Typed.split(line));
        if (words.isEmpty() || Numbers.is(words.getFirst())) words.addFirst(Verb.READ.word);
        return words;
    }

    private void browse(Given given) throws Hindrance {
        if (screen.isDumb()) throw Hindrance.usage("This terminal can't show a full screen.");
        if (!given.words().isEmpty()) session.open(String.join(" ", given.words()));
        new Browser(session, screen, commands).run();
    }

    // ---- completion

    private void complete(ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            for (var verb : Verb.values())
                candidates.add(
                        new Candidate(verb.word, verb.word, null, verb.help, null, null, true));
            return;
        }
        var verb = Verb.named(line.words().getFirst());
        if (verb.isEmpty()) return;
        if (line.word().startsWith("-")) {
            for (var option : verb.get().options)
                candidates.add(
                        new Candidate(
                                option.word, option.word, null, option.help, null, null, true));
            return;
        }
        String before = line.words().get(line.wordIndex() - 1);
        if (before.equals(Option.ATTACH.word) || before.equals(Option.ATTACH.letter)) {
            screen.completing().candidates(Verb.Words.FILE, line.word(), candidates);
            return;
        }
        screen.completing().candidates(verb.get().words, line.word(), candidates);
    }
}
