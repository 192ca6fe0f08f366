package org.postroom.server.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postroom.pop3.Pop3Client;
import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.server.imap.Onlooker.Manner;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// What one session does, all others see: by IMAP in four manners, by POP3, by SMTP, against a model of
/// the mailbox. `-Dtruth.steps=20000` for longer.
@Timeout(3600)
class TruthTest {

    private static final int STEPS = Integer.getInteger("truth.steps", 150);
    private static final List<String> FLAGS =
            List.of("\\Seen", "\\Flagged", "\\Answered", "\\Deleted", "$Work");

    private final long seed = Long.getLong("truth.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Onlooker> onlookers = new ArrayList<>();
    private final TreeMap<Integer, Set<String>> inbox = new TreeMap<>();
    private int uidNext = 1;
    private TestHouse house;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse();
        house.account("bob@example.test");
        for (var manner : Manner.values()) onlookers.add(new Onlooker(house, manner));
    }

    @AfterEach
    void close() throws Exception {
        onlookers.forEach(Onlooker::close);
        house.close();
    }

    // RFC 3501 §5.2, §7.4.1; RFC 7162 §3.2.5, §3.2.10
    @Test
    void everySessionSeesWhatAnyDoes() throws Exception {
        for (int step = 0; step < STEPS; step++) {
            var actor = onlookers.get(random.nextInt(onlookers.size()));
            String what = act(actor);
            // some look at once, some later
            for (var onlooker : onlookers)
                if (onlooker == actor || random.nextInt(3) == 0) {
                    onlooker.look();
                    assertThat(onlooker.picture())
                            .as("seed %d, step %d, %s: %s", seed, step, what, onlooker.manner)
                            .isEqualTo(inbox);
                }
        }
    }

    private String act(Onlooker actor) throws Exception {
        int choice = random.nextInt(12);
        if (inbox.size() < 3 || choice < 2) {
            receive();
            return "SMTP";
        }
        return switch (choice) {
            case 2, 3, 4 -> store(actor, actor.size() > 0 && random.nextBoolean());
            case 5 -> expunge(actor);
            case 6 -> append(actor);
            case 7 -> move(actor);
            case 8 -> copyOntoItself(actor);
            case 9 -> collect();
            case 10 -> comeBack();
            default -> search(actor);
        };
    }

    private void receive() throws Exception {
        try (var wire = Wire.connect(house.address(Port.SMTP), 5000, Limits.CLIENT, Tap.NONE)) {
            wire.line();
            smtp(wire, "HELO there.test", "250");
            smtp(wire, "MAIL FROM:<ann@elsewhere.test>", "250");
            smtp(wire, "RCPT TO:<bob@example.test>", "250");
            smtp(wire, "DATA", "354");
            smtp(wire, "Subject: news\r\n\r\nSome.\r\n.", "250");
            smtp(wire, "QUIT", "221");
        }
        inbox.put(uidNext++, Set.of());
    }

    private static void smtp(Wire wire, String command, String code) throws Departure {
        wire.say(Line.of(command));
        assertThat(wire.line().text()).startsWith(code);
    }

