package org.postroom.command;

import java.io.PrintWriter;
import org.postroom.control.Exit;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Where `./postroom` begins.
public final class Main {

    private Main() {}

    public static void main(String[] words) {
        int code = run(words);
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code); // all is closed; an orderly exit would only wake the log
    }

    /// Runs one command and says how it ended ([Exit]).
    static int run(String... words) {
        var line = CommandTree.of();
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try {
            var parsed = CommandTree.innermost(line.parseArgs(words));
            var called = parsed.commandSpec().commandLine();
            if (parsed.isVersionHelpRequested()) called.printVersionHelp(out);
            else if (parsed.isUsageHelpRequested()) called.usage(out);
            else if (parsed.commandSpec().userObject() instanceof Verb verb)
                return new Commands(out).run(verb, new Arguments(verb, parsed));
            else return incomplete(called);
            return Exit.OK;
        } catch (ParameterException wrong) {
            return refuse(wrong);
        }
    }

    private static int incomplete(CommandLine group) {
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        group.usage(err);
        return Exit.USAGE;
    }

    private static int refuse(ParameterException wrong) {
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        err.println("postroom: " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err))
            err.println(
                    "Try: "
                            + wrong.getCommandLine().getCommandSpec().qualifiedName(" ")
                            + " --help");
        return Exit.USAGE;
    }
}
