package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.util.Optional;

/// One IMAP command, asked again and again in one session; how long it takes, in milliseconds.
///
/// @param account whose
/// @param selected what is opened before; nothing where the command does it
/// @param times in a round
record Asking(int account, Optional<String> selected, String command, int times) implements Load {

    @Override
    public Work on(Subject subject) throws IOException {
        var talk = ImapTalk.to(subject.at(Port.IMAP)).signIn(subject.login(account));
        if (selected.isPresent()) talk.ask("SELECT " + selected.get());
        return new Work() {
            @Override
            public double[] round() throws IOException {
                long begun = System.nanoTime();
                for (int i = 0; i < times; i++) talk.ask(command);
                return new double[] {(System.nanoTime() - begun) / 1e6 / times};
            }

            @Override
            public void close() throws IOException {
                talk.close();
            }
        };
    }
}
