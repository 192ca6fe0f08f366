package org.postroom.agent;

import org.postroom.agent.access.Access.Level;
import org.postroom.agent.access.Row;
import org.postroom.agent.account.Hindrance;
import org.postroom.imap.Flag;
import org.postroom.imap.SearchKey;
import org.postroom.mime.render.Columns;
import org.postroom.mime.render.Visible;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The full screen: the index above, the letter below, the keys at the bottom. Each key is one of the
/// verbs; a row of the index is fetched when it is scrolled to.
final class Browser {

    private static final String INDEX_KEYS =
            "? keys  q quit  ↵ read  w write  r reply  d delete  m move  / search  t threads  o"
                    + " open";
    private static final String LETTER_KEYS =
            "? keys  q index  space on  j next  k before  r reply  R all  f forward  d delete  v"
                    + " parts";

    private static final long LOOKS = 1000; // milliseconds without a key
    private static final long PAUSE = 10_000_000_000L; // nanoseconds between two looks

    private static final String MORE =
            """
            In the index                       In a letter
              j k ↓ ↑     down, up               space b    on, back
              space b     a page on, back        j k        next letter, the one before
              g G         first, last            v          its parts: view and save
              return      read                   |          give it to a command
              n           next new one           s          save to a file

            Anywhere
              w write    r reply   R reply to all   L to the list   f forward   F as attachment
              d delete   u undelete   x expunge     ! flag          N new again
              m move     c copy    o open mailbox   T file the whole thread
              / search   t threads   a all again    * check for new ones
              q back, or quit
            """;

    private final Session session;
    private final Screen screen;
    private final Commands commands;
    private final Canvas canvas;
    private Order order = new Order.Plain(0);
    private String title = "";
    private int cursor;
    private int top;
    private List<String> letter = List.of(); // empty: the index alone
    private int letterTop;
    private String status = "";
    private long looked = System.nanoTime();

    Browser(Session session, Screen screen, Commands commands) {
        this.session = session;
        this.screen = screen;
        this.commands = commands;
        this.canvas = new Canvas(screen);
    }

    void run() throws Hindrance {
        try {
            session.news();
            all();
            cursor = Math.max(0, session.current() > 0 ? session.current() - 1 : order.size() - 1);
            while (true) {
                draw();
                int key = screen.key(LOOKS);
                if (key == -2) {
                    look();
                    continue;
                }
                status = "";
                try {
                    if (!obey(key)) return;
                } catch (Hindrance hindrance) {
                    status = hindrance.why();
                    if (hindrance.kind() == Hindrance.Kind.UNREACHABLE) {
                        session.hangUp();
                        all();
                    }
                }
            }
        } finally {
            canvas.close();
            current().ifPresent(row -> session.current(row.number()));
        }
    }

    /// New letters appear by themselves, at the end.
    private void look() throws Hindrance {
        if (!(order instanceof Order.Plain) || System.nanoTime() - looked < PAUSE) return;
        looked = System.nanoTime();
        int news = session.news();
        if (news == 0) return;
        boolean atEnd = cursor == order.size() - 1 && letter.isEmpty();
        all();
        if (atEnd) cursor = order.size() - 1;
        status = Index.count(news, "new letter") + ".";
    }

    /// Back to all letters, in the order in which they came.
    private void all() throws Hindrance {
        order = new Order.Plain(session.access().last());
        title = session.access().mailbox();
    }

    // ---- what is drawn

    private void draw() throws Hindrance {
        int height = screen.height();
        boolean both = !letter.isEmpty();
        int index = both ? Math.max(3, height / 4) : height - 2;
        var lines = new ArrayList<String>(height);
        index(lines, index);
        lines.add(canvas.bar(bar()));
        if (both) {
            int room = height - index - 2;
            letterTop = Math.max(0, Math.min(letterTop, letter.size() - 1));
            for (int i = 0; i < room; i++)
                lines.add(letterTop + i < letter.size() ? letter.get(letterTop + i) : "");
        }
        String keys = both ? LETTER_KEYS : INDEX_KEYS;
        lines.add(
                status.isEmpty()
                        ? screen.paint().faint(Columns.fit(keys, screen.width() - 1))
                        : screen.paint()
                                .warning(
                                        Columns.fit(
                                                Visible.line(status, 300), screen.width() - 1)));
        canvas.draw(lines);
    }

