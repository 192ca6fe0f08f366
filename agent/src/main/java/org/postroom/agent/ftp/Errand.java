package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.agent.account.Hindrance.Kind;
import org.postroom.ftp.Entry;
import org.postroom.ftp.Representation;
import org.postroom.mime.render.Visible;

import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command that is being carried out, in the foreground or the background: from where, as which job, and
/// where it says what.
///
/// @param answers whether a person is there to be asked in between
record Errand(
        Session session, Whereabouts at, Given given, Job job, PrintWriter out, boolean answers) {

    private static final JsonMapper JSON = new JsonMapper();

    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws Hindrance;
    }

    Wishes wishes() {
        return session.wishes;
    }

    void say(String line) {
        synchronized (out) {
            out.println(line);
        }
    }

    /// A line for programs.
    void json(Map<String, Object> object) {
        say(JSON.writeValueAsString(object));
    }

    boolean isJson() {
        return given.has(Option.JSON);
    }

    Host host() throws Hindrance {
        return at.host()
                .orElseThrow(() -> Hindrance.usage("At which server? `open HOST` goes to one."));
    }

    /// Something at a server: by its URL, or from where one is.
    Remote remote(String word) throws Hindrance {
        if (Url.isUrl(word)) {
            var url = ftp(Url.parse(word));
            var host = session.host(url);
            String start = host.start();
            return remote(host, start, url.path().isEmpty() ? start : url.path());
        }
        return remote(host(), at.directory(), word);
    }

    private static Remote remote(Host host, String directory, String path) {
        if (!host.isRooted()) return new Remote(host, directory, path);
        if (path.startsWith("/")) return new Remote(host, "", path);
        return new Remote(host, "", Remote.below(directory, path));
    }

    /// Where one is.
    Remote directory() throws Hindrance {
        return host().isRooted()
                ? new Remote(host(), "", at.directory())
                : new Remote(host(), at.directory(), "");
    }

    private static Url ftp(Url url) throws Hindrance {
        if (url.isFtp()) return url;
        throw Hindrance.usage("By " + url.kind().word + " one can get, put and ls.");
    }

    /// What a word names: itself, or all that its pattern does.
    List<Remote> expanded(String word) throws Hindrance {
        boolean plain = Url.isUrl(word) || !wishes().globs || !Glob.isPattern(word);
        if (plain) return List.of(remote(word));
        int slash = word.lastIndexOf('/');
        String before = slash < 0 ? "" : word.substring(0, slash + 1);
        var directory = before.isEmpty() ? directory() : remote(before);
        var glob = new Glob(word.substring(slash + 1));
        var found = new ArrayList<Remote>();
        for (var entry : list(directory))
            if (glob.matches(entry.path())
                    && Names.POSIX.here(entry.path()).isPresent()
                    && !entry.isDirectory()) found.add(remote(before + entry.path()));
        if (found.isEmpty())
            throw Hindrance.notSo("Nothing is called " + Visible.line(word, 200) + ".");
        return found;
    }

    List<Entry> list(Remote directory) throws Hindrance {
        return with(directory, connection -> connection.list(path(directory)));
    }

    static Optional<String> path(Remote remote) {
        return remote.path().isEmpty() ? Optional.empty() : Optional.of(remote.path());
    }

    /// Does something that can be done again: a connection that has rested may be gone.
    <T> T with(Remote remote, Work<T> work) throws Hindrance {
        for (boolean again = false; ; again = true) {
            var connection = remote.borrow();
            job.works(connection);
            try {
                return work.with(connection);
            } catch (Hindrance broken) {
                job.check();
                boolean renews = connection.client.isOver() || connection.isSpent();
                if (again || broken.kind() != Kind.UNREACHABLE || !renews) throw broken;
            } finally {
                job.rests(connection);
                remote.host().giveBack(connection);
            }
        }
    }

    /// Whether there is a directory of that name.
    boolean isDirectory(Remote remote) throws Hindrance {
        if (remote.path().isEmpty() || remote.path().endsWith("/")) return true;
        return with(
                remote,
                connection -> {
                    try {
                        if (connection.features().hasMlsd())
                            return connection.ask(it -> it.mlst(remote.path())).isDirectory();
                        String before = connection.directory();
                        connection.at(remote.path());
                        connection.at(before);
                        return true;
                    } catch (Hindrance no) {
                        if (no.kind() == Kind.NOT_SO) return false;
                        throw no;
                    }
                });
    }

    How how() {
        var as = given.has(Option.ASCII) ? Settings.ascii() : at.as();
        boolean continues = given.has(Option.CONTINUE) || isAgain();
        return new How(as, continues, given.has(Option.VERIFY));
    }

    private boolean isAgain() {
        return given.verb().filter(it -> it == Verb.REGET || it == Verb.REPUT).isPresent();
    }

    boolean isPlainBinary() {
        return how().representation().equals(Representation.IMAGE);
    }

    int parallel() throws Hindrance {
        return given.number(Option.PARALLEL, Wishes.MOST_AT_ONCE).orElse(wishes().parallel);
    }
}
