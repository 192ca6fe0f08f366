package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Memory: of a server that was just started and has nothing to do; and of a session over TLS that has
/// signed in and waits, as the slope between two counts of them. Each round is another launch, since
/// what a process once had it may keep.
///
/// @param pause after sessions were opened, before memory is looked at
record Idling(Port port, int sessions, Duration pause) implements Load {

    /// Each takes long, and what is measured is no time.
    @Override
    public int rounds(Scale scale) {
        return Math.min(scale.rounds, 3);
    }

    @Override
    public int warmUp(Scale scale) {
        return 0;
    }

    @Override
    public Duration warming(Scale scale) {
        return Duration.ZERO;
    }

    @Override
    public Work on(Subject subject) {
        return () -> {
            subject.close();
            subject.launch();
            LockSupport.parkNanos(pause.toNanos());
            double rest = subject.memory();
            var talks = new ArrayList<AutoCloseable>();
            try {
                open(subject, talks, sessions);
                double some = subject.memory();
                open(subject, talks, 2 * sessions);
                double more = subject.memory();
                return new double[] {rest / 1024, (more - some) / (2 * sessions)};
            } finally {
                close(talks);
            }
        };
    }

    private void open(Subject subject, List<AutoCloseable> talks, int count) throws IOException {
        for (int i = 0; i < count; i++) talks.add(session(subject));
        LockSupport.parkNanos(pause.toNanos());
        subject.settle();
    }

    private AutoCloseable session(Subject subject) throws IOException {
        if (port == Port.FTP) return FtpTalk.to(subject).secured().signIn(0);
        var talk = ImapTalk.secured(subject.at(port), subject.tls()).signIn(subject.login(0));
        talk.ask("SELECT INBOX");
        return talk;
    }

    private static void close(List<AutoCloseable> talks) throws IOException {
        for (var talk : talks)
            try {
                talk.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
    }
}