    private void index(List<String> lines, int room) throws Hindrance {
        cursor = Math.max(0, Math.min(cursor, order.size() - 1));
        if (cursor < top) top = cursor;
        if (cursor >= top + room) top = cursor - room + 1;
        top = Math.max(0, Math.min(top, Math.max(0, order.size() - room)));
        var now = ZonedDateTime.now(ZoneId.systemDefault());
        prefetch(room);
        for (int i = 0; i < room; i++) {
            int at = top + i;
            if (at >= order.size()) {
                lines.add("");
                continue;
            }
            var level = order.at(at);
            var row = row(level);
            String line =
                    row.map(it -> IndexLine.of(it, level.depth(), false, now, screen.width()))
                            .orElse(String.format(Locale.ROOT, "%5d (gone)", level.number()));
            boolean fresh = row.filter(it -> !it.has(Flag.SEEN)).isPresent();
            lines.add(at == cursor ? canvas.bar(line) : fresh ? screen.paint().bold(line) : line);
        }
    }

    /// All that is about to be shown in one question.
    private void prefetch(int room) throws Hindrance {
        if (order instanceof Order.Plain && order.size() > 0)
            session.access().rows(top + 1, Math.min(order.size(), top + room));
    }

    private String bar() {
        String place = Visible.line(title, 60);
        String count = Index.count(order.size(), "letter");
        return " " + place + "  " + count + (order.size() > 0 ? "  " + (cursor + 1) : "");
    }

    private Optional<Row> row(Level level) throws Hindrance {
        return session.access().rows(level.number(), level.number()).stream().findFirst();
    }

    private Optional<Row> current() throws Hindrance {
        return order.size() == 0 ? Optional.empty() : row(order.at(cursor));
    }

    private Row here() throws Hindrance {
        return current().orElseThrow(() -> Hindrance.notSo("There is no letter here."));
    }

    // ---- what a key does

    private boolean obey(int key) throws Hindrance {
        boolean reading = !letter.isEmpty();
        switch (key) {
            case 'q', 27 -> {
                if (!reading) return order instanceof Order.Plain ? false : back();
                letter = List.of();
            }
            case -1, 3, 4 -> {
                return false;
            }
            case 'j' -> move(1, reading);
            case 'k' -> move(-1, reading);
            case ' ' -> {
                if (reading) turn(1);
                else cursor += screen.height() - 3;
            }
            case 'b' -> {
                if (reading) turn(-1);
                else cursor -= screen.height() - 3;
            }
            case 'g' -> move(-order.size(), false);
            case 'G' -> move(order.size(), false);
            case '\r', '\n' -> {
                if (reading) letterTop++;
                else open();
            }
            case 'n', '\t' -> nextNew();
            case '?' -> shown(MORE);
            default -> verb(key);
        }
        return true;
    }

    private boolean back() throws Hindrance {
        int number = order.size() == 0 ? 1 : order.at(cursor).number();
        all();
        cursor = number - 1;
        return true;
    }

    private void move(int by, boolean reading) throws Hindrance {
        int before = cursor;
        cursor = Math.max(0, Math.min(order.size() - 1, cursor + by));
        if (reading && cursor != before) open();
    }

    private void turn(int direction) throws Hindrance {
        int page = screen.height() - Math.max(3, screen.height() / 4) - 3;
        if (direction > 0 && letterTop + page >= letter.size()) move(1, true);
        else letterTop = Math.max(0, letterTop + direction * page);
    }

    private void open() throws Hindrance {
        var row = here();
        letter = screen.broken(commands.reading().text(row, screen.width()));
        letterTop = 0;
        session.current(row.number());
        commands.reading().seen(row);
    }

    private void nextNew() throws Hindrance {
        int here = order.size() == 0 ? 0 : order.at(cursor).number();
        for (int number : session.access().search(new SearchKey.Not(new SearchKey.Has(Flag.SEEN))))
            if (number > here) {
                if (!(order instanceof Order.Plain)) all();
                cursor = number - 1;
                open();
                return;
            }
        status = "Nothing new behind this one.";
    }

    private void verb(int key) throws Hindrance {
        var access = session.access();
        switch (key) {
            case 'w' -> aside(() -> commands.run(Verb.SEND, given(Verb.SEND)));
            case 'r' -> answer(Optional.empty());
            case 'R' -> answer(Optional.of(Option.ALL));
            case 'L' -> answer(Optional.of(Option.TO_LIST));
            case 'f' -> forward(false);
            case 'F' -> forward(true);
            case 'd' -> gone(() -> commands.filing().delete(List.of(here())));
            case 'u' -> access.mark(List.of(here()), Flag.DELETED, false);
            case 'x' -> {
                access.expunge();
                reopened();
            }
            case '!' -> access.mark(List.of(here()), Flag.FLAGGED, !here().has(Flag.FLAGGED));
            case 'N' -> access.mark(List.of(here()), Flag.SEEN, !here().has(Flag.SEEN));
            case 'm' ->
                    asked("Move to: ")
                            .ifPresent(
                                    to -> wish(() -> gone(() -> access.move(List.of(here()), to))));
            case 'T' ->
                    asked("Move the whole thread to: ")
                            .ifPresent(to -> wish(() -> gone(() -> thread(to))));
            case 'c' ->
                    asked("Copy to: ")
                            .ifPresent(to -> wish(() -> access.copy(List.of(here()), to)));
            case 's' ->
                    asked("Save to file: ")
                            .ifPresent(to -> wish(() -> line(Verb.SAVE, number(), to)));
            case '|' ->
                    asked("Give it to: ")
                            .ifPresent(to -> aside(() -> line(Verb.PIPE, number(), to)));
            case 'o' -> asked("Open: ").ifPresent(to -> wish(() -> opened(to)));
            case '/' -> asked("Search: ").ifPresent(words -> wish(() -> search(words)));
            case 't' -> {
                order = new Order.Chosen(access.threads());
                title = access.mailbox() + ", by threads";
                cursor = order.size() - 1;
            }
            case 'a' -> back();
            case '*' -> {
                int news = access.news();
                all();
                status = news == 0 ? "Nothing new." : Index.count(news, "new letter") + ".";
            }
            case 'v' -> parts();
            default -> status = "? shows the keys.";
        }
    }

