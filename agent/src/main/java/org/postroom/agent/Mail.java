package org.postroom.agent;

import org.postroom.agent.account.Account;
import org.postroom.agent.account.Accounts;
import org.postroom.agent.account.Accounts.Homes;
import org.postroom.agent.account.Discovery;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.agent.account.Place;
import org.postroom.agent.account.SecretSource;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// Where `./postroom mail` begins: finds out whose letters are meant, and by which face.
public final class Mail {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Homes homes;
    private final Folder folder = Folder.ofUser();

    private Mail(PrintWriter out, PrintWriter err, Homes homes) {
        this.out = out;
        this.err = err;
        this.homes = homes;
    }

    /// Runs the agent.
    ///
    /// @param homes where the sockets of a home are
    /// @return how it ended, in the numbers of sysexits.h; 1 when nothing was found
    public static int run(PrintWriter out, PrintWriter err, Homes homes, List<String> words) {
        return new Mail(out, err, homes).run(words);
    }

    private int run(List<String> words) {
        try {
            var given = Given.parse(words);
            if (given.has(Option.HELP) || given.verb().filter(Verb.HELP::equals).isPresent()) {
                out.print(
                        given.has(Option.HELP) && given.verb().isPresent()
                                ? Help.of(given.verb().get())
                                : Help.of(given));
                out.flush();
                return 0;
            }
            if (given.verb().filter(Verb.COMPLETION::equals).isPresent()) {
                Completion.print(given, out);
                return 0;
            }
            if (given.verb().filter(Verb.MANUAL::equals).isPresent()) {
                out.print(Manual.text());
                out.flush();
                return 0;
            }
            return face(given);
        } catch (Hindrance hindrance) {
            out.flush();
            err.println("postroom mail: " + hindrance.why());
            return hindrance.kind().exit;
        }
    }

    private int face(Given given) throws Hindrance {
        var verb = given.verb();
        if (verb.isEmpty() || verb.get() == Verb.BROWSE || verb.get() == Verb.QUIT) {
            try (var desk = Screen.of(out)) {
                var account = account(given, desk);
                return new Prompt(session(given, account, desk), desk).run(given);
            }
        }
        var desk = new PlainDesk(out);
        var account = account(given, desk);
        try (var session = session(given, account, desk)) {
            int code = new Commands(session).run(verb.get(), given);
            out.flush();
            return code;
        }
    }

    private Session session(Given given, Account account, Desk desk) throws Hindrance {
        return new Session(
                folder, account, desk, given.has(Option.INSECURE), given.value(Option.MAILBOX));
    }

    private Account account(Given given, Desk desk) throws Hindrance {
        var as = given.value(Option.AS);
        var home = given.value(Option.HOME).map(Path::of);
        if (as.isPresent()) return Accounts.at(homes, home, as.get());
        if (home.isPresent()) throw Hindrance.usage("--home needs --as ADDRESS: whose letters?");
        SecretSource secret =
                given.value(Option.PASSWORD_COMMAND)
                        .<SecretSource>map(SecretSource.Command::new)
                        .orElse(new SecretSource.Asked());
        var named = given.value(Option.ACCOUNT);
        if (named.isPresent() && Place.isUrl(named.get()))
            return Accounts.of(
                    named.get(), given.value(Option.SUBMISSION), given.value(Option.FROM), secret);
        var accounts = Accounts.read(folder, homes);
        var found = named.isPresent() ? accounts.named(named.get()) : accounts.first();
        if (found.isPresent()) return found.get();
        var first = new FirstTime(folder, homes, desk, Discovery::system);
        if (named.filter(name -> name.contains("@")).isPresent())
            return first.found(named.get(), secret);
        if (named.isPresent())
            throw new Hindrance(Kind.CONFIGURATION, "There is no account " + named.get() + ".");
        if (desk.hasPerson()) return first.account();
        throw new Hindrance(
                Kind.CONFIGURATION,
                "Whose letters? Say --account imaps://YOU@HOST, or --as ADDRESS for a Postroom on"
                        + " this machine; or write accounts into "
                        + folder.file("accounts.toml")
                        + ".");
    }
}
