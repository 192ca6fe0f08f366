package org.postroom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What it was measured on.
record Machine(String processor, int processors, String memory, String system, String disk) {

    static Machine here(Path folder) throws IOException {
        return new Machine(
                first("/proc/cpuinfo", "model name").replaceAll(".*:\\s*", ""),
                Runtime.getRuntime().availableProcessors(),
                gib(first("/proc/meminfo", "MemTotal")),
                first("/etc/os-release", "PRETTY_NAME").replaceAll(".*=|\"", "")
                        + ", Linux "
                        + System.getProperty("os.version"),
                Files.getFileStore(folder).type());
    }

    private static String first(String file, String beginning) throws IOException {
        try (var lines = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(beginning)).findFirst().orElse("");
        }
    }

    private static String gib(String line) {
        var kib = line.replaceAll("[^0-9]", "");
        return kib.isEmpty() ? "" : Math.round(Double.parseDouble(kib) / (1 << 20)) + " GiB";
    }

    /// How many processes want a processor, on the average of the last minute.
    static double load() throws IOException {
        var text = Files.readString(Path.of("/proc/loadavg"));
        return Double.parseDouble(text.split(" ", 2)[0]);
    }

    /// The day, the time, and the load.
    static String now() throws IOException {
        var time = LocalDateTime.now(ZoneOffset.UTC);
        return time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT))
                + String.format(Locale.ROOT, ", %.1f", load());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d processors (%s), %s of memory, %s on this disk; %s; Java %s",
                processors,
                processor,
                memory,
                disk,
                system,
                Runtime.version());
    }
}
