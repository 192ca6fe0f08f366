package org.postroom.store.engine;

import org.postroom.wire.Fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Which layout a store has. A newer program brings an older store up to its own, and copies it to
/// `before-<format>` first; an older program refuses a newer store.
///
/// On disk: the file `FORMAT`, one line, `postroom store <number>`. It is written before the first
/// row, so rows without it are not a store.
///
/// @param upgrades what brings a store from format i + 1 to format i + 2, for each i; each can be
///     begun anew when it was cut short
record Format(List<Consumer<Storage>> upgrades) {

    private static final String WORDS = "postroom store ";

    /// What this program writes.
    static final Format CURRENT = new Format(List.of());

    int number() {
        return upgrades.size() + 1;
    }

    /// The number that the store in this folder has; a store that is not there yet is given ours.
    ///
    /// @throws HomeRefused if it is newer, or can't be understood
    int read(Path folder) throws HomeRefused {
        var file = folder.resolve("FORMAT");
        try {
            if (!Files.exists(file)) {
                if (Files.exists(folder.resolve("rows")))
                    throw new HomeRefused(folder + " has rows, but its file FORMAT is missing");
                write(folder, number());
                return number();
            }
            int number = parse(folder, Files.readString(file, StandardCharsets.US_ASCII));
            if (number > number())
                throw new HomeRefused(
                        folder
                                + " was written by a newer Postroom: its format is "
                                + number
                                + ", this program knows "
                                + number()
                                + ". Use the newer program, or the copy that it made before");
            return number;
        } catch (IOException e) {
            throw new Fault("reading " + file, e);
        }
    }

    private static int parse(Path folder, String line) throws HomeRefused {
        String number = line.strip();
        if (number.startsWith(WORDS) && number.substring(WORDS.length()).matches("[1-9][0-9]{0,5}"))
            return Integer.parseInt(number.substring(WORDS.length()));
        throw new HomeRefused(
                folder.resolve("FORMAT") + " does not say `" + WORDS + "` and a number");
    }

    /// Brings a store up to ours, step by step, each on disk before the next.
    void upgrade(Path folder, int from, Storage storage) {
        if (from == number()) return;
        var copy = folder.resolve("before-" + number());
        try {
            if (!Files.exists(copy)) {
                var part = folder.resolve("before-" + number() + ".part");
                if (Files.exists(part)) remove(part);
                storage.checkpoint(part);
                Folder.move(part, copy);
            }
            for (int format = from; format < number(); format++) {
                upgrades.get(format - 1).accept(storage);
                write(folder, format + 1);
            }
        } catch (IOException e) {
            throw new Fault("upgrading " + folder, e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList())
                Files.delete(file);
        }
    }

    static void write(Path folder, int number) throws IOException {
        var line = (WORDS + number + "\n").getBytes(StandardCharsets.US_ASCII);
        Folder.write(folder.resolve("FORMAT"), line);
    }
}
