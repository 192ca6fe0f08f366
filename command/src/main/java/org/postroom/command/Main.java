package org.postroom.command;

import org.postroom.agent.Mail;
import org.postroom.agent.ftp.Ftp;
import org.postroom.home.Home;

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

    /// Runs one command and says how it ended ([org.postroom.control.Exit]).
    static int run(PrintWriter out, PrintWriter err, String... words) {
        return run(new Streams(System.in, System.out, out, err), words);
    }

    static int run(Streams streams, String... words) {
        var out = streams.text();
        var err = streams.errors();
        if (words.length == 0) return Spoken.run(streams, words);
        var rest = List.of(words).subList(1, words.length);
        if (words[0].equals(Verb.SENDMAIL.path) && !isHelp(words))
            return Sendmail.run(rest, streams.in(), out, err);
        // the agents have grammars of their own
        if (words[0].equals(Verb.MAIL.path)) return Mail.run(out, err, Main::socket, rest);
        if (words[0].equals(Verb.FTP.path)) return Ftp.run(out, err, rest);
        if (words[0].equals(Verb.SERVE.path)) {
            var plain = Arguments.plain(Verb.SERVE, rest);
            if (plain.isPresent()) return new Commands(streams).run(Verb.SERVE, plain.get());
        }
        return Spoken.run(streams, words);
    }

    static Path socket(Optional<Path> home, String name) {
        return new Home(Arguments.home(home.map(Path::toString))).socket(name);
    }

    private static boolean isHelp(String... words) {
        return words.length > 1 && (words[1].equals("--help") || words[1].equals("--version"));
    }
}
