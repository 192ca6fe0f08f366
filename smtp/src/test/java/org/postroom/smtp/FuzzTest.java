package org.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The inputs that fuzzing kept, once more through their [FuzzTargets]. They lie in `src/test/fuzz`, a
/// file a target, an input a line, in base64.
///
/// `-Dfuzz.seconds=300` lets Jazzer look for new ones, guided by coverage, that long for each target,
/// and keeps those that reach what no other does.
class FuzzTest {

    private static final Path KEPT = Path.of("src", "test", "fuzz");
    private static final Path WORK = Path.of("target", "fuzz");
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);

    private static void take(String name, byte[] octets) {
        switch (name) {
            case "Said" -> FuzzTargets.Said.fuzzerTestOneInput(octets);
            case "Answered" -> FuzzTargets.Answered.fuzzerTestOneInput(octets);
            default -> throw new IllegalArgumentException(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Said", "Answered"})
    void whatWasKeptIsReadAgain(String name) throws IOException {
        var kept = Files.readAllLines(KEPT.resolve(name));
        assertThat(kept).isNotEmpty();
        for (var line : kept) take(name, Base64.getDecoder().decode(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Said", "Answered"})
    void jazzerFindsNothing(String name) throws Exception {
        if (SECONDS == 0) return;
        var found = Files.createDirectories(WORK.resolve(name).resolve("found"));
        var seeds = seeds(name);
        if (Files.exists(KEPT.resolve(name)))
            for (var line : Files.readAllLines(KEPT.resolve(name)))
                seeds.add(Base64.getDecoder().decode(line));
        for (int i = 0; i < seeds.size(); i++)
            Files.write(found.resolve("seed-" + i), seeds.get(i));
        assertThat(jazzer(name, "-max_total_time=" + SECONDS, "-timeout=10", found.toString()))
                .isZero();
        var least = Files.createDirectories(WORK.resolve(name).resolve("least"));
        assertThat(jazzer(name, "-merge=1", least.toString(), found.toString())).isZero();
        var kept = new ArrayList<String>();
        try (var files = Files.list(least)) {
            for (var file : files.sorted().toList())
                kept.add(Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
        }
        Files.createDirectories(KEPT);
        Files.write(KEPT.resolve(name), kept);
    }

    /// Commands as they are printed; replies as they are put together.
    private static List<byte[]> seeds(String name) {
        var seeds = new ArrayList<byte[]>();
        for (int seed = 0; seed < 300; seed++) {
            String line = Grammar.print(new Sayings(seed).command()).text();
            String text = name.equals("Said") ? line : "250-x\r\n250-" + line + "\r\n250 2.1.0 y";
            seeds.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return seeds;
    }

    private static int jazzer(String name, String... arguments) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                "com.code_intelligence.jazzer.Jazzer",
                                "--instrumentation_includes=org.postroom.smtp.**",
                                "--target_class=" + FuzzTargets.class.getName() + "$" + name));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve(name + ".out").toFile())
                .start()
                .waitFor();
    }
}
