package org.postroom.demo;

import org.postroom.demo.Witness.Kind;

import java.io.PrintWriter;
import java.util.function.Consumer;

/// Where the demo is shown: titles, pictures, and the conversations with the phases of SMTP marked.
final class Stage {

    private final PrintWriter out;
    private int failures;

    Stage(PrintWriter out) {
        this.out = out;
    }

    synchronized void title(String text) {
        out.println();
        out.println("=".repeat(78));
        out.println(text);
        out.println("=".repeat(78));
        out.flush();
    }

    synchronized void say(String text) {
        out.println(text);
        out.flush();
    }

    /// Says whether something is as it should be; what is not makes the demo fail.
    synchronized void expect(String claim, boolean holds) {
        if (!holds) failures++;
        out.println((holds ? "  [as it should be] " : "  [NOT as it should be] ") + claim);
        out.flush();
    }

    synchronized int failures() {
        return failures;
    }

    /// Takes the lines of one conversation.
    Consumer<String> conversation(Kind kind, String hop) {
        var phases = kind == Kind.TRANSFER ? new Phases() : null;
        return line -> {
            synchronized (this) {
                if (phases != null) phases.before(line).ifPresent(phase -> print(hop, phase));
                print(hop, line);
            }
        };
    }

    private void print(String hop, String line) {
        out.printf("  %-34s %s%n", "[" + hop + "]", line);
        out.flush();
    }
}