    private String number() throws Hindrance {
        return Integer.toString(here().number());
    }

    private void thread(String to) throws Hindrance {
        session.access().move(Numbers.rows(List.of("thread:" + number()), session), to);
    }

    private void opened(String mailbox) throws Hindrance {
        session.open(mailbox);
        letter = List.of();
        all();
        cursor = order.size() - 1;
    }

    /// After letters were removed: numbers begin anew.
    private void reopened() throws Hindrance {
        int before = cursor;
        session.open(session.access().mailbox());
        letter = List.of();
        all();
        cursor = before;
    }

    private void search(String words) throws Hindrance {
        var found = session.access().search(Conditions.parse(Typed.split(words)));
        session.found(found);
        if (found.isEmpty()) throw Hindrance.notSo("Nothing was found.");
        order = new Order.Chosen(found.stream().map(number -> new Level(number, 0)).toList());
        title = session.access().mailbox() + ": " + words;
        letter = List.of();
        cursor = order.size() - 1;
    }

    private void answer(Optional<Option> how) throws Hindrance {
        var row = here();
        var given = how.map(option -> given(Verb.REPLY, option)).orElse(given(Verb.REPLY));
        aside(() -> commands.writing().reply(row, given));
    }

    private void forward(boolean attached) throws Hindrance {
        var row = here();
        var given = attached ? given(Verb.FORWARD, Option.ATTACHED) : given(Verb.FORWARD);
        aside(() -> commands.writing().forward(row, "", given));
    }

    private void parts() throws Hindrance {
        aside(() -> {
            line(Verb.PARTS, number());
            var part = screen.line("View which part (s PART saves, return goes back): ", "");
            var words = part.map(it -> it.strip()).orElse("");
            if (words.startsWith("s "))
                commands.reading()
                        .save(given(Verb.SAVE, List.of(number()), words.substring(2).strip()));
            else if (!words.isEmpty()) line(Verb.VIEW, number(), words);
        });
    }

    private void line(Verb verb, String... words) throws Hindrance {
        commands.run(
                verb, new Given(Optional.of(verb), new EnumMap<>(Option.class), List.of(words)));
    }

    private static Given given(Verb verb, Option... options) {
        var map = new EnumMap<Option, List<String>>(Option.class);
        for (var option : options) map.put(option, List.of(""));
        return new Given(Optional.of(verb), map, List.of());
    }

    private static Given given(Verb verb, List<String> words, String part) {
        var map = new EnumMap<Option, List<String>>(Option.class);
        map.put(Option.PART, List.of(part));
        return new Given(Optional.of(verb), map, words);
    }

    // ---- what happens meanwhile

    @FunctionalInterface
    private interface Wish {
        void fulfil() throws Hindrance;
    }

    private void wish(Wish wish) {
        try {
            wish.fulfil();
        } catch (Hindrance hindrance) {
            status = hindrance.why();
        }
    }

    /// Something that takes the letter out of this mailbox: the next one is shown.
    private void gone(Wish wish) throws Hindrance {
        boolean reading = !letter.isEmpty();
        wish.fulfil();
        move(1, reading);
    }

    /// With the terminal as it is outside, and back again at a key.
    private void aside(Wish wish) {
        canvas.leave();
        try {
            wish.fulfil();
            screen.out().print(screen.paint().faint("-- any key"));
            screen.out().flush();
            screen.key();
        } catch (Hindrance hindrance) {
            status = hindrance.why();
        } finally {
            canvas.enter();
        }
    }

    private void shown(String text) {
        aside(() -> screen.page(text));
    }

    private Optional<String> asked(String question) {
        canvas.leave();
        try {
            return screen.line(question, "").map(String::strip).filter(said -> !said.isEmpty());
        } finally {
            canvas.enter();
        }
    }
}
