package org.postroom.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes rows one after the other. The servers of a stage run together; in each round every contender
/// has its turn, forwards and backwards alternately.
final class Run {

    private final Site site;
    private final Scale scale;
    private final PrintStream out;

    Run(Site site, Scale scale, PrintStream out) {
        this.site = site;
        this.scale = scale;
        this.out = out;
    }

    /// @param told all outcomes so far, after each row: a run takes long, and may be broken off
    List<Outcome> of(List<Row> rows, Told told) throws IOException {
        var outcomes = new ArrayList<Outcome>();
        var stages = new LinkedHashMap<Stage, List<Row>>();
        for (var row : rows) stages.computeIfAbsent(row.stage(), _ -> new ArrayList<>()).add(row);
        for (var entry : stages.entrySet())
            on(
                    entry.getKey(),
                    entry.getValue(),
                    outcome -> {
                        outcomes.add(outcome);
                        told.of(outcomes);
                    });
        return outcomes;
    }

    /// Hears outcomes.
    @FunctionalInterface
    interface Told {
        void of(List<Outcome> outcomes) throws IOException;
    }

    private interface Heard {
        void of(Outcome outcome) throws IOException;
    }

    private void on(Stage stage, List<Row> rows, Heard heard) throws IOException {
        var subjects = new LinkedHashMap<Contender, Subject>();
        try {
            for (var row : rows)
                for (var contender : row.contenders())
                    if (!subjects.containsKey(contender)) {
                        out.println("  " + contender.title() + ", " + stage.name());
                        var subject = contender.set(site, stage);
                        subjects.put(contender, subject);
                        subject.launch();
                    }
            for (var row : rows) heard.of(measured(row, subjects));
        } finally {
            subjects.values().forEach(Subject::close);
            for (var subject : subjects.values()) remove(subject.folder);
        }
    }

    private Outcome measured(Row row, Map<Contender, Subject> subjects) {
        out.println(row.name());
        try {
            var outcome = measure(row, subjects);
            for (var comparison : outcome.comparisons()) out.println("  " + Paper.line(comparison));
            return outcome;
        } catch (IOException e) {
            out.println("  failed: " + e.getMessage() + ", " + e.getCause());
            return Outcome.failed(row, String.valueOf(e.getMessage()));
        }
    }

    private Outcome measure(Row row, Map<Contender, Subject> subjects) throws IOException {
        int count = row.contenders().size();
        int rounds = row.load().rounds(scale);
        int warmUp = row.load().warmUp(scale);
        var works = new ArrayList<Load.Work>();
        var values = new ArrayList<double[][]>();
        try {
            for (var contender : row.contenders()) {
                works.add(row.load().on(subject(subjects, contender)));
                values.add(new double[row.figures().size()][rounds]);
            }
            for (int which = 0; which < count; which++)
                if (row.contenders().get(which).isOurs())
                    warm(works.get(which), row.load().warming(scale));
            double load = 0;
            double servers = 0;
            for (int round = 0; round < warmUp + rounds; round++) {
                for (int turn = 0; turn < count; turn++) {
                    int which = round % 2 == 0 ? turn : count - 1 - turn;
                    var subject = subject(subjects, row.contenders().get(which));
                    double ownBefore = Child.own();
                    double theirsBefore = subject.cpu();
                    double[] result = works.get(which).round();
                    int counted = round - warmUp;
                    if (counted < 0) continue;
                    for (int figure = 0; figure < result.length; figure++)
                        values.get(which)[figure][counted] = result[figure];
                    if (which > 0) continue;
                    load += Child.own() - ownBefore;
                    servers += subject.cpu() - theirsBefore;
                }
            }
            return new Outcome(
                    row,
                    values,
                    servers > 0 ? load / (load + servers) : Double.NaN,
                    Machine.now(),
                    "");
        } finally {
            for (var work : works) work.close();
        }
    }

    private static void warm(Load.Work work, Duration span) throws IOException {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() - end < 0) work.round();
    }

    private static Subject subject(Map<Contender, Subject> subjects, Contender contender) {
        var subject = subjects.get(contender);
        if (subject == null) throw new IllegalStateException(contender.title());
        return subject;
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
