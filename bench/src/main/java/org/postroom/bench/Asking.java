package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// One IMAP command, asked again and again in one session for a while; how long it takes, in
/// milliseconds.
///
/// @param account whose
/// @param selected what is opened before; nothing where the command does it
record Asking(int account, Optional<String> selected, String command, Duration span)
        implements Load {

    @Override
    public Work on(Subject subject) throws IOException {
        var talk = ImapTalk.to(subject.at(Port.IMAP)).signIn(subject.login(account));
        if (selected.isPresent()) talk.ask("SELECT " + selected.get());
        return new Work() {
            @Override
            public double[] round() throws IOException {
                long begun = System.nanoTime();
                int times = 0;
                do {
                    talk.ask(command);
                    times++;
                } while (System.nanoTime() - begun < span.toNanos());
                return new double[] {(System.nanoTime() - begun) / 1e6 / times};
            }

            @Override
            public void close() throws IOException {
                talk.close();
            }
        };
    }
}
