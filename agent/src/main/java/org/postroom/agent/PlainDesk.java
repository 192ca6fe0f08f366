package org.postroom.agent;

import org.jspecify.annotations.Nullable;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.wire.Secret;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Standard input and output as they are: for scripts, for single commands, and for terminals that can
/// do no more than print.
public final class PlainDesk implements Desk {

    private static final int WIDTH = 78;

    private final PrintWriter out;
    private final PrintWriter err;
    private final BufferedReader in;
    private final @Nullable Console console;

    PlainDesk(PrintWriter out) {
        this(out, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /// @param err for what is told beside the output
    public PlainDesk(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
        this.in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        this.console =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).orElse(null);
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public int width() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9][0-9]{1,3}")
                ? Integer.parseInt(columns)
                : WIDTH;
    }

    @Override
    public boolean hasPerson() {
        return console != null;
    }

    @Override
    public Paint paint() {
        return Paint.of(console != null);
    }

    @Override
    public Optional<String> line(String prompt, String begun) {
        if (console != null) {
            out.print(prompt + begun);
            out.flush();
        }
        try {
            return Optional.ofNullable(in.readLine()).map(line -> begun + line);
        } catch (IOException end) {
            return Optional.empty();
        }
    }

    @Override
    public void page(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public int run(List<String> command) throws Hindrance {
        out.flush();
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw Hindrance.system(command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Hindrance(Kind.LATER, "Interrupted.");
        }
    }

    @Override
    public boolean agrees(String question) {
        if (console == null) return Tty.find().agrees(question);
        return choice(question + " (y/n) ", "yn").filter(key -> key == 'y').isPresent();
    }

    @Override
    public Secret secret(String what) throws Hindrance {
        if (console == null) return Tty.find().secret(what);
        char[] typed = console.readPassword("%s: ", what);
        if (typed == null || typed.length == 0)
            throw new Hindrance(Kind.NOT_ALLOWED, "No password was given.");
        return new Secret(new String(typed));
    }

    @Override
    public void tell(String what) {
        out.flush();
        err.println(what);
    }
}
