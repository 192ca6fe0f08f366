package org.postroom.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The process that [Sinks] run in.
///
/// @param port where each of them is
record SinksChild(Process process, BufferedReader answers, int port) implements AutoCloseable {

    /// What they say of themselves.
    ///
    /// @param taken recipients that the living have
    /// @param mute calls that the mute have taken
    /// @param hanging recipients that wait with those that hang
    record Counts(int taken, int mute, int hanging) {}

    static SinksChild start(int living, int mute, int hanging) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Sinks.class.getName()));
        for (int count : new int[] {living, mute, hanging}) command.add(Integer.toString(count));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var port = answers.readLine();
        if (port == null) throw new IOException("the sinks do not start");
        return new SinksChild(process, answers, Integer.parseInt(port));
    }

    Counts counts() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        var line = answers.readLine();
        if (line == null) throw new IOException("the sinks are gone");
        var said = Arrays.stream(line.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        return new Counts(said[0], said[1], said[2]);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
