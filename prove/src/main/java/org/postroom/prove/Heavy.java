package org.postroom.prove;

import org.postroom.prove.Sinks.Kind;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.Refusal;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// Large letters, all at once, to a server with little memory: each is for an account there and for
/// somebody elsewhere, so that all of them are taken, kept, filed and sent on.
record Heavy(Path folder, int letters, long octets, String heap) {

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /// What came of it.
    ///
    /// @param accepted how many letters were answered 250
    /// @param sent how many have arrived elsewhere
    /// @param refusals what was said to the others
    /// @param taken how long it took until the last had its answer
    /// @param done how long until the queue was empty
    /// @param memory the most that the server's process had, in MiB
    record Result(
            int accepted,
            int sent,
            List<String> refusals,
            Duration taken,
            Duration done,
            long memory) {

        Result {
            refusals = List.copyOf(refusals);
        }
    }

    Result run() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (var sinks = SinksChild.start(1, 0, 0);
                var server = new ChildServer(folder, "here.example", heap)) {
            server.prepare(
                    """
                    [limits]
                    per-address = 1000
                    [[route]]
                    domain = "*"
                    host = "%s"
                    port = %d
                    """
                            .formatted(Kind.LIVING.address(0).getHostAddress(), sinks.port()));
            server.start();
            long begun = System.nanoTime();
            var refusals = new ConcurrentLinkedQueue<String>();
            var open = new CountDownLatch(letters);
            var senders = new ArrayList<Thread>();
            for (int i = 0; i < letters; i++)
                senders.add(Thread.ofVirtual().start(() -> send(server, open, refusals)));
            for (var sender : senders) sender.join();
            var taken = since(begun);
            while (server.isAlive() && server.queued() > 0) {
                if (since(begun).compareTo(PATIENCE) > 0) throw new Fault("they are still there");
                LockSupport.parkNanos(200_000_000);
            }
            if (!server.isAlive()) throw new Fault("the server is gone");
            return new Result(
                    letters - refusals.size(),
                    sinks.counts().taken(),
                    List.copyOf(refusals),
                    taken,
                    since(begun),
                    server.mostMemory());
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void send(
            ChildServer server, CountDownLatch open, ConcurrentLinkedQueue<String> refusals) {
        try (var client = server.submission()) {
            open.countDown();
            open.await(); // all of them at once
            var mail =
                    new Command.Mail(new Address("somebody", server.domain), MailParameters.NONE);
            var to =
                    List.of(
                            new Command.Rcpt(new Address("somebody", server.domain)),
                            new Command.Rcpt(new Address("somebody", "there.example")));
            for (var reply : client.post(mail, to, new Words(octets)))
                if (!reply.isPositive()) throw new Refusal(reply);
        } catch (Departure | Refusal no) {
            open.countDown();
            refusals.add(String.valueOf(no.getMessage()));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// A letter that is nowhere as a whole.
    private static final class Words extends InputStream {

        private static final byte[] HEADER =
                "Subject: All of it\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] LINE =
                "All work and no play makes Jack a dull boy.\r\n"
                        .getBytes(StandardCharsets.US_ASCII);

        private final long octets;
        private long at;

        Words(long octets) {
            this.octets = octets - octets % LINE.length + HEADER.length;
        }

        @Override
        public int read() {
            if (at == octets) return -1;
            long place = at++ - HEADER.length;
            return place < 0 ? HEADER[(int) at - 1] : LINE[(int) (place % LINE.length)];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int some = (int) Math.min(length, octets - at);
            if (some == 0 && length > 0) return -1;
            for (int i = 0; i < some; i++) into[offset + i] = (byte) read();
            return some;
        }
    }
}
