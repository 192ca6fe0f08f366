package org.postroom.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What somebody wants measured: `[ROWS…] [--quick] [--out FILE] [--profile FOLDER]`.
///
/// @param rows names of rows, or how they begin; none for all
/// @param out where the table is written
/// @param profiles where flight recordings of our server are written
record Wishes(List<String> rows, Scale scale, Optional<Path> out, Optional<Path> profiles) {

    Wishes {
        rows = List.copyOf(rows);
    }

    /// @throws IllegalArgumentException says what is not understood
    static Wishes read(List<String> arguments) {
        var rows = new ArrayList<String>();
        var scale = Scale.FULL;
        Optional<Path> out = Optional.empty();
        Optional<Path> profiles = Optional.empty();
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var word = rest.next();
            switch (word) {
                case "--quick" -> scale = Scale.QUICK;
                case "--out" -> out = Optional.of(path(word, rest));
                case "--profile" -> profiles = Optional.of(path(word, rest));
                case "--help" -> throw new IllegalArgumentException("");
                default -> rows.add(row(word));
            }
        }
        return new Wishes(rows, scale, out, profiles);
    }

    private static Path path(String option, Iterator<String> rest) {
        if (!rest.hasNext()) throw new IllegalArgumentException(option + " names a path");
        return Path.of(rest.next()).toAbsolutePath();
    }

    private static String row(String word) {
        if (Rows.of(Scale.QUICK).stream().noneMatch(row -> row.isCalled(word)))
            throw new IllegalArgumentException("there is no row " + word);
        return word;
    }

    /// What to type for all of it again.
    String command() {
        var words = new ArrayList<String>(List.of("sudo", "./postroom", "bench"));
        if (scale == Scale.QUICK) words.add("--quick");
        out.ifPresent(file -> words.add("--out docs/" + file.getFileName()));
        return String.join(" ", words);
    }

    /// The rows that are meant.
    List<Row> wanted() {
        return Rows.of(scale).stream()
                .filter(row -> rows.isEmpty() || rows.stream().anyMatch(row::isCalled))
                .toList();
    }
}
