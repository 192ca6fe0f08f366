package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;

/// A maildrop collected by POP3, message after message; the sign-in does not count.
///
/// @param messages how many there are
record Collecting(int account, int messages) implements Load {

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
                for (int i = 1; i <= messages; i++) retr(talk, i);
                double seconds = (System.nanoTime() - begun) / 1e9;
                talk.say("QUIT\r\n");
                talk.expect("+OK");
                return new double[] {messages / seconds};
            }
        };
    }

    private static void retr(Talk talk, int message) throws IOException {
        talk.say("RETR " + message + "\r\n");
        talk.expect("+OK");
        if (talk.through(".") < Letter.TEN_KIB) throw new IOException("a message came short");
    }
}
