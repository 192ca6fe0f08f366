package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections that sign in and leave, 8 at once.
final class SignIns {

    private static final int CLIENTS = 8;

    private SignIns() {}

    /// An account that has never signed in each time: nobody can have remembered its password. There are
    /// no more of them than the rounds take, so nothing warms up but by those that don't count.
    ///
    /// @param first the first of the accounts that are kept for this
    /// @param each how many a round takes
    record First(Port port, int first, int each) implements Load {

        @Override
        public Duration warming(Scale scale) {
            return Duration.ZERO;
        }

        @Override
        public Work on(Subject subject) {
            var next = new AtomicInteger(first);
            return () -> {
                int end = next.get() + each;
                double seconds =
                        Crowd.run(
                                Math.min(CLIENTS, each),
                                _ -> {
                                    for (int account = next.getAndIncrement();
                                            account < end;
                                            account = next.getAndIncrement())
                                        signIn(subject, port, account);
                                });
                next.set(end);
                return new double[] {each / seconds};
            };
        }
    }

    /// One account again and again.
    static Load repeated(Port port, Duration span) {
        return subject ->
                () -> {
                    var count = new AtomicInteger();
                    long end = System.nanoTime() + span.toNanos();
                    double seconds =
                            Crowd.run(
                                    CLIENTS,
                                    _ -> {
                                        do {
                                            signIn(subject, port, 0);
                                            count.incrementAndGet();
                                        } while (System.nanoTime() < end);
                                    });
                    return new double[] {count.get() / seconds};
                };
    }

    private static void signIn(Subject subject, Port port, int account) throws IOException {
        if (port == Port.FTP)
            try (var talk = FtpTalk.to(subject)) {
                talk.signIn(account);
            }
        else
            try (var talk = ImapTalk.to(subject.at(port))) {
                talk.signIn(subject.login(account));
            }
    }
}
