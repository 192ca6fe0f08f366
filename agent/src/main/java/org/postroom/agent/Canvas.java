package org.postroom.agent;

import org.postroom.mime.render.Columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A full screen of lines; only what changed is drawn.
final class Canvas implements AutoCloseable {

    private static final String CLEAR = "\u001b[2J";

    /// The cursor seen, and long lines broken, as at the prompt; and neither: a line that turns out wider
    /// than it was thought to be spoils no other.
    private static final String SHOW_CURSOR = "\u001b[?25h\u001b[?7h";

    private static final String HIDE_CURSOR = "\u001b[?25l\u001b[?7l";

    /// To the terminal's other screen, and back.
    static final String ENTER = "\u001b[?1049h" + CLEAR + "\u001b[H";

    static final String LEAVE = SHOW_CURSOR + "\u001b[?1049l";

    private final Screen screen;
    private List<String> drawn = List.of();
    private int width;

    Canvas(Screen screen) {
        this.screen = screen;
        screen.alternate(true);
        screen.out().print(ENTER);
        take();
    }

    /// All of the screen is ours again.
    final void take() {
        drawn = List.of();
        screen.full(true);
        screen.raw(true);
        screen.out().print("\u001b[0m" + HIDE_CURSOR + CLEAR);
        screen.out().flush();
    }

    /// For a while lines are printed, and read, as at the prompt, from the top of an empty screen.
    void give() {
        screen.full(false);
        screen.raw(false);
        screen.out().print(CLEAR + "\u001b[H" + SHOW_CURSOR);
        screen.out().flush();
    }

    /// Asks in the last line.
    Optional<String> ask(String question, String begun, Verb.Words words) {
        screen.raw(false);
        screen.out().print("\u001b[" + screen.height() + ";1H\u001b[0m\u001b[K" + SHOW_CURSOR);
        try {
            return screen.line(question, begun, words)
                    .map(String::strip)
                    .filter(said -> !said.isEmpty());
        } finally {
            take();
        }
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
                out.print("\u001b[" + (i + 1) + ";1H\u001b[0m\u001b[K" + lines.get(i));
        out.flush();
        drawn = new ArrayList<>(lines);
    }

    /// Lines over what is drawn, until it is drawn anew.
    void over(int top, List<String> lines) {
        for (int i = 0; i < lines.size() && top + i <= screen.height(); i++)
            screen.out().print("\u001b[" + (top + i) + ";1H\u001b[0m\u001b[K" + lines.get(i));
        screen.out().flush();
    }

    /// A bar over the whole width.
    String bar(String text) {
        return "\u001b[7m" + Columns.fit(text, screen.width()) + "\u001b[0m";
    }

    /// Text at both ends of a bar.
    String bar(String left, String right) {
        int room = Math.max(10, screen.width() - Columns.of(right) - 1);
        return bar(Columns.fit(left, room) + right);
    }

    @Override
    public void close() {
        screen.alternate(false);
        screen.full(false);
        screen.raw(false);
        screen.out().print(LEAVE);
        screen.out().flush();
    }
}
