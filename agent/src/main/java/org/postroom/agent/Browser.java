package org.postroom.agent;

import org.postroom.agent.access.Access.Level;
import org.postroom.agent.access.Mailbox;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.imap.Flag;
import org.postroom.imap.SearchKey;
import org.postroom.mime.Outline;
import org.postroom.mime.render.Columns;
import org.postroom.mime.render.Visible;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/// The full screen: the index above, the letter below, the keys at the bottom. Each key is one of the
/// verbs.
final class Browser {

    private static final long TICK =
            200; // milliseconds between two looks whether something was told
    private static final long PAUSE =
            10_000_000_000L; // nanoseconds between two looks at the server

    private final Session session;
    private final Screen screen;
    private final Commands commands;
    private final Canvas canvas;
    private final IndexPane index;
    private final LetterPane letter = new LetterPane();
    private boolean wholeHeader;
    private String sought = "";
    private String status = "";
    private long looked = System.nanoTime();

    Browser(Session session, Screen screen, Commands commands) throws Hindrance {
        this.session = session;
        this.screen = screen;
        this.commands = commands;
        this.index = new IndexPane(session);
        this.canvas = new Canvas(screen);
    }

    void run() throws Hindrance {
        try {
            session.news();
            index.all();
            if (session.current() > 0) index.atNumber(session.current());
            else index.last();
            boolean goesOn = true;
            while (goesOn) {
                hear();
                if (!screen.isTyped()) draw();
                int key = screen.key(TICK);
                try {
                    if (key == -2) look();
                    else goesOn = pressed(key);
                } catch (Hindrance hindrance) {
                    trouble(hindrance);
                }
            }
        } finally {
            canvas.close();
            if (index.number() > 0) session.current(index.number());
        }
    }

    private void trouble(Hindrance hindrance) throws Hindrance {
        status = hindrance.why();
        if (hindrance.kind() != Hindrance.Kind.UNREACHABLE) return;
        session.hangUp(); // and called anew
        index.all();
    }

    // ---- what happens meanwhile

    /// What could not be printed over the screen: a line in the last line, more than that over all.
    private void hear() throws Hindrance {
        for (var told = screen.missed(); told.isPresent(); told = screen.missed()) {
            var text = told.get().text().lines().toList();
            if (text.isEmpty()) status = "";
            else if (text.size() > 1) {
                draw();
                int top = Math.max(1, (screen.height() - text.size()) / 2);
                canvas.over(top, screen.broken(told.get().text()));
                told.get().shown().complete(true);
                screen.key();
                canvas.take();
            } else status = Screen.unpainted(text.getFirst());
            told.get().shown().complete(true);
            looked = 0; // it may be about a letter
        }
    }

    /// New letters appear by themselves, at the end.
    private void look() throws Hindrance {
        if (!index.isAll() || System.nanoTime() - looked < PAUSE) return;
        looked = System.nanoTime();
        arrived(session.news());
    }

    private void arrived(int news) throws Hindrance {
        if (news == 0) return;
        boolean follow = index.isAtEnd() && !letter.isOpen();
        index.all();
        if (follow) index.last();
        status = Index.count(news, "new letter") + ".";
    }

    // ---- the screen

    private void draw() throws Hindrance {
        int height = screen.height();
        boolean reading = letter.isOpen();
        int room = reading ? Math.max(3, height / 4) : height - 2;
        var lines = new ArrayList<String>();
        index.draw(lines, room, screen, canvas);
        String end = (reading ? letter.place() + "  " : "") + session.account.name() + " ";
        lines.add(canvas.bar(" " + index.place(), end));
        if (reading) letter.draw(lines, height - room - 2);
        int width = screen.width() - 1;
        lines.add(
                status.isEmpty()
                        ? screen.paint().faint(hints(reading, width))
                        : screen.paint().warning(Columns.fit(Visible.line(status, 300), width)));
        canvas.draw(lines);
    }

