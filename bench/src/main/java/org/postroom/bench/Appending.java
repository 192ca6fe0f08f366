package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Messages of 10 KiB by IMAP's APPEND, into one mailbox that is new in each round.
record Appending(int sessions, Duration span) implements Load {

    @Override
    public Work on(Subject subject) throws IOException {
        var talks = new ArrayList<ImapTalk>();
        for (int i = 0; i < sessions; i++)
            talks.add(ImapTalk.to(subject.at(Port.IMAP)).signIn(subject.login(0)));
        byte[] message = Letter.of(sessions, Letter.TEN_KIB);
        var rounds = new AtomicInteger();
        return new Work() {
            @Override
            public double[] round() throws IOException {
                String mailbox = "Round" + sessions + "." + rounds.incrementAndGet();
                talks.getFirst().ask("CREATE " + mailbox);
                var appended = new AtomicInteger();
                long end = System.nanoTime() + span.toNanos();
                double seconds =
                        Crowd.run(
                                sessions,
                                number -> {
                                    do {
                                        talks.get(number).append(mailbox, message);
                                        appended.incrementAndGet();
                                    } while (System.nanoTime() < end);
                                });
                return new double[] {appended.get() / seconds};
            }

            @Override
            public void close() throws IOException {
                for (var talk : talks) talk.close();
            }
        };
    }
}
