package org.postroom.agent;

import org.postroom.agent.account.Hindrance;
import org.postroom.mime.render.Columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list over the full screen, of which one thing is chosen.
final class Chooser {

    private final Screen screen;
    private final Canvas canvas;
    private final String title;
    private final List<String> lines;
    private final String keys; // what else may be done with one of them
    private int cursor;
    private int top;

    /// @param keys each with what it does: `s save  | pipe`
    Chooser(Screen screen, Canvas canvas, String title, List<String> lines, String keys) {
        this.screen = screen;
        this.canvas = canvas;
        this.title = title;
        this.lines = lines;
        this.keys = keys;
    }

    /// @param key return, or one of those that were named
    record Choice(int index, int key) {}

    Optional<Choice> choose(int from) throws Hindrance {
        cursor = from;
        while (true) {
            draw();
            int key = screen.key();
            switch (key) {
                case 'j' -> cursor++;
                case 'k' -> cursor--;
                case ' ' -> cursor += screen.height() - 2;
                case 'b' -> cursor -= screen.height() - 2;
                case 'g' -> cursor = 0;
                case 'G' -> cursor = lines.size() - 1;
                case 'q', 27, -1, 3, 4 -> {
                    return Optional.empty();
                }
                default -> {
                    boolean chosen = key == '\r' || key == '\n' || isNamed(key);
                    if (chosen && !lines.isEmpty()) return Optional.of(new Choice(cursor, key));
                }
            }
            cursor = Math.max(0, Math.min(cursor, lines.size() - 1));
        }
    }

    private boolean isNamed(int key) {
        for (var hint : keys.split("  ", -1))
            if (!hint.isEmpty() && hint.charAt(0) == key) return true;
        return false;
    }

    private void draw() {
        int room = screen.height() - 2;
        if (cursor < top) top = cursor;
        if (cursor >= top + room) top = cursor - room + 1;
        var shown = new ArrayList<String>();
        shown.add(canvas.bar(" " + title));
        for (int i = top; i < top + room; i++) {
            String line =
                    i < lines.size() ? Columns.fit(" " + lines.get(i), screen.width() - 1) : "";
            shown.add(i == cursor ? canvas.bar(line) : line.stripTrailing());
        }
        String hints = "return chooses  q back  " + keys;
        shown.add(screen.paint().faint(Columns.fit(hints, screen.width() - 1)));
        canvas.draw(shown);
    }
}
