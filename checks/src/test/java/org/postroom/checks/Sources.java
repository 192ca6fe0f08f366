package org.postroom.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The project's own texts.
final class Sources {

    /// The top of the checkout.
    static final Path HOUSE =
            Path.of(System.getProperty("house", "..")).toAbsolutePath().normalize();

    /// Papers that are made by a check are written instead of compared.
    static final boolean WRITING = "true".equals(System.getProperty("write"));

    private Sources() {}

    /// A file with its path from the top.
    record Text(String path, List<String> lines) {
        boolean isTest() {
            return path.contains("/src/test/");
        }
    }

    static List<Text> ending(String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(HOUSE)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            !HOUSE.relativize(file)
                                    .toString()
                                    .matches("(.*/)?(target|node_modules|\\.git)/.*|home/.*"))
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .map(Sources::read)
                    .toList();
        }
    }

    private static Text read(Path file) {
        try {
            return new Text(HOUSE.relativize(file).toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(file.toString(), e);
        }
    }

    /// Holds a generated paper to what it should say now, or writes it.
    static void paper(String path, String content) throws IOException {
        var file = HOUSE.resolve(path);
        if (WRITING) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } else if (!Files.exists(file) || !Files.readString(file).equals(content))
            throw new AssertionError(
                    path
                            + " is not what the sources say now. Write it anew:\n"
                            + "  mvn -q -pl checks -am test -Dtest='*Paper*' -Dwrite=true"
                            + " -Dsurefire.failIfNoSpecifiedTests=false");
    }
}
