package org.postroom.bench;

import jakarta.mail.MessagingException;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What JMH repeats: a summary of each nasty message of mime's corpus. Public because JMH calls it.
@State(Scope.Benchmark)
public class Summaries {

    @Param public MessageReader reader = MessageReader.OURS;

    private List<byte[]> messages = List.of();

    @Setup
    public void read() throws IOException {
        messages = new ArrayList<>();
        for (var file : files()) messages.add(Files.readAllBytes(file));
    }

    static List<Path> files() throws IOException {
        var folder = Path.of(System.getProperty("house", "."), "mime", "src", "test", "corpus");
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
        }
    }

    @Benchmark
    public int all() {
        int sum = 0;
        for (byte[] message : messages) sum += summary(message);
        return sum;
    }

    /// What a reader throws at counts as done.
    private int summary(byte[] message) {
        try {
            return reader.summarize(message);
        } catch (MessagingException | IOException | RuntimeException theirs) {
            return 0;
        }
    }
}
