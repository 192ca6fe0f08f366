package org.postroom.interop;

import static org.awaitility.Awaitility.await;

import org.awaitility.core.ConditionTimeoutException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// A terminal with a program in it: keys are pressed and counted, the screen is looked at.
final class Tmux implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String socket = "postroom-" + UUID.randomUUID();
    private final Path folder;
    private int pressed;

    /// @param within the folder that the program is started in
    /// @param environment of the program, besides ours
    Tmux(int columns, int rows, Path within, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Peer.require("tmux");
        folder = Files.createTempDirectory("tmux");
        var words = new ArrayList<String>(List.of("env"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command);
        var script = new StringBuilder("cd '" + within + "' && ");
        for (var word : words) script.append('\'').append(word.replace("'", "'\\''")).append("' ");
        script.append("; echo \"(ended $?)\"; read -r _\n");
        var file = Files.writeString(folder.resolve("run"), script);
        tmux("new-session", "-d", "-x", "" + columns, "-y", "" + rows, "sh " + file).succeeded();
    }

    private Peer.Result tmux(String... words) throws IOException, InterruptedException {
        return Peer.of("tmux", "-L", socket, "-f", "/dev/null", "-u").with((Object[]) words).run();
    }

    /// Presses keys: a text is typed letter by letter; `Enter`, `Escape`, `Tab`, `C-x` are keys.
    Tmux press(String... keys) throws IOException, InterruptedException {
        for (var key : keys)
            if (isKey(key)) {
                tmux("send-keys", key).succeeded();
                pressed++;
            } else {
                // a semicolon at the end would end tmux's command
                String typed = key.endsWith(";") ? key.substring(0, key.length() - 1) + "\\;" : key;
                tmux("send-keys", "-l", "--", typed).succeeded();
                pressed += key.codePointCount(0, key.length());
            }
        return this;
    }

    private static boolean isKey(String key) {
        return key.matches("Enter|Escape|Tab|Up|Down|PPage|NPage|BSpace|C-.");
    }

    /// How many keys were pressed so far.
    int pressed() {
        return pressed;
    }

    String screen() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p").succeeded().output().stripTrailing() + "\n";
    }

    /// Waits until the screen shows something.
    ///
    /// @param pattern found anywhere on it
    Tmux sees(String pattern) {
        return when(pattern, true);
    }

    Tmux seesNot(String pattern) {
        return when(pattern, false);
    }

    private Tmux when(String pattern, boolean wanted) {
        var compiled = Pattern.compile(pattern);
        var last = new String[] {""};
        try {
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ofMillis(5))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        last[0] = screen();
                        return compiled.matcher(last[0]).find() == wanted;
                    });
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "not seen" + (wanted ? "" : " to go") + ": " + pattern + "\n" + last[0], late);
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        try {
            tmux("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