    private static String hints(boolean reading, int width) {
        return reading
                ? Key.hints(
                        width,
                        Key.HELP,
                        Key.QUIT,
                        Key.PAGE,
                        Key.NEXT,
                        Key.REPLY,
                        Key.REPLY_ALL,
                        Key.FORWARD,
                        Key.DELETE,
                        Key.MOVE,
                        Key.PARTS,
                        Key.SAVE,
                        Key.HEADER)
                : Key.hints(
                        width,
                        Key.HELP,
                        Key.QUIT,
                        Key.READ,
                        Key.WRITE,
                        Key.REPLY,
                        Key.DELETE,
                        Key.MOVE,
                        Key.TAG,
                        Key.SEARCH,
                        Key.THREADS,
                        Key.MAILBOXES,
                        Key.FLAG);
    }

    // ---- keys

    /// @return whether it goes on
    private boolean pressed(int pressed) throws Hindrance {
        if (pressed == -1 || pressed == 4) return false;
        status = "";
        var key = Key.of(pressed);
        if (key.isEmpty()) status = "? shows the keys.";
        else if (key.get() == Key.QUIT) return back();
        else if (key.get() == Key.NUMBER) number((char) pressed);
        else obey(key.get());
        return true;
    }

    /// From the letter to the index, from some letters to all, from there to the prompt.
    private boolean back() throws Hindrance {
        if (letter.isOpen()) letter.close();
        else if (!index.isAll()) all();
        else return false;
        return true;
    }

    private void obey(Key key) throws Hindrance {
        boolean reading = letter.isOpen();
        switch (key) {
            case NEXT -> move(1);
            case BEFORE -> move(-1);
            case PAGE -> {
                if (!reading) index.move(screen.height() - 3);
                else if (!letter.turn(1)) move(1);
            }
            case PAGE_BACK -> {
                if (reading) letter.turn(-1);
                else index.move(3 - screen.height());
            }
            case FIRST -> move(-index.size());
            case LAST -> move(index.size());
            case READ -> {
                if (reading) letter.scroll(1);
                else open();
            }
            case LINE_BACK -> letter.scroll(-1);
            case NEW -> nextNew();
            case HEADER -> {
                wholeHeader = !wholeHeader;
                open();
            }
            case PARTS -> parts();
            case SAVE -> with("Save to: ", Verb.Words.FILE, to -> line(Verb.SAVE, which(), to));
            case PIPE ->
                    with(
                            "Give it to: ",
                            Verb.Words.NONE,
                            to -> aside(() -> line(Verb.PIPE, which(), to)));
            case PRINT -> aside(() -> line(Verb.PRINT, which()));
            case JOIN -> aside(() -> line(Verb.JOIN, number()));
            case WRITE -> write(() -> commands.run(Verb.SEND, given(Verb.SEND)));
            case REPLY -> answer();
            case REPLY_ALL -> answer(Option.ALL);
            case REPLY_LIST -> answer(Option.TO_LIST);
            case FORWARD -> forward();
            case FORWARD_WHOLE -> forward(Option.ATTACHED);
            case RESEND ->
                    with("Resend to: ", Verb.Words.PEOPLE, to -> line(Verb.RESEND, number(), to));
            case RECALL -> recall();
            case DELETE -> gone(() -> commands.filing().delete(rows()));
            case DELETE_THREAD -> gone(() -> commands.filing().delete(thread()));
            case MOVE ->
                    with(
                            "Move to: ",
                            Verb.Words.MAILBOX,
                            to -> gone(() -> line(Verb.MOVE, which(), to)));
            case MOVE_THREAD ->
                    with(
                            "Move the thread to: ",
                            Verb.Words.MAILBOX,
                            to -> gone(() -> line(Verb.MOVE, "thread:" + number(), to)));
            case COPY -> with("Copy to: ", Verb.Words.MAILBOX, to -> line(Verb.COPY, which(), to));
            case UNDO -> undo();
            case EXPUNGE -> {
                commands.filing().expunge();
                reopened();
            }
            case FLAG -> toggle(Flag.FLAGGED);
            case UNSEEN -> toggle(Flag.SEEN);
            case TAG -> tag();
            case TAG_ALL -> {
                if (!session.tagged().removeAll(index.numbers()))
                    session.tagged().addAll(index.numbers());
            }
            case SEARCH -> {
                if (reading) find();
                else with("Search: ", Verb.Words.SEARCH, this::search);
            }
            case ALL -> all();
            case THREADS -> threads();
            case MAILBOXES -> mailboxes();
            case OPEN -> with("Open: ", Verb.Words.MAILBOX, this::opened);
            case CHECK -> {
                int news = session.news();
                if (news == 0) status = "Nothing new.";
                arrived(news);
            }
            case VERB -> with(":", Verb.Words.VERB, this::said);
            case HELP -> shown(Key.helpPage(screen.width()));
            case QUIT, NUMBER -> {}
        }
    }

