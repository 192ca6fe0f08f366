package org.postroom.agent;

import org.postroom.agent.account.Hindrance;

import java.util.List;
import java.util.Locale;

/// Shows a long text a screen at a time.
final class Pager {

    private final Screen screen;
    private final List<String> lines;
    private int shown; // lines that were printed
    private String sought = "";

    Pager(Screen screen, List<String> lines) {
        this.screen = screen;
        this.lines = lines;
    }

    void run() throws Hindrance {
        more(screen.height() - 1);
        while (shown < lines.size()) {
            int percent = 100 * shown / lines.size();
            String keys =
                    "-- "
                            + percent
                            + "% -- space: on, return: a line, b: back, /: search, q: enough";
            screen.out().print(screen.paint().faint(keys));
            screen.out().flush();
            int key = screen.key();
            screen.out().print("\r" + " ".repeat(keys.length()) + "\r");
            switch (key) {
                case ' ', 'f' -> more(screen.height() - 1);
                case '\r', '\n', 'j' -> more(1);
                case 'd' -> more(screen.height() / 2);
                case 'b', 'k' -> from(shown - 2 * (screen.height() - 1));
                case 'g' -> from(0);
                case 'G' -> more(lines.size());
                case '/' -> {
                    sought = screen.line("/", "").orElse("");
                    seek();
                }
                case 'n' -> seek();
                case 'q', 'Q', 27, -1, 3, 4 -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private void more(int count) {
        int end = Math.min(lines.size(), shown + count);
        while (shown < end) screen.out().println(lines.get(shown++));
        screen.out().flush();
    }

    private void from(int line) {
        shown = Math.max(0, line);
        more(screen.height() - 1);
    }

    private void seek() {
        if (sought.isEmpty()) return;
        for (int i = shown; i < lines.size(); i++)
            if (lines.get(i).toLowerCase(Locale.ROOT).contains(sought.toLowerCase(Locale.ROOT))) {
                from(i);
                return;
            }
        screen.out().println(screen.paint().faint("not found"));
    }
}
