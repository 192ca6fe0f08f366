package org.postroom.prove;

import org.postroom.names.NameServer;
import org.postroom.names.Zone;
import org.postroom.prove.Sinks.Kind;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.SmtpClient;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// A server has letters for many destinations of which a third refuse the call, a third take it and
/// never speak, and a third hang when they have the letter. Letters to as many living destinations beside
/// them are to be done in hardly more time than they take alone.
///
/// @param destinations dead, and living
/// @param recipients at each of the dead
record DeadEnds(Path folder, int destinations, int recipients) {

    private static final String HEAP = "256m";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ROUNDS = 5;
    private static final int LIVING = 10; // recipients at each, a letter each
    private static final int TOGETHER = 25; // recipients of a letter at each of the dead
    private static final int MOST = 1_000; // recipients of a letter; RFC 5321 §4.5.3.1.8
    private static final List<Kind> DEAD = List.of(Kind.MUTE, Kind.HANGING, Kind.REFUSING);
    private static final byte[] LETTER =
            ("Subject: Tea\r\n\r\n" + "At four.\r\n".repeat(50))
                    .getBytes(StandardCharsets.US_ASCII);

    /// What came of it.
    ///
    /// @param alone how long the living took, round by round, in milliseconds
    /// @param beside the same while recipients wait with the dead
    /// @param mute conversations with destinations that never spoke
    /// @param waited recipients that waited in conversations with those that hang, in the end
    /// @param memory the most that the server's process had, in MiB
    record Result(List<Long> alone, List<Long> beside, int mute, int waited, long memory) {

        Result {
            alone = List.copyOf(alone);
            beside = List.copyOf(beside);
        }

        /// How many times as long the living took.
        double ratio() {
            return (double) median(beside) / median(alone);
        }

        private static long median(List<Long> times) {
            return times.stream().sorted().toList().get(times.size() / 2);
        }
    }

    Result run(PrintStream out) throws IOException, Departure, Refusal {
        Files.createDirectories(folder);
        int third = (destinations + 2) / 3;
        try (var sinks = SinksChild.start(destinations, third, third);
                var names = NameServer.of(zone());
                var server = new ChildServer(folder, "here.example", HEAP)) {
            server.prepare(
                    """
                    [dns]
                    servers = ["127.0.0.1:%d"]
                    [[route]]
                    domain = "*"
                    port = %d
                    """
                            .formatted(names.address().getPort(), sinks.port()));
            server.start();
            living(server, sinks); // code is compiled, names are known
            var alone = new ArrayList<Long>();
            for (int i = 0; i < ROUNDS; i++) alone.add(living(server, sinks));
            out.println("alone, milliseconds: " + alone);
            dead(server);
            long end = System.nanoTime() + PATIENCE.toNanos();
            int expected = 10 * destinations;
            while (sinks.counts().hanging() < expected) {
                if (System.nanoTime() > end)
                    throw new Fault("only " + sinks.counts() + " wait with the dead");
                pause();
            }
            out.println(destinations * recipients + " recipients with the dead: " + sinks.counts());
            var beside = new ArrayList<Long>();
            for (int i = 0; i < ROUNDS; i++) beside.add(living(server, sinks));
            out.println("beside them: " + beside);
            var counts = sinks.counts();
            return new Result(alone, beside, counts.mute(), counts.hanging(), server.mostMemory());
        }
    }

    private static Kind dead(int number) {
        return DEAD.get(number % DEAD.size());
    }

    private static String domain(Kind kind, int number) {
        return kind.name().toLowerCase(Locale.ROOT) + number + ".example";
    }

    private Zone zone() {
        var text = new StringBuilder();
        for (int i = 0; i < destinations; i++)
            for (var kind : List.of(Kind.LIVING, dead(i))) {
                int number = kind == Kind.LIVING ? i : i / 3;
                var domain = domain(kind, number);
                text.append(domain + " MX 10 mx." + domain + "\n");
                text.append("mx." + domain + " A " + kind.address(number).getHostAddress() + "\n");
            }
        return Zone.of(text.toString());
    }

    /// Letters to all the living, and how long it takes until they have them, in milliseconds.
    private long living(ChildServer server, SinksChild sinks)
            throws IOException, Departure, Refusal {
        int before = sinks.counts().taken();
        long begun = System.nanoTime();
        try (var client = server.submission()) {
            for (int letter = 0; letter < LIVING; letter++) {
                var to = new ArrayList<Command.Rcpt>();
                for (int i = 0; i < destinations; i++)
                    to.add(rcpt("r" + letter, domain(Kind.LIVING, i)));
                for (int from = 0; from < to.size(); from += MOST)
                    send(client, server, to.subList(from, Math.min(from + MOST, to.size())));
            }
        }
        while (sinks.counts().taken() < before + LIVING * destinations) {
            if (System.nanoTime() - begun > PATIENCE.toNanos())
                throw new Fault("the living wait: " + sinks.counts());
            pause();
        }
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private void dead(ChildServer server) throws Departure, Refusal {
        try (var client = server.submission()) {
            for (int done = 0; done < recipients; done += TOGETHER) {
                var to = new ArrayList<Command.Rcpt>();
                for (int i = 0; i < destinations; i++)
                    for (int r = done; r < Math.min(recipients, done + TOGETHER); r++)
                        to.add(rcpt("r" + r, domain(dead(i), i / 3)));
                for (int from = 0; from < to.size(); from += MOST)
                    send(client, server, to.subList(from, Math.min(from + MOST, to.size())));
            }
        }
    }

    private static Command.Rcpt rcpt(String name, String domain) {
        return new Command.Rcpt(new Address(name, domain));
    }

    private static void send(SmtpClient client, ChildServer server, List<Command.Rcpt> to)
            throws Departure, Refusal {
        var mail = new Command.Mail(new Address("somebody", server.domain), MailParameters.NONE);
        for (var reply : client.post(mail, to, new ByteArrayInputStream(LETTER)))
            if (!reply.isPositive()) throw new Refusal(reply);
    }

    private static void pause() {
        LockSupport.parkNanos(10_000_000);
    }
}
