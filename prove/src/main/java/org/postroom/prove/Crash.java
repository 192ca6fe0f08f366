package org.postroom.prove;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/// Many rounds on one home, kills and power cuts mixed. Each round says a line, and the seed, by
/// which what is random here is made again (when the child is killed, what is cut; not how its
/// threads run).
///
/// @param folder on a real disk, for the home and what the power cut keeps
/// @param longest how long a child works at most
record Crash(Path folder, long seed, Duration longest) {

    /// @return whether all was well in all rounds
    boolean run(Subject subject, int rounds) throws IOException, InterruptedException {
        System.out.println("seed " + seed + ", home " + folder.resolve("home"));
        var random = new Random(seed);
        var powerCut = PowerCut.build(folder, PowerCut.Deaf.NO);
        boolean well = true;
        for (int number = 1; number <= rounds; number++) {
            boolean cut = random.nextInt(4) > 0;
            var round =
                    new Round(
                            subject,
                            folder.resolve("home"),
                            number,
                            cut ? powerCut : null,
                            longest,
                            random);
            var report = round.run();
            System.out.println(report);
            report.complaints().stream()
                    .skip(1)
                    .limit(10)
                    .forEach(more -> System.out.println("  " + more));
            well &= report.well();
        }
        return well;
    }
}
