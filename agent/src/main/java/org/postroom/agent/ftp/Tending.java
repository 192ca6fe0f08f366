package org.postroom.agent.ftp;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.render.Visible;

import java.util.Optional;

/// What is at the server, kept in order: names, directories, modes.
record Tending(Errand errand) {

    void rm() throws Hindrance {
        errand.given().word(0);
        for (var word : errand.given().words())
            for (var remote : errand.expanded(word)) {
                boolean directory =
                        errand.given().has(Option.RECURSIVE) && errand.isDirectory(remote);
                if (directory
                        && errand.answers()
                        && !errand.session().desk.agrees(question(remote))) continue;
                errand.with(
                        remote,
                        connection -> {
                            new Removal(connection, errand.job()).of(remote, directory);
                            return connection;
                        });
            }
    }

    private static String question(Remote remote) {
        return "Remove " + Visible.line(remote.path(), 300) + " with all that is in it?";
    }

    void mkdir() throws Hindrance {
        errand.given().word(0);
        for (var word : errand.given().words()) {
            var remote = errand.remote(word);
            errand.with(remote, connection -> connection.ask(it -> it.mkd(remote.path())));
        }
    }

    void rmdir() throws Hindrance {
        errand.given().word(0);
        for (var word : errand.given().words()) {
            var remote = errand.remote(word);
            errand.with(
                    remote,
                    connection ->
                            connection.ask(it -> {
                                it.rmd(remote.path());
                                return it;
                            }));
        }
    }

    void rename() throws Hindrance {
        var from = errand.remote(errand.given().word(0));
        var to = errand.remote(errand.given().word(1));
        if (from.host() != to.host()) throw Hindrance.usage("Both names are of one server.");
        errand.with(
                from,
                connection ->
                        connection.ask(it -> {
                            it.rename(from.path(), to.path());
                            return it;
                        }));
    }

    void chmod() throws Hindrance {
        String mode = errand.given().word(0);
        errand.given().word(1);
        if (!mode.matches("[0-7]{3,4}")) throw Hindrance.usage("A mode is like 644.");
        for (var word : errand.given().words().subList(1, errand.given().words().size()))
            for (var remote : errand.expanded(word))
                errand.with(
                        remote,
                        connection ->
                                connection.ask(it ->
                                        it.quote("SITE CHMOD " + mode + " " + remote.path())));
    }

    // ---- where one is

    void open() throws Hindrance {
        String word = errand.given().word(0);
        var url = Url.ofServer(word);
        if (!url.isFtp())
            throw Hindrance.usage("At a web server one can be nowhere: `get " + word + "`.");
        var port = errand.given().optional(1);
        if (port.isPresent())
            url =
                    new Url(
                            url.kind(),
                            url.user(),
                            url.host(),
                            Given.number(port.get(), 65_535),
                            url.path());
        go(url);
    }

    void user() throws Hindrance {
        var host = errand.host();
        errand.session().forget(host);
        go(host.url.withUser(errand.given().word(0)));
    }

    void go(Url url) throws Hindrance {
        var host = errand.session().host(url);
        String start;
        try {
            start = host.start();
        } catch (Hindrance failed) {
            errand.session().forget(host);
            throw failed;
        }
        errand.session().at(errand.session().at().at(host, start));
        if (!url.path().isEmpty()) new Tending(here(Optional.of(url.path()))).cd();
    }

    /// The same errand from where one is now.
    private Errand here(Optional<String> word) {
        return new Errand(
                errand.session(),
                errand.session().at(),
                new Given(
                        Optional.of(Verb.CD),
                        java.util.Map.of(),
                        word.map(java.util.List::of).orElse(java.util.List.of())),
                errand.job(),
                errand.out(),
                errand.answers());
    }

    void close() throws Hindrance {
        errand.session().forget(errand.host());
        errand.session().at(errand.session().at().nowhere());
    }

    void cd() throws Hindrance {
        var host = errand.host();
        String word = errand.given().optional(0).orElse("");
        String wanted = word.isEmpty() || word.equals("~") ? host.start() : word;
        var from = new Remote(host, errand.at().directory(), "");
        String now =
                errand.with(
                        from,
                        connection -> {
                            if (wanted.equals("..")) connection.up();
                            else connection.at(wanted);
                            return connection.directory();
                        });
        errand.session().at(errand.session().at().at(host, now));
    }
}
