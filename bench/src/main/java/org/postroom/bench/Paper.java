package org.postroom.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Outcomes as people read them.
final class Paper {

    private final StringBuilder text = new StringBuilder();

    private Paper() {}

    /// A comparison, on a line.
    static String line(Comparison it) {
        return Figures.of(it.first())
                + " "
                + it.figure().unit().title
                + ", "
                + it.contender().title()
                + " "
                + Figures.of(it.other())
                + ": ratio "
                + it.ratio()
                + ", "
                + verdict(it);
    }

    private static String verdict(Comparison it) {
        var aim = it.aim();
        if (aim instanceof Aim.Shown) return "shown";
        return aim + ": " + (it.isReached() ? "reached" : "falls short");
    }

    /// The whole of docs/performance.md.
    ///
    /// @param command by which it is repeated
    /// @param load of the machine while it ran, from others, too
    static String of(
            String command,
            Scale scale,
            Machine machine,
            String load,
            Hashes hashes,
            List<Outcome> outcomes) {
        var paper = new Paper();
        paper.say(
                "# Performance",
                "",
                "Written by the bench. To repeat it, as root on a Debian 12 with a JDK 25, Maven,"
                        + " gcc and perl:",
                "",
                "    " + command,
                "",
                machine + ". " + LocalDate.now(ZoneOffset.UTC) + ". " + load,
                "",
                about(scale),
                "",
                hashing(hashes));
        paper.table(outcomes);
        paper.shortfalls(outcomes);
        paper.failures(outcomes);
        return paper.text.toString();
    }

    private static String about(Scale scale) {
        return "A row is one load, put on each server in turn, forwards and backwards alternately: "
                + scale.warmUp
                + " rounds to warm up, then "
                + scale.rounds
                + " that count. A *ratio* is how many times as good we are, round by round: the"
                + " median, and in brackets its 95 % interval by order statistics. \"At least n\""
                + " is reached when the lower end is, \"no slower\" when the upper end is 1 or"
                + " better and the median 0.9. The row `noise` shows a server beside itself: so"
                + " much is chance here. *Load* is the part of the processor time that the load"
                + " generator took, of what it and our server took together in our turns: they"
                + " share the processors. Peers come from Debian's packages, all on loopback, with"
                + " caps on connections lifted everywhere; Postfix and Dovecot sync as they do by"
                + " themselves. FTP servers sync nothing, so uploads are compared with ours"
                + " unsynced, and ours synced stands beside. The row `mime` is no server's: JMH"
                + " has each library sum up the nasty messages of `mime/src/test/corpus`, a round"
                + " in a process of its own.";
    }

    private static String hashing(Hashes hashes) {
        if (hashes.equals(Hashes.NONE)) return "";
        return String.format(
                Locale.ROOT,
                "Sign-ins: our Argon2id (19 MiB, 2 passes) takes %s ms here; Dovecot's has %d"
                        + " passes and the FTP servers' SHA-512 %,d rounds, which take as long.\n",
                Figures.of(hashes.ours()),
                hashes.passes(),
                hashes.rounds());
    }

    private void table(List<Outcome> outcomes) {
        say(
                "| row | what | Postroom | beside | ratio | aim | load |",
                "|---|---|--:|---|--:|---|--:|");
        for (var outcome : outcomes)
            for (var it : outcome.comparisons())
                say(
                        String.format(
                                Locale.ROOT,
                                "| %s | %s | %s %s | %s %s | %s | %s | %s |",
                                it.row().name(),
                                it.figure().what(),
                                Figures.of(it.first()),
                                it.figure().unit().title,
                                it.contender().title(),
                                Figures.of(it.other()),
                                it.ratio(),
                                it.aim() instanceof Aim.Shown ? "" : verdict(it),
                                share(outcome)));
        say("");
    }

    private static String share(Outcome outcome) {
        return Double.isNaN(outcome.share())
                ? ""
                : String.format(Locale.ROOT, "%.0f %%", 100 * outcome.share());
    }

    private void shortfalls(List<Outcome> outcomes) {
        var lines =
                outcomes.stream()
                        .flatMap(outcome -> outcome.comparisons().stream())
                        .filter(it -> !it.isReached())
                        .map(it ->
                                "- `"
                                        + it.row().name()
                                        + "`, "
                                        + it.figure().what()
                                        + ": "
                                        + it.aim()
                                        + ", measured "
                                        + (it.aim() instanceof Aim.Below
                                                ? Figures.of(it.first())
                                                        + " "
                                                        + it.figure().unit().title
                                                : it.ratio() + " beside " + it.contender().title()))
                        .distinct()
                        .collect(Collectors.joining("\n"));
        say("## What falls short", "", lines.isEmpty() ? "Nothing." : lines, "");
    }

    private void failures(List<Outcome> outcomes) {
        var failed = outcomes.stream().filter(outcome -> !outcome.failure().isEmpty()).toList();
        if (failed.isEmpty()) return;
        say("## What could not be measured", "");
        for (var outcome : failed) say("- `" + outcome.row().name() + "`: " + outcome.failure());
        say("");
    }

    private void say(String... lines) {
        for (var line : lines) text.append(line).append('\n');
    }
}
