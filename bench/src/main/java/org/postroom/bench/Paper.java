package org.postroom.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Outcomes as people read them.
final class Paper {

    private static final String TRIED = "## Why, and what was tried";
    private static final String SHORT = "falls short";
    private static final String SIGN_INS = "Sign-ins: ";

    // cells of a line
    private static final int ROW = 1;
    private static final int WHAT = 2;
    private static final int OURS = 3;
    private static final int BESIDE = 4;
    private static final int RATIO = 5;
    private static final int AIM = 6;

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
        return aim + ": " + (it.isReached() ? "reached" : SHORT);
    }

    /// The whole of docs/performance.md. Rows that were not measured this time stay as an earlier paper has
    /// them, and so does what people wrote below the heading [#TRIED].
    ///
    /// @param command by which it is repeated
    /// @param before the earlier paper, or ""
    static String of(
            String command,
            Scale scale,
            Machine machine,
            Hashes hashes,
            List<Outcome> outcomes,
            String before) {
        var paper = new Paper();
        paper.say(
                "# Performance",
                "",
                "Written by the bench. To repeat it, as root on a Debian 12 with a JDK 25, Maven,"
                        + " gcc and perl:",
                "",
                "    " + command,
                "",
                "With the names of rows only those are taken anew, and the others stay.",
                "",
                machine + ".",
                "",
                about(scale),
                "",
                hashing(hashes, before));
        var lines = lines(outcomes, before);
        paper.table(lines);
        paper.shortfalls(lines);
        paper.failures(outcomes);
        int tried = before.indexOf(TRIED);
        if (tried >= 0) paper.text.append(before.substring(tried));
        return paper.text.toString();
    }

    private static String about(Scale scale) {
        return "A row is one load, put on each server in turn, forwards and backwards alternately: "
                + scale.warmUp
                + " rounds to warm up, then "
                + scale.rounds
                + " that count; ours alone is under the load for "
                + scale.warming.toSeconds()
                + " seconds before, since it is compiled while it runs. A *ratio* is how many times"
                + " as good we are, round by round: the median, and in brackets its 95 % interval"
                + " by order statistics. \"At least n\" is reached when the lower end is, \"no"
                + " slower\" when the upper end is 1 or better and the median 0.9. The row `noise`"
                + " shows a server beside itself: so much is chance here. *Load* is the part of the"
                + " processor time that the load generator took, of what it and our server took"
                + " together in our turns: they share the processors. *Taken* is when, and the"
                + " machine's load then (one minute's average, our own two processes in it). Peers"
                + " come from Debian's packages, all on loopback, with caps on connections lifted"
                + " everywhere; Postfix and Dovecot sync as they do by themselves. FTP servers sync"
                + " nothing, so uploads are compared with ours unsynced, and ours synced stands"
                + " beside. The row `mime` is no server's: JMH has each library sum up the nasty"
                + " messages of `mime/src/test/corpus`, a round in a process of its own.";
    }

    private static String hashing(Hashes hashes, String before) {
        if (hashes.equals(Hashes.NONE))
            return before.lines()
                    .filter(line -> line.startsWith(SIGN_INS))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                SIGN_INS
                        + "our Argon2id (19 MiB, 2 passes) takes %s ms here; Dovecot's has %s MiB"
                        + " and the FTP servers' SHA-512 %,d rounds, which take as long.\n",
                Figures.of(hashes.ours()),
                Figures.of(hashes.memory() / 1024.0),
                hashes.rounds());
    }

    /// The table's lines by row, in the order of the rows.
    private static Map<String, List<String>> lines(List<Outcome> outcomes, String before) {
        var lines = new LinkedHashMap<String, List<String>>();
        for (var row : Rows.of(Scale.FULL)) lines.put(row.name(), new ArrayList<>());
        before.lines()
                .filter(line -> line.startsWith("| "))
                .forEach(line ->
                        Optional.ofNullable(lines.get(cell(line, ROW)))
                                .ifPresent(it -> it.add(line)));
        for (var outcome : outcomes)
            lines.put(
                    outcome.row().name(),
                    outcome.comparisons().stream().map(it -> line(outcome, it)).toList());
        return lines;
    }

    private static String cell(String line, int number) {
        return line.split("\\|", -1)[number].strip();
    }

    private static String line(Outcome outcome, Comparison it) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s %s | %s %s | %s | %s | %s | %s |",
                it.row().name(),
                it.figure().what(),
                Figures.of(it.first()),
                it.figure().unit().title,
                it.contender().title(),
                Figures.of(it.other()),
                it.ratio(),
                it.aim() instanceof Aim.Shown ? "" : verdict(it),
                share(outcome),
                outcome.taken());
    }

    private void table(Map<String, List<String>> lines) {
        say(
                "| row | what | Postroom | beside | ratio | aim | load | taken |",
                "|---|---|--:|---|--:|---|--:|---|");
        lines.values().forEach(row -> row.forEach(this::say));
        say("");
    }

    private static String share(Outcome outcome) {
        return Double.isNaN(outcome.share())
                ? ""
                : String.format(Locale.ROOT, "%.0f %%", 100 * outcome.share());
    }

    private void shortfalls(Map<String, List<String>> lines) {
        say("## What falls short", "");
        var missed =
                lines.values().stream()
                        .flatMap(List::stream)
                        .filter(line -> cell(line, AIM).endsWith(SHORT))
                        .toList();
        for (var line : missed)
            say(
                    "- `"
                            + cell(line, ROW)
                            + "`, "
                            + cell(line, WHAT)
                            + ": "
                            + cell(line, AIM).replace(": " + SHORT, "")
                            + ", measured "
                            + cell(line, RATIO)
                            + " ("
                            + cell(line, OURS)
                            + " beside "
                            + cell(line, BESIDE)
                            + ")");
        if (missed.isEmpty()) say("Nothing.");
        say("");
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