    private String store(Onlooker actor, boolean bySequence) throws Departure {
        var uids = new TreeSet<Integer>();
        String set;
        if (bySequence) { // what it believes, which may be gone already
            int first = 1 + random.nextInt(actor.size());
            int last = Math.min(actor.size(), first + random.nextInt(3));
            for (int i = first; i <= last; i++) uids.add(actor.uid(i));
            set = "STORE " + first + ":" + last;
        } else {
            actor.look(); // a UID that it was not told of is none to it
            for (int uid : inbox.keySet()) if (random.nextInt(4) == 0) uids.add(uid);
            if (uids.isEmpty()) uids.add(inbox.lastKey());
            set =
                    "UID STORE "
                            + uids.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        var flag = FLAGS.get(random.nextInt(FLAGS.size()));
        int sign = random.nextInt(3);
        String silent = random.nextBoolean() ? ".SILENT" : "";
        String command =
                set + " " + List.of("+", "-", "").get(sign) + "FLAGS" + silent + " (" + flag + ")";
        actor.ask(command);
        for (int uid : uids)
            inbox.computeIfPresent(
                    uid,
                    (_, before) -> {
                        var after = sign == 2 ? new TreeSet<String>() : new TreeSet<>(before);
                        if (sign == 1) after.remove(flag);
                        else after.add(flag);
                        return after;
                    });
        if (!silent.isEmpty()) actor.assume(uids, flag, sign); // it knows what it did itself
        return command;
    }

    private String expunge(Onlooker actor) throws Departure {
        actor.ask("EXPUNGE");
        inbox.values().removeIf(flags -> flags.contains("\\Deleted"));
        return "EXPUNGE";
    }

    private String append(Onlooker actor) throws Departure {
        actor.ask("APPEND INBOX (\\Seen $Work) {14+}\r\nSubject: x\r\n\r\n");
        inbox.put(uidNext++, Set.of("\\Seen", "$Work"));
        return "APPEND";
    }

    private String move(Onlooker actor) throws Departure {
        actor.look();
        int uid = some();
        actor.ask("UID MOVE " + uid + " Archive");
        inbox.remove(uid);
        return "MOVE";
    }

    private String copyOntoItself(Onlooker actor) throws Departure {
        actor.look();
        int uid = some();
        actor.ask("UID COPY " + uid + " INBOX");
        inbox.put(uidNext++, inbox.getOrDefault(uid, Set.of()));
        return "COPY";
    }

    private int some() {
        var uids = List.copyOf(inbox.keySet());
        return uids.get(random.nextInt(uids.size()));
    }

    private String collect() throws Exception {
        var wire = Wire.connect(house.address(Port.POP3), 5000, Limits.CLIENT, Tap.NONE);
        try (var client = new Pop3Client(wire)) {
            client.signIn("bob@example.test", TestHouse.PASSWORD);
            var there = List.copyOf(inbox.keySet());
            assertThat(client.stat()).as("seed %d", seed).isEqualTo(there.size());
            int message = 1 + random.nextInt(there.size());
            client.dele(message);
            boolean quits = random.nextInt(4) > 0; // RFC 1939 §6: or nothing goes
            if (quits) {
                client.quit();
                inbox.remove(there.get(message - 1));
            }
        }
        return "POP3";
    }

    private String comeBack() throws Exception {
        var onlooker = onlookers.getLast();
        onlooker.look();
        var before = Set.copyOf(inbox.keySet());
        var other = onlookers.getFirst();
        var gone =
                onlooker.comeBack(() -> {
                    try {
                        for (int i = 0; i < 3 && !inbox.isEmpty(); i++)
                            switch (random.nextInt(3)) {
                                case 0 -> store(other, false);
                                case 1 -> move(other);
                                default -> receive();
                            }
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
        var vanished = new TreeSet<>(before);
        vanished.removeAll(inbox.keySet());
        // what it heard of before, or never knew, may be told, too; nothing that is there
        for (int uid : gone)
            assertThat(inbox.containsKey(uid)).as("seed %d: VANISHED %d", seed, uid).isFalse();
        assertThat(gone.containsAll(vanished))
                .as("seed %d: VANISHED %s of %s", seed, gone, vanished)
                .isTrue();
        onlooker.look();
        assertThat(onlooker.picture()).as("seed %d: QRESYNC", seed).isEqualTo(inbox);
        return "QRESYNC";
    }

    private String search(Onlooker actor) throws Departure {
        long flagged = inbox.values().stream().filter(it -> it.contains("\\Flagged")).count();
        actor.look(); // a search is about what the session has been told
        var heard = actor.ask("UID SEARCH RETURN (COUNT) FLAGGED");
        assertThat(heard.getFirst()).as("seed %d", seed).endsWith("COUNT " + flagged);
        return "SEARCH";
    }

    /// All at once, and in the end all have the same picture, which is the store's.
    @Test
    void sessionsThatActAtOnceAgreeInTheEnd() throws Exception {
        for (int i = 0; i < 20; i++) receive();
        for (var onlooker : onlookers) onlooker.look();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var onlooker : onlookers) {
                long own = random.nextLong();
                running.add(threads.submit(() -> hurry(onlooker, new Random(own))));
            }
            running.add(
                    threads.submit(() -> {
                        for (int i = 0; i < STEPS / 10; i++) receiveUncounted();
                        return null;
                    }));
            for (var future : running) future.get();
        }
        Map<Integer, Set<String>> truth = null;
        for (var onlooker : onlookers) {
            onlooker.look();
            if (truth == null) truth = fresh();
            assertThat(onlooker.picture())
                    .as("seed %d: %s", seed, onlooker.manner)
                    .isEqualTo(truth);
        }
    }

    private void receiveUncounted() throws Exception {
        house.deliver("bob@example.test", "Subject: x\r\n\r\ny\r\n");
    }

    private Map<Integer, Set<String>> fresh() throws Exception {
        try (var onlooker = new Onlooker(house, Manner.REV2)) {
            return onlooker.picture();
        }
    }

    private static Object hurry(Onlooker onlooker, Random random) throws Exception {
        for (int i = 0; i < STEPS / 5; i++) {
            int size = onlooker.size();
            if (size == 0) {
                onlooker.ask("NOOP");
                continue;
            }
            int some = 1 + random.nextInt(size);
            String flag = FLAGS.get(random.nextInt(FLAGS.size()));
            switch (random.nextInt(7)) {
                case 0, 1 -> onlooker.ask("STORE " + some + " +FLAGS (" + flag + ")");
                case 2 -> onlooker.ask("STORE " + some + " -FLAGS (" + flag + ")");
                case 3 -> onlooker.ask("EXPUNGE");
                case 4 -> onlooker.fetchFrom(1);
                case 5 -> onlooker.ask("COPY " + some + " INBOX");
                default -> onlooker.look();
            }
        }
        return true;
    }
}
