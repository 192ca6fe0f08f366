package org.postroom.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What somebody does at a program, as the files in `tasks/` write it down: a word is typed, `<Enter>` and
/// its like are keys, `<~PATTERN>` waits until that is on the screen.
///
/// @param note what stands behind the bar in the title
/// @param lines by what they begin with: who does it
record Steps(String title, String note, Map<String, String> lines) {

    /// The full screen with no letter open: how much of one was seen would stand in its bar.
    static final String INDEX = "\\d+ of \\d+(  \\d+ tagged)? +[^ %]+@";

    private static final Pattern STEP = Pattern.compile("<~.*?>(?= |$)|\\S+");
    private static final Pattern KEY = Pattern.compile("<(Enter|Tab|Escape|Space|C-.)>|[^<]+|<");

    static List<Steps> read(String name) throws IOException {
        var all = new ArrayList<Steps>();
        for (var line : resource(name).lines().toList())
            if (line.startsWith("= ")) {
                int bar = line.lastIndexOf(" | ");
                all.add(
                        new Steps(
                                line.substring(2, bar), line.substring(bar + 3), new HashMap<>()));
            } else if (line.contains(": ") && !line.startsWith("#")) {
                int colon = line.indexOf(": ");
                all.getLast().lines.put(line.substring(0, colon), line.substring(colon + 2));
            }
        return all;
    }

    static String resource(String name) throws IOException {
        try (var in = Steps.class.getResourceAsStream("/tasks/" + name)) {
            if (in == null) throw new AssertionError("there is no " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Optional<String> of(String who) {
        return Optional.ofNullable(lines.get(who)).filter(line -> !line.equals("-"));
    }

    /// Does what stands in a line.
    static void follow(Tmux terminal, String line, UnaryOperator<String> filled)
            throws IOException, InterruptedException {
        var words = STEP.matcher(line);
        while (words.find()) {
            String word = filled.apply(words.group());
            if (word.startsWith("<~")) terminal.sees(word.substring(2, word.length() - 1));
            else press(terminal, word.equals("C-d") ? "<C-d>" : word);
        }
    }

    private static void press(Tmux terminal, String word) throws IOException, InterruptedException {
        var keys = KEY.matcher(word);
        while (keys.find()) {
            String key = keys.group();
            if (key.equals("<Space>")) terminal.press(" ");
            else if (key.matches("<[^>]+>")) terminal.press(key.substring(1, key.length() - 1));
            else terminal.press(key);
        }
    }

    /// Goes back to where steps begin, by what stands behind `home`.
    void home(Tmux terminal, String who, String index) throws IOException, InterruptedException {
        follow(terminal, lines.getOrDefault("home " + who, ""), word -> word);
        terminal.sees(index);
    }
}
