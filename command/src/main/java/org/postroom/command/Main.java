package org.postroom.command;

import org.postroom.agent.Mail;
import org.postroom.control.Exit;
import org.postroom.home.Home;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
        // the mail agent has a grammar of its own
        if (words.length > 0 && words[0].equals(Verb.MAIL.path))
            return Mail.run(out, err, Main::socket, List.of(words).subList(1, words.length));
        var line = CommandTree.of();
        try {
            var parsed = CommandTree.innermost(line.parseArgs(words));
            var called = parsed.commandSpec().commandLine();
            if (parsed.isVersionHelpRequested()) called.printVersionHelp(out);
            else if (parsed.isUsageHelpRequested()) called.usage(out);
            else if (parsed.commandSpec().userObject() instanceof Verb verb)
                return new Commands(out, err).run(verb, new Arguments(verb, parsed));
            else {
                called.usage(err);
                return Exit.USAGE;
            }
            return Exit.OK;
        } catch (ParameterException wrong) {
            return refuse(wrong, err);
        }
    }

    static Path socket(Optional<Path> home, String name) {
        return new Home(Arguments.home(home.map(Path::toString))).socket(name);
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
