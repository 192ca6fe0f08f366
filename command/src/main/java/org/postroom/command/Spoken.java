package org.postroom.command;

import org.postroom.control.Exit;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.PrintWriter;

/// What was said on the command line, as picocli understands it. [Main] does not name picocli, since a
/// server that starts without it is the earlier there.
final class Spoken {

    private Spoken() {}

    /// Does it, or says what is wrong with it.
    static int run(Streams streams, String... words) {
        var line = CommandTree.of();
        var out = streams.text();
        var err = streams.errors();
        try {
            var parsed = CommandTree.innermost(line.parseArgs(words));
            var called = parsed.commandSpec().commandLine();
            if (parsed.isVersionHelpRequested()) called.printVersionHelp(out);
            else if (parsed.isUsageHelpRequested()) called.usage(out);
            else if (parsed.commandSpec().userObject() instanceof Verb verb)
                return new Commands(streams).run(verb, Arguments.of(verb, parsed));
            else {
                called.usage(err);
                return isPgp(words) ? Sop.UNSUPPORTED_SUBCOMMAND.exit : Exit.USAGE;
            }
            return Exit.OK;
        } catch (ParameterException wrong) {
            int exit = refuse(wrong, err);
            return isPgp(words) ? Sop.of(wrong).exit : exit;
        }
    }

    private static boolean isPgp(String... words) {
        return words.length > 0 && words[0].equals("pgp");
    }

    private static int refuse(ParameterException wrong, PrintWriter err) {
        err.println("postroom: " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err))
            err.println(
                    "Try: "
                            + wrong.getCommandLine().getCommandSpec().qualifiedName(" ")
                            + " --help");
        return Exit.USAGE;
    }
}
