package org.postroom.agent;

import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.mime.render.Columns;
import org.postroom.wire.Fault;
import org.postroom.wire.Secret;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A terminal with a person at it: lines with history and completion, a pager, single keys. Where it is
/// a dumb one, or none at all, lines are all there is.
public final class Screen implements Desk, AutoCloseable {

    private static final long SHOWING = 2000; // milliseconds

    private final Terminal terminal;
    private final PrintWriter out;
    private final Paint paint;
    private final LineReader plain; // for what is no command: no history
    private final Queue<Told> missed = new ConcurrentLinkedQueue<>();
    private @Nullable LineReader commands;
    private @Nullable Completing completing;
    private Verb.Words asked = Verb.Words.NONE; // what is being answered, for completion
    private volatile boolean isFull;
    private volatile boolean isLent; // to another program
    private boolean isAlternate;
    private @Nullable Attributes
            cooked; // what the terminal was like before keys were read one by one
    private String last = "";

    private Screen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.writer();
        this.paint = Paint.of(!isDumb());
        this.plain =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .parser((line, at, how) -> Completing.parser(asked).parse(line, at, how))
                        .completer((_, line, candidates) -> {
                            var known = completing;
                            if (known != null) known.candidates(asked, line.word(), candidates);
                        })
                        .build();
        plain.setVariable(LineReader.DISABLE_HISTORY, true);
        plain.unsetOpt(LineReader.Option.INSERT_TAB);
        plain.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
    }

    /// @param standard where output goes while no terminal can be had
    public static Screen of(PrintWriter standard) throws Hindrance {
        standard.flush();
        try {
            return new Screen(
                    TerminalBuilder.builder()
                            .system(true)
                            .dumb(true)
                            .encoding(StandardCharsets.UTF_8)
                            .nativeSignals(true)
                            .build());
        } catch (IOException e) {
            throw Hindrance.system("The terminal", e);
        }
    }

    public Terminal terminal() {
        return terminal;
    }

    public boolean isDumb() {
        return terminal.getType().startsWith("dumb");
    }

    /// Who reads commands, with a history of their own and their completion.
    public LineReader commands(Folder folder, String history, Completer completer)
            throws Hindrance {
        var parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(false);
        var reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("postroom")
                        .parser(parser)
                        .completer(completer)
                        .build();
        try {
            folder.make();
        } catch (IOException e) {
            throw Hindrance.system("The agent's folder", e);
        }
        reader.setVariable(LineReader.HISTORY_FILE, folder.file(history));
        reader.setVariable(LineReader.HISTORY_FILE_SIZE, 1000);
        reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
        reader.unsetOpt(LineReader.Option.INSERT_TAB);
        commands = reader;
        return reader;
    }

    /// Who knows what a line may go on with.
    void completing(Completing completing) {
        this.completing = completing;
    }

    Completing completing() {
        var known = completing;
        if (known == null) throw new Fault("nobody knows how to complete a line");
        return known;
    }

    /// Whether all of the screen is drawn on, so that nothing else may be printed.
    void full(boolean on) {
        isFull = on;
        if (!on) last = "";
    }

    /// Something that was told while it could not be printed.
    ///
    /// @param shown is done once the person can see it
    record Told(String text, CompletableFuture<Boolean> shown) {}

    /// The oldest thing that could not be printed.
    Optional<Told> missed() {
        return Optional.ofNullable(missed.poll());
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public int width() {
        int width = terminal.getSize().getColumns();
        return width > 20 ? width : 78;
    }

    public int height() {
        int height = terminal.getSize().getRows();
        return height > 5 ? height : 24;
    }

    @Override
    public boolean hasPerson() {
        return true;
    }

    @Override
    public Paint paint() {
        return paint;
    }

    @Override
    public Optional<String> line(String prompt, String begun) {
        return line(prompt, begun, Verb.Words.NONE);
    }

    @Override
    public Optional<String> line(String prompt, String begun, Verb.Words words) {
        out.flush();
        asked = words;
        try {
            return Optional.of(plain.readLine(prompt, null, (Character) null, begun));
        } catch (EndOfFileException | UserInterruptException ended) {
            return Optional.empty();
        } finally {
            asked = Verb.Words.NONE;
        }
    }

    /// One key, where there are keys.
    @Override
    public Optional<Character> choice(String question, String keys) {
        if (isDumb()) return Desk.super.choice(question, keys);
        out.print(question);
        out.flush();
        try {
            int key = key();
            while (key >= 0 && key != 4 && keys.indexOf(key) < 0) key = key();
            if (key < 0 || key == 4) return Optional.empty();
            out.println((char) key);
            return Optional.of((char) key);
        } catch (Hindrance gone) {
            return Optional.empty();
        }
    }

    @Override
    public boolean agrees(String question) {
        return choice(question + " (y/n) ", "ynYN")
                .filter(key -> key == 'y' || key == 'Y')
                .isPresent();
    }

    @Override
    public Secret secret(String what) throws Hindrance {
        out.flush();
        try {
            String typed = plain.readLine(what + ": ", '\0');
            if (typed != null && !typed.isEmpty()) return new Secret(typed);
        } catch (EndOfFileException | UserInterruptException ended) {
            out.flush();
        }
        throw new Hindrance(Kind.NOT_ALLOWED, "No password was given.");
    }

    /// Above the line that is being typed, if one is.
    @Override
    public void tell(String what) {
        if (isFull || isLent) missed.add(new Told(what, new CompletableFuture<>()));
        else print(what);
    }

    /// Tells, and waits until it stands on the screen; at most two seconds, for somebody may wait for
    /// that in turn.
    void say(String what) {
        if (!isFull && !isLent) {
            print(what);
            return;
        }
        var told = new Told(what, new CompletableFuture<>());
        missed.add(told);
        try {
            told.shown.get(SHOWING, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException later) {
            return; // it will be shown all the same
        }
    }

    /// The last line that was told.
    String last() {
        return last;
    }

    private void print(String what) {
        last = unpainted(what);
        var reader = commands;
        if (reader != null && reader.isReading()) reader.printAbove(what);
        else if (plain.isReading()) plain.printAbove(what);
        else {
            out.println(what);
            out.flush();
        }
    }

    @Override
    public int run(List<String> command) throws Hindrance {
        out.print(isAlternate ? Canvas.LEAVE : "");
        out.flush();
        isLent = true;
        terminal.pause();
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw Hindrance.system(command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Hindrance(Kind.LATER, "Interrupted.");
        } finally {
            terminal.resume();
            out.print(isAlternate ? Canvas.ENTER : "");
            out.flush();
            isLent = false;
            if (!isFull)
                for (var told = missed(); told.isPresent(); told = missed()) {
                    print(told.get().text());
                    told.get().shown().complete(true);
                }
        }
    }

    /// Whether the screen is the terminal's other one, which other programs have to be spared.
    void alternate(boolean on) {
        isAlternate = on;
    }

    // ---- the pager

    @Override
    public void page(String text) throws Hindrance {
        var lines = broken(text);
        int room = height() - 1;
        if (isDumb() || lines.size() <= room) {
            lines.forEach(out::println);
            out.flush();
            return;
        }
        new Pager(this, lines).run();
    }

    /// No line wider than the screen, so that lines can be counted.
    List<String> broken(String text) {
        var lines = new ArrayList<String>();
        int width = width();
        for (var line : text.stripTrailing().split("\n", -1)) {
            String rest = line.replace("\t", "    ");
            while (visibleWidth(rest) > width) {
                int cut = cut(rest, width);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            lines.add(rest);
        }
        return lines;
    }

    /// Without our own paint.
    private static int visibleWidth(String line) {
        return Columns.of(unpainted(line));
    }

    static String unpainted(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    private static int cut(String line, int width) {
        int wide = 0;
        int i = 0;
        while (i < line.length()) {
            if (line.charAt(i) == '\u001b') {
                int end = line.indexOf('m', i);
                i = end < 0 ? line.length() : end + 1;
                continue;
            }
            int c = line.codePointAt(i);
            wide += Columns.of(c);
            if (wide > width) return Math.max(i, 1);
            i += Character.charCount(c);
        }
        return i;
    }

    /// From now on keys come one by one, and are not shown; or as the terminal has them by itself.
    void raw(boolean on) {
        var before = cooked;
        if (on && before == null) cooked = terminal.enterRawMode();
        else if (!on && before != null) {
            terminal.setAttributes(before);
            cooked = null;
        }
    }

    /// Whether a key waits to be read, so that what it does is soon drawn anyway.
    boolean isTyped() throws Hindrance {
        try {
            return cooked != null && terminal.reader().peek(1) >= 0;
        } catch (IOException e) {
            throw Hindrance.system("The terminal", e);
        }
    }

    /// One key; -1 at the end of input.
    int key() throws Hindrance {
        return key(0);
    }

    /// @param millis how long to wait for it, 0 for ever; then -2
    int key(long millis) throws Hindrance {
        boolean isRaw = cooked != null;
        raw(true);
        try {
            NonBlockingReader reader = terminal.reader();
            int key = millis > 0 ? reader.read(millis) : reader.read();
            if (key != 27) return key;
            int next = reader.read(50); // an arrow, or Escape by itself
            if (next != '[' && next != 'O') return next < 0 ? 27 : key;
            int last = reader.read(50);
            while ((last >= '0' && last <= '9') || last == ';') {
                int digit = last;
                last = reader.read(50);
                if (last == '~')
                    return switch (digit) {
                        case '1', '7' -> 'g';
                        case '4', '8' -> 'G';
                        case '5' -> 'b';
                        case '6' -> ' ';
                        default -> 27;
                    };
            }
            return switch (last) {
                case 'A' -> 'k';
                case 'B' -> 'j';
                case 'H' -> 'g';
                case 'F' -> 'G';
                default -> 27;
            };
        } catch (IOException e) {
            throw Hindrance.system("The terminal", e);
        } finally {
            raw(isRaw);
        }
    }

    @Override
    public void close() throws Hindrance {
        try {
            terminal.close();
        } catch (IOException e) {
            throw Hindrance.system("The terminal", e);
        }
    }
}
