package org.postroom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server's process with all that it has started, and what they use, by /proc.
final class Child implements AutoCloseable {

    private static final double TICKS = 100; // USER_HZ: the same on every Linux of today
    private static final Duration END = Duration.ofSeconds(15);

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /// @param log where its output goes
    static Child start(List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var child = new Child(builder.start());
        Runtime.getRuntime().addShutdownHook(new Thread(child::end)); // whatever ends the bench
        return child;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /// The time that it and its children have had on a processor, in seconds.
    double cpu() {
        return tree().mapToDouble(it -> cpu(Path.of("/proc", Long.toString(it.pid())))).sum();
    }

    /// The same of the bench itself.
    static double own() {
        return cpu(Path.of("/proc/self"));
    }

    /// proc(5): utime, stime, and those of children that were waited for, are fields 14 to 17.
    private static double cpu(Path process) {
        try {
            var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double ticks = 0;
            for (int field = 14; field <= 17; field++)
                ticks += Double.parseDouble(fields[field - 3]);
            return ticks / TICKS;
        } catch (IOException gone) {
            return 0;
        }
    }

    /// The memory that it and its children hold, in KiB; of what several share, each counts its part.
    double memory() {
        return tree().mapToDouble(it -> memory(it.pid())).sum();
    }

    private static double memory(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }

    long pid() {
        return process.pid();
    }

    /// Asks it to end, and ends what does not.
    @Override
    public void close() {
        end();
    }

    private void end() {
        if (!process.isAlive()) return;
        var all = tree().toList();
        process.destroy();
        try {
            process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
