package org.postroom.agent;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.letter.Draft;
import org.postroom.mime.render.Visible;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A person at a draft: in her editor where she has one, else line by line with `~` escapes, as `mail`
/// has always done it.
final class Composing {

    /// How it ended.
    enum Outcome {
        SEND,
        KEEP,
        DISCARD
    }

    private static final String ESCAPES =
            """
            ~a FILE    attach a file          ~t ADDRESS  to, too
            ~b ADDRESS blind copy             ~c ADDRESS  copy
            ~d         keep as a draft        ~e          edit in $EDITOR
            ~h         ask for the header     ~m NUMBER   put a letter in, quoted
            ~p         show what there is     ~q          throw away
            ~r FILE    put a file's text in   ~s TEXT     subject
            ~~ begins a line with ~           . alone, or end of input, ends
            """;

    private final Session session;
    private final Desk desk;
    private final Draft draft;
    private boolean again;

    Composing(Session session, Draft draft) {
        this.session = session;
        this.desk = session.desk;
        this.draft = draft;
    }

    Outcome run() throws Hindrance {
        if (!again) {
            again = true;
            header(false);
            if (desk.editor().isPresent()) edit();
            else {
                var ended = lines();
                if (ended.isPresent()) return ended.get();
            }
        }
        return menu();
    }

    private Outcome menu() throws Hindrance {
        while (true) {
            summary();
            var said =
                    desk.choice(
                            "Send it? y yes  e edit  a attach  t to  c copy  s subject  g sign "
                                    + " k encrypt  d draft  q throw away: ",
                            "yeatcsgkdqn");
            if (said.isEmpty()) return Outcome.KEEP;
            switch (said.get()) {
                case 'y' -> {
                    return Outcome.SEND;
                }
                case 'e' -> edit();
                case 'a' -> attach(desk.line("File: ", "", Verb.Words.FILE).orElse(""));
                case 't' ->
                        draft.to = desk.line("To: ", draft.to, Verb.Words.PEOPLE).orElse(draft.to);
                case 'c' ->
                        draft.cc = desk.line("Cc: ", draft.cc, Verb.Words.PEOPLE).orElse(draft.cc);
                case 's' -> draft.subject = desk.line("Subject: ", draft.subject).orElse("");
                case 'g' -> {
                    draft.signs = !draft.signs;
                    draft.encrypts &= draft.signs;
                }
                case 'k' -> {
                    draft.encrypts = !draft.encrypts;
                    draft.signs |= draft.encrypts;
                }
                case 'd' -> {
                    return Outcome.KEEP;
                }
                default -> {
                    return Outcome.DISCARD;
                }
            }
        }
    }

    /// What goes, and to whom.
    private void summary() {
        desk.out().println();
        shown("To", draft.to);
        shown("Cc", draft.cc);
        shown("Bcc", draft.bcc);
        shown("Subject", draft.subject);
        for (var file : draft.files) shown("Attach", file.toString());
        shown("Sealed", sealed());
        if (!draft.parts.isEmpty()) shown("With", Index.count(draft.parts.size(), "part"));
    }

    private String sealed() {
        if (!draft.signs && !draft.encrypts) return "";
        return (draft.encrypts ? "signed and encrypted" : "signed")
                + (draft.smime ? ", by S/MIME" : "");
    }

    private void shown(String label, String value) {
        if (!value.isEmpty())
            desk.out().println(desk.paint().label(label + ": ") + Visible.line(value, 300));
    }

    private void attach(String file) {
        if (file.isBlank()) return;
        try {
            draft.files.add(Draft.Enclosure.parse(file.strip()));
        } catch (Hindrance hindrance) {
            desk.tell(desk.paint().warning(hindrance.why()));
        }
    }

    /// Asks for what a header needs and the draft has not: whom to, and what about.
    private void header(boolean all) {
        if (all || draft.to.isBlank())
            draft.to = desk.line("To: ", draft.to, Verb.Words.PEOPLE).orElse("");
        if (all) draft.cc = desk.line("Cc: ", draft.cc, Verb.Words.PEOPLE).orElse("");
        if (all) draft.bcc = desk.line("Bcc: ", draft.bcc, Verb.Words.PEOPLE).orElse("");
        if (all || draft.subject.isBlank())
            draft.subject = desk.line("Subject: ", draft.subject).orElse("");
    }

