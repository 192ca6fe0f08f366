package org.postroom.command;

import java.io.PrintWriter;
import org.postroom.control.Exit;

/// What each verb does.
final class Commands {

    private final PrintWriter out;

    Commands(PrintWriter out) {
        this.out = out;
    }

    int run(Verb verb, Arguments arguments) {
        out.println(verb + " " + arguments.home());
        return Exit.OK;
    }
}