    // ---- which letters

    private Row here() throws Hindrance {
        return index.current().orElseThrow(() -> Hindrance.notSo("There is no letter here."));
    }

    private String number() throws Hindrance {
        return Integer.toString(here().number());
    }

    /// The tagged ones, else the one at the cursor: as words, and as rows.
    private String which() throws Hindrance {
        return session.tagged().isEmpty() ? number() : "tagged";
    }

    private List<Row> rows() throws Hindrance {
        return Numbers.rows(List.of(which()), session);
    }

    private List<Row> thread() throws Hindrance {
        return Numbers.rows(List.of("thread:" + number()), session);
    }

    // ---- moving

    private void move(int by) throws Hindrance {
        if (index.move(by) && letter.isOpen()) open();
    }

    private void number(char digit) {
        canvas.ask("Letter: ", String.valueOf(digit), Verb.Words.NONE)
                .filter(said -> said.matches("[0-9]{1,7}"))
                .ifPresent(said -> index.atNumber(Integer.parseInt(said)));
        letter.close();
    }

    private void open() throws Hindrance {
        var row = here();
        session.current(row.number());
        letter.show(screen.broken(commands.reading().text(row, screen.width(), wholeHeader)));
        commands.reading().seen(row);
    }

    private void nextNew() throws Hindrance {
        for (int number : session.access().search(new SearchKey.Not(new SearchKey.Has(Flag.SEEN))))
            if (number > index.number()) {
                if (!index.isAll()) index.all();
                index.atNumber(number);
                open();
                return;
            }
        status = "Nothing new behind this one.";
    }

    private void all() throws Hindrance {
        int number = index.number();
        index.all();
        index.atNumber(number);
    }

    private void threads() throws Hindrance {
        int number = index.number();
        if (index.isAll()) {
            var access = session.access();
            index.show(
                    new Order.Chosen(access, access.threads()), access.mailbox() + ", by threads");
        } else index.all();
        index.atNumber(number);
    }

    private void search(String words) throws Hindrance {
        var found = session.access().search(Conditions.parse(Typed.split(words)));
        session.found(found);
        if (found.isEmpty()) throw Hindrance.notSo("Nothing was found.");
        index.show(
                new Order.Chosen(
                        session.access(),
                        found.stream().map(number -> new Level(number, 0)).toList()),
                session.access().mailbox() + ": " + words);
        index.last();
    }

    /// In the letter; nothing said looks for the same again.
    private void find() {
        sought = canvas.ask("Find: ", "", Verb.Words.NONE).orElse(sought);
        if (!sought.isEmpty() && !letter.find(sought)) status = "It does not say " + sought + ".";
    }

    // ---- mailboxes

