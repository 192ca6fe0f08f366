package org.postroom.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The inputs that fuzzing kept, once more through their [FuzzTargets]. They lie in `src/test/fuzz`, a
/// file a target ([Inputs]).
///
/// `-Dfuzz.seconds=600` lets Jazzer look for new ones, guided by coverage, that long for each target,
/// and keeps those that reach what no other does.
class FuzzTest {

    private static final Path KEPT = Path.of("src", "test", "fuzz");
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);

    @TempDir Path folder;

    private interface Target {
        void take(byte[] octets) throws IOException;
    }

    private static Target target(String name) {
        return switch (name) {
            case "Message" -> FuzzTargets.Message::fuzzerTestOneInput;
            case "Value" -> FuzzTargets.Value::fuzzerTestOneInput;
            case "Body" -> FuzzTargets.Body::fuzzerTestOneInput;
            case "Row" -> FuzzTargets.Row::fuzzerTestOneInput;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"Message", "Value", "Body", "Row"})
    void whatWasKeptIsReadAgain(String name) throws IOException {
        var kept = Inputs.read(KEPT.resolve(name));
        assertThat(kept).isNotEmpty();
        for (byte[] octets : kept) target(name).take(octets);
    }

    @Test
    void theFieldsOfTheCorpusAreValues() throws IOException {
        for (var file : CorpusTest.letters())
            for (var field : Fields.of(Files.readAllBytes(file)))
                FuzzTargets.Value.fuzzerTestOneInput(
                        field.raw().getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Message", "Value", "Body", "Row"})
    void jazzerFindsNothing(String name) throws Exception {
        if (SECONDS == 0) return;
        var inputs = Files.createDirectories(folder.resolve("inputs"));
        var found = Files.createDirectories(folder.resolve("found"));
        if (Files.exists(KEPT.resolve(name))) Inputs.spread(Inputs.read(KEPT.resolve(name)), found);
        Inputs.spread(seeds(name), inputs);
        int exit =
                jazzer(
                        name,
                        "-max_total_time=" + SECONDS,
                        "-timeout=10",
                        found.toString(),
                        inputs.toString());
        assertThat(exit).isZero();
        var least = Files.createDirectories(folder.resolve("least"));
        assertThat(jazzer(name, "-merge=1", least.toString(), found.toString())).isZero();
        Inputs.write(Inputs.gather(least), KEPT.resolve(name));
    }

    private static List<byte[]> seeds(String name) throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (var file : CorpusTest.letters()) {
            byte[] message = Files.readAllBytes(file);
            switch (name) {
                case "Row" -> seeds.add(Structure.of(message).encode());
                case "Value" -> {
                    for (var field : Fields.of(message))
                        seeds.add(field.raw().getBytes(StandardCharsets.ISO_8859_1));
                }
                default -> seeds.add(message);
            }
        }
        return seeds;
    }

    private int jazzer(String name, String... arguments) throws Exception {
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
                                "--instrumentation_includes=org.postroom.mime.**",
                                "--target_class=" + FuzzTargets.class.getName() + "$" + name));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Path.of("target", "fuzz-" + name + ".out").toAbsolutePath().toFile())
                .start()
                .waitFor();
    }
}