    /// Line by line, in front of a signature and behind what is quoted.
    ///
    /// @return nothing when the letter ended as letters do
    private Optional<Outcome> lines() throws Hindrance {
        var text = new StringBuilder();
        String signature = "";
        int cut = draft.text.lastIndexOf("\n-- \n");
        if (cut >= 0) {
            signature = draft.text.substring(cut);
            text.append(draft.text, 0, cut);
        } else text.append(draft.text);
        if (!text.isEmpty()) desk.out().print(text);
        desk.out()
                .println(desk.paint().faint("Write; a . alone ends, ~? shows what else there is."));
        desk.out().flush();
        while (true) {
            var said = desk.line("", "");
            if (said.isEmpty() || said.get().equals(".")) break;
            String line = said.get();
            if (!line.startsWith("~") || line.startsWith("~~")) {
                text.append(line.startsWith("~~") ? line.substring(1) : line).append('\n');
                continue;
            }
            draft.text = text + signature;
            try {
                var ended = escape(line);
                if (ended.isPresent()) return ended;
            } catch (Hindrance hindrance) {
                desk.tell(desk.paint().warning(hindrance.why()));
            }
            text.setLength(0);
            int end = signature.isEmpty() ? -1 : draft.text.lastIndexOf(signature);
            text.append(end < 0 ? draft.text : draft.text.substring(0, end));
            if (end < 0) signature = "";
        }
        draft.text = text + signature;
        return Optional.empty();
    }

    private Optional<Outcome> escape(String line) throws Hindrance {
        char verb = line.length() > 1 ? line.charAt(1) : '?';
        String rest = line.length() > 2 ? line.substring(2).strip() : "";
        switch (verb) {
            case 'a' -> attach(rest);
            case 'b' -> draft.bcc = joined(draft.bcc, rest);
            case 'c' -> draft.cc = joined(draft.cc, rest);
            case 't' -> draft.to = joined(draft.to, rest);
            case 's' -> draft.subject = rest;
            case 'd' -> {
                return Optional.of(Outcome.KEEP);
            }
            case 'q', 'x' -> {
                return Optional.of(Outcome.DISCARD);
            }
            case 'e', 'v' -> edit();
            case 'h' -> header(true);
            case 'm', 'f' -> draft.text = ended(draft.text) + quoted(rest);
            case 'p' -> desk.page(draft.editable());
            case 'r' -> draft.text = ended(draft.text) + file(rest);
            default -> desk.out().print(ESCAPES);
        }
        desk.out().flush();
        return Optional.empty();
    }

    private static String joined(String one, String other) {
        return one.isBlank() ? other : one + ", " + other;
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    private String quoted(String number) throws Hindrance {
        var words = number.isEmpty() ? List.<String>of() : List.of(number.split(" "));
        var row = Numbers.row(words, session);
        var quoted = new StringBuilder();
        Reading.rendered(session.read(row), 72)
                .lines()
                .forEach(line -> quoted.append("> ").append(line).append('\n'));
        return quoted.toString();
    }

    private static String file(String name) throws Hindrance {
        try {
            return ended(
                    Visible.text(
                            Files.readString(
                                    Path.of(FileNames.expanded(name)), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw Hindrance.system(name, e);
        }
    }

    /// In the person's editor, header and all; again, if what comes back can't be read.
    private void edit() throws Hindrance {
        String editor = desk.editor().orElse("vi");
        try {
            var file = Files.createTempFile("postroom-", ".eml");
            try {
                String page = draft.editable();
                while (true) {
                    Files.writeString(file, page);
                    int code = desk.run(List.of("/bin/sh", "-c", editor + " '" + file + "'"));
                    if (code != 0) throw Hindrance.notSo("The editor ended with " + code + ".");
                    page = Files.readString(file);
                    try {
                        draft.edited(page);
                        return;
                    } catch (Hindrance hindrance) {
                        desk.tell(desk.paint().warning(hindrance.why()));
                        if (!desk.agrees("Edit again?")) throw hindrance;
                    }
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw Hindrance.system("Editing", e);
        }
    }
}
