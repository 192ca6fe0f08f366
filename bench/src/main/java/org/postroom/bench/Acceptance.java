package org.postroom.bench;

import org.postroom.server.Port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Letters of 10 KiB by SMTP, as many as are accepted in a while; then the wait until IMAP shows the
/// last of them. Each connection speaks as Postfix's client does: MAIL, RCPT and DATA at once
/// (RFC 2920 §3.1), then the letter.
///
/// @param connections that send at once
/// @param accounts that are sent to: one, another one in each round, or this many
/// @param everybody how many accounts there are
/// @param lasting whether a connection sends letter after letter; else one each
record Acceptance(int connections, int accounts, int everybody, boolean lasting, Duration span)
        implements Load {

    private static final String SENDER = "ann@elsewhere.example";

    @Override
    public Work on(Subject subject) throws IOException {
        var sights = new ArrayList<ImapTalk>();
        for (int i = 0; i < everybody; i++)
            sights.add(ImapTalk.to(subject.at(Port.IMAP)).signIn(subject.login(i)));
        return new Posting(subject, sights);
    }

    /// The letter, as it follows DATA.
    static byte[] dotted(byte[] letter) {
        byte[] end = ".\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] whole = java.util.Arrays.copyOf(letter, letter.length + end.length);
        System.arraycopy(end, 0, whole, letter.length, end.length);
        return whole;
    }

    /// A transaction.
    ///
    /// @param to an account's number
    static void send(Talk talk, String from, int to, byte[] letter) throws IOException {
        talk.say("MAIL FROM:<" + from + ">\r\nRCPT TO:<" + Stage.address(to) + ">\r\nDATA\r\n");
        talk.reply("250");
        talk.reply("250");
        talk.reply("354");
        talk.say(letter);
        talk.reply("250");
    }

    private final class Posting implements Work {

        private final Subject subject;
        private final List<ImapTalk> sights;
        private final List<byte[]> letters = new ArrayList<>();
        private int round;

        Posting(Subject subject, List<ImapTalk> sights) {
            this.subject = subject;
            this.sights = sights;
            for (int i = 0; i < connections; i++) letters.add(dotted(Letter.of(i, Letter.TEN_KIB)));
        }

        @Override
        public double[] round() throws IOException {
            int first = round++ % everybody;
            var these = accounts == 1 ? sights.subList(first, first + 1) : sights;
            int before = count(these);
            long begun = System.nanoTime();
            var accepted = new AtomicInteger();
            double seconds =
                    Crowd.run(
                            connections,
                            number -> {
                                int to = accounts == 1 ? first : number;
                                post(to, letters.get(number), begun + span.toNanos(), accepted);
                            });
            await(these, before + accepted.get(), begun);
            double visible = (System.nanoTime() - begun) / 1e9;
            return new double[] {accepted.get() / seconds, accepted.get() / visible};
        }

        private void post(int first, byte[] letter, long end, AtomicInteger accepted)
                throws IOException {
            int to = first;
            do {
                try (var talk = Talk.to(subject.at(Port.SMTP))) {
                    talk.reply("220");
                    talk.say("EHLO load.example\r\n");
                    talk.reply("250");
                    do {
                        send(talk, SENDER, accounts == 1 ? to : to++ % accounts, letter);
                        accepted.incrementAndGet();
                    } while (lasting && System.nanoTime() < end);
                    talk.say("QUIT\r\n");
                    talk.reply("221");
                }
            } while (System.nanoTime() < end);
        }

        private static int count(List<ImapTalk> sights) throws IOException {
            int count = 0;
            for (var sight : sights) count += sight.messages("INBOX");
            return count;
        }

        /// Looks again after a twentieth of the time so far, so that looking costs little and the time is
        /// right to a twentieth.
        private static void await(List<ImapTalk> sights, int expected, long begun)
                throws IOException {
            while (count(sights) < expected)
                LockSupport.parkNanos(Math.max(1_000_000, (System.nanoTime() - begun) / 20));
        }

        @Override
        public void close() throws IOException {
            for (var sight : sights) sight.close();
        }
    }
}
