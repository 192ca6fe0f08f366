package org.postroom.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Somebody else's program, run to its end: octets in, octets out.
public final class Peer {

    private static final int SECONDS = 60;

    private Peer() {}

    /// What came of it.
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Result(int exit, byte[] out, String err) {

        public String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        public Result succeeded() {
            assertThat(exit).as(err + text()).isZero();
            return this;
        }
    }

    /// The test is skipped, or fails, when it isn't installed.
    public static void require(String program) {
        for (var folder : System.getenv("PATH").split(":"))
            if (Files.isExecutable(Path.of(folder).resolve(program))) return;
        if ("required".equals(System.getProperty("peers")))
            throw new AssertionError(program + " is not installed");
        assumeTrue(false, program + " is not installed");
    }

    public static Result run(byte[] input, Object... words)
            throws IOException, InterruptedException {
        require(words[0].toString());
        List<String> command = new ArrayList<>();
        for (var word : words) command.add(word.toString());
        var folder = Files.createTempDirectory("peer");
        try {
            var in = Files.write(folder.resolve("in"), input);
            var out = folder.resolve("out");
            var err = folder.resolve("err");
            var process =
                    new ProcessBuilder(command)
                            .redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(err));
            }
            return new Result(
                    process.exitValue(),
                    Files.readAllBytes(out),
                    new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
        } finally {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) Files.delete(file);
            }
            Files.delete(folder);
        }
    }
}
