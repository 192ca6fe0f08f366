package org.postroom.agent.ftp;

import org.postroom.agent.Desk;
import org.postroom.agent.account.Folder;
import org.postroom.agent.account.Hindrance;
import org.postroom.ftp.Representation;
import org.postroom.wire.Tap;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

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
            var fresh = new Host(url.withPath(""), wishes, folder, desk, tap(), this::dataTap);
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

    /// Shows control connections when the person wants to see them.
    private Tap tap() {
        return new Tap() {
            @Override
            public void heard(byte[] octets, int offset, int length) {
                show("<- ", octets, offset, length);
            }

            @Override
            public void said(byte[] octets, int offset, int length) {
                show("-> ", octets, offset, length);
            }

            @Override
            public void noted(String what) {
                if (wishes.verbose) desk.tell(desk.paint().faint("** " + what));
            }
        };
    }

    /// How much crosses a data connection, not what.
    private Tap dataTap() {
        var octets = new LongAdder();
        return new Tap() {
            @Override
            public void heard(byte[] heard, int offset, int length) {
                octets.add(length);
            }

            @Override
            public void said(byte[] said, int offset, int length) {
                octets.add(length);
            }

            @Override
            public void noted(String what) {
                if (wishes.verbose)
                    desk.tell(desk.paint().faint("== data, " + octets.sum() + " octets: " + what));
            }
        };
    }

    private void show(String way, byte[] octets, int offset, int length) {
        if (!wishes.verbose) return;
        new String(octets, offset, length, StandardCharsets.UTF_8)
                .lines()
                .forEach(line ->
                        desk.tell(
                                desk.paint()
                                        .faint(
                                                way
                                                        + org.postroom.mime.render.Visible.line(
                                                                line, 500))));
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
