package org.postroom.command;

import org.postroom.control.Exit;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where `./postroom` begins.
public final class Main {

    private Main() {}

    public static void main(String[] words) {
        int code =
                run(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                        words);
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code); // all is closed; an orderly exit would only wake the log
    }

    /// Runs one command and says how it ended ([Exit]).
    static int run(PrintWriter out, PrintWriter err, String... words) {
        if (words.length > 0 && words[0].equals("sendmail") && !isHelp(words))
            return Sendmail.run(List.of(words).subList(1, words.length), System.in, err);
        if (words.length > 0 && words[0].equals(Verb.SERVE.path)) {
            var plain = Arguments.plain(Verb.SERVE, List.of(words).subList(1, words.length));
            if (plain.isPresent()) return new Commands(out, err).run(Verb.SERVE, plain.get());
        }
        var line = CommandTree.of();
        try {
            var parsed = CommandTree.innermost(line.parseArgs(words));
            var called = parsed.commandSpec().commandLine();
            if (parsed.isVersionHelpRequested()) called.printVersionHelp(out);
            else if (parsed.isUsageHelpRequested()) called.usage(out);
            else if (parsed.commandSpec().userObject() instanceof Verb verb)
                return new Commands(out, err).run(verb, Arguments.of(verb, parsed));
            else {
                called.usage(err);
                return Exit.USAGE;
            }
            return Exit.OK;
        } catch (ParameterException wrong) {
            return refuse(wrong, err);
        }
    }

    private static boolean isHelp(String... words) {
        return words.length > 1 && (words[1].equals("--help") || words[1].equals("--version"));
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
