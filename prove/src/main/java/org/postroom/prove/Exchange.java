package org.postroom.prove;

import org.postroom.control.Order;
import org.postroom.names.NameServer;
import org.postroom.names.Zone;
import org.postroom.queue.Inspection;
import org.postroom.server.Port;
import org.postroom.smtp.Address;
import org.postroom.smtp.Command;
import org.postroom.smtp.MailParameters;
import org.postroom.smtp.Refusal;
import org.postroom.smtp.SmtpClient;
import org.postroom.store.Addressee;
import org.postroom.store.Refused;
import org.postroom.store.Store;
import org.postroom.store.StoreSettings;
import org.postroom.store.engine.HomeRefused;
import org.postroom.wire.Departure;
import org.postroom.wire.Fault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Two servers, each in its own process, send each other letters, by a name service of their own;
/// now and then one of them is killed and started again. None that was taken is lost, and of none are
/// there more copies than transactions were open when something died (RFC 1047).
final class Exchange {

    private static final int FEEDERS = 4; // on each side
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String KEY = "X-Key: ";

    /// What came of it.
    ///
    /// @param taken letters that were answered 250
    /// @param missing keys of those among them that are nowhere
    /// @param doubles copies more than one
    /// @param strange keys of letters that nobody sent
    /// @param kills in their order
    record Result(
            int taken,
            List<String> missing,
            int doubles,
            int strange,
            List<Kill> kills,
            Duration time) {

        Result {
            missing = List.copyOf(missing);
            kills = List.copyOf(kills);
        }

        /// How many copies more there may be.
        int open() {
            return kills.stream().mapToInt(Kill::open).sum();
        }

        boolean isGood() {
            return missing.isEmpty() && strange == 0 && doubles <= open();
        }
    }

    /// A kill.
    ///
    /// @param open transactions that it broke off, see [Middleman]
    /// @param answered those of them whose last reply was on its way
    record Kill(String domain, int open, int answered) {}

    private final Path folder;
    private final int letters;
    private final int kills;
    private final Random random;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final List<Kill> killed = new ArrayList<>();

    /// @param letters in both directions together
    /// @param kills of each side
    Exchange(Path folder, int letters, int kills, long seed) {
        this.folder = folder;
        this.letters = letters;
        this.kills = kills;
        this.random = new Random(seed);
    }

    private static void prepare(
            ChildServer side, NameServer names, ChildServer other, Middleman way)
            throws IOException {
        side.prepare(
                """
                [server]
                name = "mx.%s"
                [limits]
                per-address = 1000
                [dns]
                servers = ["127.0.0.1:%d"]
                [[route]]
                domain = "%s"
                port = %d
                """
                        .formatted(
                                side.domain, names.address().getPort(), other.domain, way.port()));
    }

    Result run() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var zone =
                Zone.of(
                        """
                        here.example MX 10 mx.here.example
                        mx.here.example A 127.0.0.1
                        there.example MX 10 mx.there.example
                        mx.there.example A 127.0.0.1
                        """);
        try (var names = NameServer.of(zone);
                var here = new ChildServer(folder, "here.example", "256m");
                var there = new ChildServer(folder, "there.example", "256m");
                var hither = new Middleman(Port.SMTP.number + here.offset);
                var thither = new Middleman(Port.SMTP.number + there.offset)) {
            prepare(here, names, there, thither);
            prepare(there, names, here, hither);
            here.start();
            there.start();
            var time = exchange(here, there, hither, thither);
            here.stop();
            there.stop();
            return result(time, here, there);
        }
    }

    private Duration exchange(ChildServer here, ChildServer there, Middleman... ways)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        var feeders = new ArrayList<Thread>();
        for (int i = 0; i < FEEDERS; i++) {
            feeders.add(Thread.ofVirtual().start(() -> feed(here, there)));
            feeders.add(Thread.ofVirtual().start(() -> feed(there, here)));
        }
        for (int i = 1; i <= kills; i++)
            for (var side : List.of(here, there)) {
                // while letters come, and now and then while they only go
                long point = (long) letters * i / (kills + 1) + random.nextInt(letters / 20 + 1);
                while (taken.size() < Math.min(point, letters)) pause();
                LockSupport.parkNanos(random.nextInt(20_000_000));
                int open = Stream.of(ways).mapToInt(Middleman::open).sum();
                int answered = Stream.of(ways).mapToInt(Middleman::answered).sum();
                side.kill();
                side.start();
                killed.add(
                        new Kill(
                                side.domain,
                                Stream.of(ways).mapToInt(Middleman::open).sum() - open,
                                Stream.of(ways).mapToInt(Middleman::answered).sum() - answered));
            }
        for (var feeder : feeders) feeder.join();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (here.queued() + there.queued() > 0) {
            if (System.nanoTime() > end) throw new Fault("the queues do not get empty");
            if (kills > 0)
                for (var side : List.of(here, there)) side.ask(new Order.QueueRetry("all"));
            LockSupport.parkNanos(200_000_000);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void pause() {
        LockSupport.parkNanos(2_000_000);
    }

    /// Hands letters over until there are enough; one that was not answered is another one.
    private void feed(ChildServer from, ChildServer to) {
        while (taken.size() < letters)
            try (var client = from.submission()) {
                while (taken.size() < letters) send(client, from, to);
            } catch (Departure | Refusal down) {
                pause();
            }
    }

    private void send(SmtpClient client, ChildServer from, ChildServer to)
            throws Departure, Refusal {
        String key = to.domain + "-" + next.incrementAndGet();
        tried.add(key);
        String letter =
                "From: %s\r\n%s%s\r\n\r\n%s"
                        .formatted(from.account(), KEY, key, "All is well here.\r\n".repeat(50));
        var replies =
                client.post(
                        new Command.Mail(new Address("somebody", from.domain), MailParameters.NONE),
                        List.of(new Command.Rcpt(new Address("somebody", to.domain))),
                        new ByteArrayInputStream(letter.getBytes(StandardCharsets.US_ASCII)));
        if (replies.getFirst().isPositive()) taken.add(key);
    }

    private Result result(Duration time, ChildServer... sides) throws IOException {
        var copies = new HashMap<String, Integer>();
        for (var side : sides)
            try (var store = Store.open(side.home, StoreSettings.standard())) {
                count(store, side.account(), copies);
                if (!store.check().sound()) throw new Fault("unsound: " + store.check().findings());
                var queue = Inspection.of(store);
                if (!queue.isEmpty()) throw new Fault("unsound: " + queue);
            } catch (HomeRefused | Refused e) {
                throw new Fault("looking into " + side.home, e);
            }
        var missing = taken.stream().filter(key -> !copies.containsKey(key)).sorted().toList();
        int doubles = copies.values().stream().mapToInt(count -> count - 1).sum();
        int strange = (int) copies.keySet().stream().filter(key -> !tried.contains(key)).count();
        return new Result(taken.size(), missing, doubles, strange, killed, time);
    }

    private static void count(Store store, String name, Map<String, Integer> copies)
            throws Refused, IOException {
        var id = store.directory().find(Addressee.of(name)).orElseThrow();
        var account = store.account(id);
        var view = account.view(account.inbox().id());
        for (int i = 1; i <= view.size(); i++)
            try (var in = account.message(view.email(i)).read()) {
                String text = new String(in.readNBytes(8192), StandardCharsets.ISO_8859_1);
                int from = text.indexOf(KEY);
                String key =
                        from < 0
                                ? text
                                : text.substring(from + KEY.length(), text.indexOf("\r\n", from));
                copies.merge(key, 1, Integer::sum);
            }
    }
}
