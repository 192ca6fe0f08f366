package org.postroom.command;

import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A message in a file, taken apart; what comes by standard input is one for as long as it is needed.
final class MessageFile implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    final String name;
    final Summary summary;
    final Source source;
    private final Path file;
    private final boolean isOurs;

    private MessageFile(String name, Path file, boolean isOurs) throws IOException {
        this.name = name;
        this.file = file;
        this.isOurs = isOurs;
        source = () -> Files.newInputStream(file);
        summary = summary();
    }

    /// @param name the file, or `-` for standard input
    static MessageFile open(String name) throws IOException {
        if (!name.equals("-")) return new MessageFile(name, Path.of(name), false);
        var file = Files.createTempFile("postroom-", ".eml");
        try {
            Files.copy(System.in, file, StandardCopyOption.REPLACE_EXISTING);
            return new MessageFile("standard input", file, true);
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
    }

    private Summary summary() throws IOException {
        var parser = new Structure.Parser();
        try (var in = source.open()) {
            byte[] buffer = new byte[BUFFER];
            for (int count; (count = in.read(buffer)) >= 0; ) parser.write(buffer, 0, count);
        }
        return parser.finish();
    }

    @Override
    public void close() throws IOException {
        if (isOurs) Files.delete(file);
    }
}
