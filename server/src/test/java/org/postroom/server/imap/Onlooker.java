package org.postroom.server.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.postroom.server.Port;
import org.postroom.server.dialogue.TestHouse;
import org.postroom.wire.Departure;
import org.postroom.wire.Limits;
import org.postroom.wire.Line;
import org.postroom.wire.Tap;
import org.postroom.wire.Wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// An IMAP client that believes what it is told, and nothing else: its picture of a mailbox comes from
/// untagged responses alone. A response that can't be, where it is said, is a failure.
final class Onlooker implements AutoCloseable {

    /// How it has the server speak.
    enum Manner {
        REV1(""),
        REV2("IMAP4rev2"),
        CONDSTORE("CONDSTORE"),
        QRESYNC("QRESYNC");

        final String enabled;

        Manner(String enabled) {
            this.enabled = enabled;
        }
    }

    private static final class Seen {
        int uid; // 0: not told yet
        Set<String> flags = new TreeSet<>();
        boolean flagsKnown;
        long modSeq;
    }

    private static final Pattern COUNT = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE|RECENT)");
    private static final Pattern FETCH = Pattern.compile("\\* (\\d+) FETCH \\((.*)\\)");
    private static final Pattern UID = Pattern.compile("UID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
    private static final Pattern MODSEQ = Pattern.compile("MODSEQ \\((\\d+)\\)");
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED( \\(EARLIER\\))? (.+)");
    private static final Pattern NUMBER_CODE =
            Pattern.compile(".*\\[(HIGHESTMODSEQ|UIDVALIDITY) (\\d+)].*");

    final Manner manner;
    private final Wire wire;
    private List<Seen> messages = new ArrayList<>();
    private final Map<Integer, Long> modSeqs = new TreeMap<>();
    private final Set<Integer> vanishedEarlier = new TreeSet<>();
    private final Set<Integer> told = new TreeSet<>(); // whose flags, since the last command
    private int tags;
    private long highest;
    private long validity;

    Onlooker(TestHouse house, Manner manner) throws Exception {
        this.manner = manner;
        wire = Wire.connect(house.address(Port.IMAP), 5000, Limits.CLIENT, Tap.NONE);
        wire.line();
        ask("LOGIN bob@example.test letmein");
        if (!manner.enabled.isEmpty()) ask("ENABLE " + manner.enabled);
        select();
    }

    void select() throws Departure {
        messages = new ArrayList<>();
        ask("SELECT INBOX");
        look();
    }

    /// Leaves the mailbox for a while and comes back by QRESYNC: what it knew is brought up to date.
    ///
    /// @return the UIDs that are told to have gone
    Set<Integer> comeBack(Runnable meanwhile) throws Departure {
        var known = messages;
        ask("UNSELECT");
        meanwhile.run();
        vanishedEarlier.clear();
        messages = new ArrayList<>();
        long exists =
                exists(known, ask("SELECT INBOX (QRESYNC (%d %d))".formatted(validity, highest)));
        assertThat(exists).isGreaterThanOrEqualTo(messages.size());
        return Set.copyOf(vanishedEarlier);
    }

    /// Puts what it knew together with what it heard, as a client that synchronises does.
    private long exists(List<Seen> known, List<String> heard) {
        int exists = 0;
        messages = new ArrayList<>();
        for (var seen : known) if (!vanishedEarlier.contains(seen.uid)) messages.add(seen);
        for (var line : heard) {
            var count = COUNT.matcher(line);
            if (count.matches() && count.group(2).equals("EXISTS"))
                exists = Integer.parseInt(count.group(1));
        }
        while (messages.size() < exists) messages.add(new Seen());
        for (var line : heard) if (FETCH.matcher(line).matches()) hear(line, false);
        return exists;
    }

    /// Says a command and hears what comes of it.
    List<String> ask(String command) throws Departure {
        String tag = "t" + ++tags;
        wire.say(Line.of(tag + " " + command));
        boolean keeps =
                command.startsWith("FETCH")
                        || command.startsWith("STORE")
                        || command.startsWith("SEARCH");
        boolean resync = command.contains("QRESYNC (");
        var heard = new ArrayList<String>();
        told.clear();
        while (true) {
            String line = wire.line().text();
            heard.add(line);
            var code = NUMBER_CODE.matcher(line);
            if (code.matches()) {
                long number = Long.parseLong(code.group(2));
                if (code.group(1).equals("UIDVALIDITY")) validity = number;
                else highest = Math.max(highest, number);
            }
            if (line.startsWith(tag + " ")) {
                assertThat(line).as(command).doesNotStartWith(tag + " BAD");
                return heard;
            }
            if (line.startsWith("* ") && (!resync || VANISHED.matcher(line).matches()))
                hear(line, keeps);
        }
    }

    private void hear(String line, boolean keeps) {
        var count = COUNT.matcher(line);
        var fetch = FETCH.matcher(line);
        var vanished = VANISHED.matcher(line);
        if (count.matches()) counted(Integer.parseInt(count.group(1)), count.group(2), keeps);
        else if (fetch.matches()) fetched(Integer.parseInt(fetch.group(1)), fetch.group(2));
        else if (vanished.matches())
            vanished(uids(vanished.group(2)), vanished.group(1) != null, keeps);
    }

    private void counted(int number, String what, boolean keeps) {
        switch (what) {
            case "EXISTS" -> {
                // RFC 3501 §7.3.1: it never says that some are gone
                assertThat(number).isGreaterThanOrEqualTo(messages.size());
                while (messages.size() < number) messages.add(new Seen());
            }
            case "EXPUNGE" -> {
                assertThat(keeps).as("EXPUNGE where it may not come").isFalse();
                assertThat(manner).isNotEqualTo(Manner.QRESYNC);
                assertThat(number).isBetween(1, messages.size());
                messages.remove(number - 1);
            }
            default -> assertThat(manner).isNotEqualTo(Manner.REV2);
        }
    }

    private void fetched(int sequence, String items) {
        assertThat(sequence).isBetween(1, messages.size());
        var seen = messages.get(sequence - 1);
        var uid = UID.matcher(items);
        if (uid.find()) {
            int number = Integer.parseInt(uid.group(1));
            if (seen.uid != 0) assertThat(number).as("a UID never changes").isEqualTo(seen.uid);
            seen.uid = number;
        }
        var flags = FLAGS.matcher(items);
        if (flags.find()) {
            seen.flags = new TreeSet<>(List.of(flags.group(1).split(" ")));
            seen.flags.remove("");
            seen.flags.remove("\\Recent");
            seen.flagsKnown = true;
            told.add(seen.uid);
        }
        var modSeq = MODSEQ.matcher(items);
        if (!modSeq.find()) {
            assertThat(manner).isIn(Manner.REV1, Manner.REV2);
            return;
        }
        seen.modSeq = Long.parseLong(modSeq.group(1));
        if (seen.uid != 0)
            modSeqs.merge(
                    seen.uid,
                    seen.modSeq,
                    (before, now) -> {
                        assertThat(now).as("mod-sequences grow").isGreaterThanOrEqualTo(before);
                        return now;
                    });
        highest = Math.max(highest, seen.modSeq);
    }

    private void vanished(Set<Integer> uids, boolean earlier, boolean keeps) {
        assertThat(manner).isEqualTo(Manner.QRESYNC);
        if (earlier) vanishedEarlier.addAll(uids);
        else {
            assertThat(keeps).as("VANISHED where it may not come").isFalse();
            int before = messages.size();
            messages.removeIf(seen -> uids.contains(seen.uid));
            assertThat(before - messages.size()).as("VANISHED of what was there").isPositive();
        }
    }

    static Set<Integer> uids(String set) {
        var uids = new TreeSet<Integer>();
        for (var range : set.split(",", -1)) {
            String[] ends = range.split(":", -1);
            for (int uid = Integer.parseInt(ends[0]);
                    uid <= Integer.parseInt(ends[ends.length - 1]);
                    uid++) uids.add(uid);
        }
        return uids;
    }

    int size() {
        return messages.size();
    }

    /// The UID of a message that it knows by number.
    int uid(int sequence) {
        return messages.get(sequence - 1).uid;
    }

    /// Asks for what it was not told: of new messages, it is told only that they are there.
    void look() throws Departure {
        ask("NOOP");
        for (int i = 1; i <= messages.size(); i++)
            if (messages.get(i - 1).uid == 0 || !messages.get(i - 1).flagsKnown) {
                fetchFrom(i);
                ask("NOOP");
                break;
            }
    }

    void fetchFrom(int sequence) throws Departure {
        boolean plain = manner == Manner.REV1 || manner == Manner.REV2;
        ask("FETCH " + sequence + ":* " + (plain ? "(UID FLAGS)" : "(UID FLAGS MODSEQ)"));
    }

    /// It knows what it did itself without being told, to flags that it knew.
    ///
    /// @param sign 0 to add, 1 to remove, 2 to replace
    void assume(Set<Integer> uids, String flag, int sign) {
        for (var seen : messages) {
            if (!uids.contains(seen.uid) || told.contains(seen.uid)) continue;
            if (sign == 2) seen.flags.clear();
            if (sign == 1) seen.flags.remove(flag);
            else seen.flags.add(flag);
        }
    }

    /// What it believes to be there: flags by UID.
    Map<Integer, Set<String>> picture() {
        var picture = new TreeMap<Integer, Set<String>>();
        for (var seen : messages) picture.put(seen.uid, Set.copyOf(seen.flags));
        return picture;
    }

    @Override
    public void close() {
        wire.abort();
    }
}
