package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.time.Duration;

/// A maildrop collected by POP3, message after message, from the beginning again until a while is over;
/// the sign-in does not count.
///
/// @param messages how many there are
record Collecting(int account, int messages, Duration span) implements Load {

    @Override
    public Work on(Subject subject) {
        return () -> {
            try (var talk = Talk.to(subject.at(Port.POP3))) {
                talk.expect("+OK");
                talk.say("USER " + subject.login(account) + "\r\n");
                talk.expect("+OK");
                talk.say("PASS " + Stage.PASSWORD + "\r\n");
                talk.expect("+OK");
                long begun = System.nanoTime();
                int collected = 0;
                do retr(talk, 1 + collected++ % messages);
                while (collected < messages || System.nanoTime() - begun < span.toNanos());
                double seconds = (System.nanoTime() - begun) / 1e9;
                talk.say("QUIT\r\n");
                talk.expect("+OK");
                return new double[] {collected / seconds};
            }
        };
    }

    private static void retr(Talk talk, int message) throws IOException {
        talk.say("RETR " + message + "\r\n");
        talk.expect("+OK");
        if (talk.through(".") < Letter.TEN_KIB) throw new IOException("a message came short");
    }
}