    private void mailboxes() throws Hindrance {
        var all = session.server().mailboxes("*").stream().filter(Mailbox::selectable).toList();
        var lines = new ArrayList<String>();
        int here = 0;
        for (var mailbox : all) {
            if (mailbox.name().equals(session.access().mailbox())) here = lines.size();
            var count =
                    lines.size() < Index.MOST_COUNTED
                            ? session.server().count(mailbox.name())
                            : Optional.<org.postroom.agent.access.Access.Count>empty();
            lines.add(Screen.unpainted(commands.index().line(mailbox, count)));
        }
        var chooser =
                new Chooser(screen, canvas, "Mailboxes of " + session.account.name(), lines, "");
        var chosen = chooser.choose(here);
        if (chosen.isPresent()) opened(all.get(chosen.get().index()).name());
    }

    private void opened(String mailbox) throws Hindrance {
        session.open(mailbox);
        letter.close();
        index.all();
        index.last();
    }

    /// The same one, its letters numbered anew.
    private void reopened() throws Hindrance {
        int before = index.cursor();
        session.open(session.access().mailbox());
        letter.close();
        index.all();
        index.at(before);
    }

    // ---- filing

    /// What takes letters out of this mailbox: the next one is at the cursor then, and shown. What is
    /// only marked stays, and the cursor goes on.
    private void gone(Wish wish) throws Hindrance {
        int before = index.size();
        wish.fulfil();
        session.tagged().clear();
        var told = heard();
        if (!told.isEmpty()) status = told;
        index.sweep();
        if (index.size() == before) move(1);
        else if (letter.isOpen() && index.size() > 0) open();
        else if (index.size() == 0) letter.close();
    }

    private void undo() throws Hindrance {
        if (here().has(Flag.DELETED)) session.access().mark(rows(), Flag.DELETED, false);
        else if (commands.filing().bringBack()) {
            letter.close();
            int before = index.cursor();
            index.all();
            index.at(before);
        } else status = "There is nothing to undo.";
    }

    private void toggle(Flag flag) throws Hindrance {
        session.access().mark(rows(), flag, !here().has(flag));
        session.tagged().clear();
    }

    private void tag() {
        int number = index.number();
        if (number > 0 && !session.tagged().remove(number)) session.tagged().add(number);
        index.move(1);
    }

    // ---- writing

    private void answer(Option... how) throws Hindrance {
        var row = here();
        write(() -> commands.writing().reply(row, given(Verb.REPLY, how)));
    }

    private void forward(Option... how) throws Hindrance {
        var row = here();
        write(() -> commands.writing().forward(row, "", given(Verb.FORWARD, how)));
    }

    private void recall() throws Hindrance {
        boolean draft = here().has(Flag.DRAFT);
        var words = draft ? List.of(number()) : List.<String>of();
        write(() -> commands.run(Verb.RECALL, new Given(Optional.of(Verb.RECALL), none(), words)));
        reopened();
    }

    /// On an empty screen; what is said at the end stands in the last line then.
    private void write(Wish wish) throws Hindrance {
        canvas.give();
        try {
            wish.fulfil();
        } finally {
            status = screen.last();
            canvas.take();
        }
    }

    // ---- parts

    private void parts() throws Hindrance {
        var row = here();
        var fetched = session.read(row);
        var entries = Outline.of(fetched.summary().root());
        var lines = entries.stream().map(entry -> Reading.line(entry, fetched.absent())).toList();
        String title = "Parts of " + row.number();
        var chooser =
                new Chooser(screen, canvas, title, lines, "s save  f fetch what lies elsewhere");
        int at = 0; // of the first that is more than text
        for (int i = entries.size() - 1; i > 0; i--)
            if (entries.get(i).part().children().isEmpty()
                    && !entries.get(i).part().type().type().equals("text")) at = i;
        for (var chosen = chooser.choose(at); chosen.isPresent(); chosen = chooser.choose(at)) {
            at = chosen.get().index();
            String section = entries.get(at).section();
            try {
                part(row, section, chosen.get().key());
            } catch (Hindrance hindrance) {
                shown(hindrance.why() + "\n");
            }
            canvas.take();
        }
        status = heard();
    }

