package org.postroom.prove;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/// Many rounds, kills and power cuts mixed, ten on each home: one in ten is the first of its home,
/// which has the most that could be forgotten. Each round says a line; the seed makes again what is
/// random here (when the child is killed, what is cut; not how its threads run).
///
/// @param folder on a real disk, for the homes and what the power cut keeps
/// @param longest how long a child works at most
record Crash(Path folder, long seed, Duration longest) {

    private static final int ON_ONE_HOME = 10;

    /// @return whether all was well in all rounds
    boolean run(Supplier<Subject> subjects, int rounds) throws IOException, InterruptedException {
        System.out.println("seed " + seed + ", homes in " + folder);
        var random = new Random(seed);
        var powerCut = PowerCut.build(folder, PowerCut.Deaf.NOTHING);
        var subject = subjects.get();
        boolean well = true;
        for (int i = 0; i < rounds; i++) {
            if (i > 0 && i % ON_ONE_HOME == 0) subject = subjects.get();
            var home = folder.resolve("home" + i / ON_ONE_HOME);
            var cut = random.nextInt(4) > 0 ? powerCut : null;
            var report = new Round(subject, home, i + 1, cut, longest, random).run();
            System.out.println(report);
            report.complaints().stream()
                    .skip(1)
                    .limit(10)
                    .forEach(complaint -> System.out.println("  " + complaint));
            well &= report.well();
        }
        return well;
    }
}
