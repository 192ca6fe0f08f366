package org.postroom.agent;

import org.postroom.mime.render.Columns;

import java.util.ArrayList;
import java.util.List;

/// A full screen of lines; only what changed is drawn.
final class Canvas implements AutoCloseable {

    private static final String CLEAR = "\u001b[2J";
    private static final String ENTER = "\u001b[?1049h\u001b[?25l" + CLEAR;
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

    private final Screen screen;
    private List<String> drawn = List.of();
    private int width;

    Canvas(Screen screen) {
        this.screen = screen;
        enter();
    }

    final void enter() {
        drawn = List.of();
        screen.full(true);
        screen.out().print(ENTER);
        screen.out().flush();
    }

    /// Gives the terminal back, for a while or for good.
    void leave() {
        screen.full(false);
        screen.out().print(LEAVE);
        screen.out().flush();
    }

    void draw(List<String> lines) {
        var out = screen.out();
        if (width != screen.width() || drawn.size() != lines.size()) {
            drawn = List.of();
            out.print(CLEAR);
        }
        width = screen.width();
        for (int i = 0; i < lines.size(); i++)
            if (i >= drawn.size() || !drawn.get(i).equals(lines.get(i)))
                out.print("\u001b[" + (i + 1) + ";1H\u001b[0m" + lines.get(i) + "\u001b[K");
        out.flush();
        drawn = new ArrayList<>(lines);
    }

    /// A bar over the whole width.
    String bar(String text) {
        return "\u001b[7m" + Columns.fit(text, screen.width()) + "\u001b[0m";
    }

    @Override
    public void close() {
        leave();
    }
}
