package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Somebody else's program, run to its end.
final class Peer {

    private static final int SECONDS = 60;

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";

    private Peer(String program) {
        command.add(program);
    }

    /// What came of it.
    record Result(int exit, String output) {
        Result succeeded() {
            assertThat(exit).as(output).isZero();
            return this;
        }

        Result says(String... expected) {
            assertThat(output).contains(expected);
            return this;
        }
    }

    /// A program by its name; the test is skipped, or fails, when it isn't installed.
    static Peer of(String program, Object... arguments) {
        require(program);
        return new Peer(program).with(arguments);
    }

    static void require(String program) {
        for (var folder : System.getenv("PATH").split(":"))
            if (Files.isExecutable(Path.of(folder).resolve(program))) return;
        if ("required".equals(System.getProperty("peers")))
            throw new AssertionError(program + " is not installed");
        assumeTrue(false, program + " is not installed");
    }

    Peer with(Object... arguments) {
        for (var argument : arguments) command.add(argument.toString());
        return this;
    }

    Peer hears(String text) {
        input = text;
        return this;
    }

    Peer where(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    Result run() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var output = Files.createTempFile("peer", ".out");
        var stdin = Files.createTempFile("peer", ".in");
        try {
            Files.writeString(stdin, input);
            builder.redirectOutput(output.toFile()).redirectInput(stdin.toFile());
            var process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(output));
            }
            return new Result(
                    process.exitValue(),
                    new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
            Files.delete(stdin);
        }
    }
}
