package org.postroom.agent.keys;

import org.postroom.crypto.Spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Room in the system's folder for temporary files, for this user's eyes only. What lies there is
/// encrypted; a file that a crash leaves behind can be read by nobody.
public final class TemporarySpool implements Spool {

    @Override
    public Room take() throws IOException {
        return new Held(Files.createTempFile("postroom", ".held"));
    }

    private record Held(Path file) implements Room {

        @Override
        public OutputStream writer() throws IOException {
            return Files.newOutputStream(file);
        }

        @Override
        public InputStream reader() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
