package org.postroom.agent.ftp;

import org.postroom.agent.Desk;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Representation;
import org.postroom.wire.Tap;
import org.postroom.wire.Transcript;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One person at work on files, at one server or at some.
final class Session implements AutoCloseable {

    final Desk desk;
    final Folder folder;
    final Wishes wishes;
    final Jobs jobs;
    final Web web;
    private final Map<String, Host> hosts = new LinkedHashMap<>(); // by the URL of the server
    private volatile Whereabouts at;

    Session(Desk desk, Folder folder, Wishes wishes) {
        this.desk = desk;
        this.folder = folder;
        this.wishes = wishes;
        this.jobs = new Jobs(desk::tell);
        this.web = new Web(wishes, desk);
        this.at =
                new Whereabouts(
                        Optional.empty(), "", Path.of("").toAbsolutePath(), Representation.IMAGE);
    }

    Whereabouts at() {
        return at;
    }

    void at(Whereabouts other) {
        at = other;
    }

    /// The server that a URL names; signed in at already, if it was named before.
    Host host(Url url) throws Hindrance {
        synchronized (hosts) {
            var known = hosts.get(url.server());
            if (known != null) return known;
            var fresh = new Host(url.withPath(""), wishes, folder, desk, this::tap);
            hosts.put(url.server(), fresh);
            return fresh;
        }
    }

    /// Forgets a server at which one could not sign in, or does not want to stay.
    void forget(Host host) {
        synchronized (hosts) {
            hosts.values().remove(host);
        }
        host.close();
    }

    /// Shows conversations when the person wants to see them.
    private Tap tap() {
        return Transcript.ofClient(line -> {
            if (wishes.verbose) desk.tell(desk.paint().faint(line));
        });
    }

    @Override
    public void close() {
        jobs.stop();
        synchronized (hosts) {
            hosts.values().forEach(Host::close);
            hosts.clear();
        }
    }
}