    private void part(Row row, String section, int key) throws Hindrance {
        String number = Integer.toString(row.number());
        switch (key) {
            case 's' -> {
                String name = commands.reading().piece(row, section).name();
                var to = canvas.ask("Save to: ", name, Verb.Words.FILE);
                if (to.isPresent())
                    commands.reading().save(given(Verb.SAVE, List.of(number, to.get()), section));
            }
            case 'f' -> aside(() -> line(Verb.FETCH, number, section));
            default -> aside(() -> line(Verb.VIEW, number, section));
        }
    }

    // ---- verbs

    /// A line of the prompt; what it says is shown.
    private void said(String words) throws Hindrance {
        var given = Given.parse(Typed.split(words));
        var verb = given.verb().orElseThrow(() -> Hindrance.usage("Which verb?"));
        session.current(index.number());
        String mailbox = session.access().mailbox();
        int before = index.cursor();
        if (shows(verb)) aside(() -> commands.run(verb, given));
        else write(() -> commands.run(verb, given));
        index.all();
        if (session.access().mailbox().equals(mailbox)) index.at(before);
        else index.last();
    }

    /// Whether a verb prints what a person then wants to look at.
    private static boolean shows(Verb verb) {
        return switch (verb) {
            case LIST, READ, SEARCH, PARTS, VIEW, PRINT, PIPE, JOIN, FETCH, MAILBOXES, ADDRESSES ->
                    true;
            case OUTBOX, KEYS, ACCOUNTS, COMPLETION, MANUAL, HELP -> true;
            case SAVE, FLAG, MOVE, COPY, DELETE, UNDELETE, EXPUNGE, OPEN, CREATE, RENAME, REMOVE ->
                    false;
            case SEND, REPLY, FORWARD, RESEND, RECALL, CHECK, BROWSE, QUIT -> false;
        };
    }

    private void line(Verb verb, String... words) throws Hindrance {
        commands.run(verb, new Given(Optional.of(verb), none(), List.of(words)));
        if (words[0].equals("tagged")) session.tagged().clear();
        status = heard();
    }

    private static EnumMap<Option, List<String>> none() {
        return new EnumMap<>(Option.class);
    }

    private static Given given(Verb verb, Option... options) {
        var map = none();
        for (var option : options) map.put(option, List.of(""));
        return new Given(Optional.of(verb), map, List.of());
    }

    private static Given given(Verb verb, List<String> words, String part) {
        var map = none();
        map.put(Option.PART, List.of(part));
        return new Given(Optional.of(verb), map, words);
    }

    /// Something that can fail.
    @FunctionalInterface
    private interface Wish {
        void fulfil() throws Hindrance;
    }

    @FunctionalInterface
    private interface Answered {
        void by(String said) throws Hindrance;
    }

    /// Asks in the last line, and goes on if there is an answer.
    private void with(String question, Verb.Words words, Answered answered) throws Hindrance {
        var said = canvas.ask(question, "", words);
        if (said.isPresent()) answered.by(said.get());
    }

    /// What was told while the screen was full.
    private String heard() {
        String last = "";
        for (var told = screen.missed(); told.isPresent(); told = screen.missed()) {
            last = Screen.unpainted(told.get().text());
            told.get().shown().complete(true);
        }
        return last;
    }

    /// On an empty screen, and back at a key.
    private void aside(Wish wish) throws Hindrance {
        canvas.give();
        try {
            wish.fulfil();
            screen.out().print(screen.paint().faint("-- any key"));
            screen.out().flush();
            screen.key();
        } finally {
            canvas.take();
        }
    }

    private void shown(String text) throws Hindrance {
        new Chooser(screen, canvas, "", text.lines().toList(), "").choose(0);
    }
}
