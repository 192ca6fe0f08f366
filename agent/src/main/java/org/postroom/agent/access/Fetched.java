package org.postroom.agent.access;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.Source;
import org.postroom.mime.Structure;
import org.postroom.mime.Summary;
import org.postroom.wire.Fault;
import org.postroom.wire.Sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A letter that was fetched: in memory if it is small, else in a file that goes with it.
///
/// @param absent the octets of the parts that stayed at the server, by section number
public record Fetched(Source source, Summary summary, Map<String, Long> absent, Optional<Path> file)
        implements AutoCloseable {

    /// Letters up to this are kept in memory.
    private static final int IN_MEMORY = 1 << 20;

    /// Nobody sends larger ones by mail.
    static final long MOST = 4L << 30;

    /// Takes a letter as it comes, and finds its structure on the way.
    static final class Taking implements Sink, AutoCloseable {

        private final Structure.Parser parser = new Structure.Parser();
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private Optional<Path> file = Optional.empty();
        private OutputStream out = memory;
        private boolean taken;

        @Override
        public void write(byte[] octets, int offset, int length) {
            parser.write(octets, offset, length);
            try {
                if (file.isEmpty() && memory.size() + length > IN_MEMORY) spill();
                out.write(octets, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void spill() throws IOException {
            var path = Files.createTempFile("postroom-", ".eml");
            file = Optional.of(path);
            out = Files.newOutputStream(path);
            memory.writeTo(out);
            memory.reset();
        }

        Fetched end(Map<String, Long> absent) {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            taken = true;
            byte[] octets = file.isPresent() ? new byte[0] : memory.toByteArray();
            Source source =
                    file.<Source>map(path -> () -> Files.newInputStream(path))
                            .orElse(Source.of(octets));
            return new Fetched(source, parser.finish(), absent, file);
        }

        /// What was not taken to its end is thrown away.
        @Override
        public void close() {
            if (!taken) remove(file);
        }
    }

    private static void remove(Optional<Path> file) {
        try {
            if (file.isPresent()) Files.deleteIfExists(file.get());
        } catch (IOException e) {
            throw new Fault("removing a temporary file", e);
        }
    }

    @Override
    public void close() {
        remove(file);
    }

    static Hindrance unwritten(UncheckedIOException e) {
        return new Hindrance(Hindrance.Kind.SYSTEM, "Keeping the letter: " + e.getMessage());
    }
}
