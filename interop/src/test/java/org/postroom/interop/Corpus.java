package org.postroom.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The nasty messages of `mime`, and what its index says of each: why it is nasty, and which of the
/// other programs reads it otherwise than the RFC has it.
final class Corpus {

    static final Path FOLDER = Path.of("..", "mime", "src", "test", "corpus").toAbsolutePath();

    /// @param excused what a program by this name reads otherwise, and the section that says that it
    ///     should not
    record Letter(String name, String why, Map<String, String> excused) {

        Path file() {
            return FOLDER.resolve(name + ".eml");
        }

        byte[] octets() throws IOException {
            return Files.readAllBytes(file());
        }
    }

    private Corpus() {}

    /// The index: a name and a reason, a tab between them; then, for each program that differs, a line
    /// that begins with a tab, its name and why it is wrong.
    static List<Letter> letters() throws IOException {
        var letters = new ArrayList<Letter>();
        for (var line : Files.readAllLines(FOLDER.resolve("INDEX"), StandardCharsets.UTF_8)) {
            var words = line.split("\t", -1);
            if (words[0].isEmpty()) letters.getLast().excused.put(words[1], words[2]);
            else letters.add(new Letter(words[0], words[1], new HashMap<>()));
        }
        return letters;
    }

    /// Each letter, by what a program makes of it: where that isn't what we make of it the index has to
    /// say why, and where it is, must not.
    static void compare(String program, Map<String, String> ours, Map<String, String> theirs)
            throws IOException {
        var differences = new ArrayList<String>();
        for (var letter : letters()) {
            String our = String.valueOf(ours.get(letter.name));
            String their = String.valueOf(theirs.get(letter.name));
            boolean excused = letter.excused.containsKey(program);
            if (our.equals(their) == excused)
                differences.add(
                        letter.name
                                + (excused ? ": the excuse is stale" : "")
                                + "\n  ours:   "
                                + our
                                + "\n  theirs: "
                                + their);
        }
        assertThat(String.join("\n", differences)).isEmpty();
    }
}
