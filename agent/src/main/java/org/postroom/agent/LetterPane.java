package org.postroom.agent;

import java.util.List;
import java.util.Locale;

/// A letter on the screen, or nothing.
final class LetterPane {

    private List<String> lines = List.of();
    private int top;
    private int room = 1;

    void show(List<String> shown) {
        lines = shown;
        top = 0;
    }

    void close() {
        lines = List.of();
    }

    boolean isOpen() {
        return !lines.isEmpty();
    }

    void draw(List<String> screen, int height) {
        room = Math.max(1, height);
        top = Math.max(0, Math.min(top, lines.size() - 1));
        for (int i = top; i < top + height; i++) screen.add(i < lines.size() ? lines.get(i) : "");
    }

    void scroll(int by) {
        top = Math.max(0, Math.min(top + by, Math.max(0, lines.size() - room)));
    }

    /// A screen on or back, one line of the last one kept.
    ///
    /// @return whether there was more
    boolean turn(int direction) {
        int before = top;
        scroll(direction * Math.max(1, room - 1));
        return top != before;
    }

    /// Goes to the next line that has a text, beginning anew behind the last.
    boolean find(String text) {
        String sought = text.toLowerCase(Locale.ROOT);
        for (int i = 1; i <= lines.size(); i++) {
            int at = (top + i) % lines.size();
            if (Screen.unpainted(lines.get(at)).toLowerCase(Locale.ROOT).contains(sought)) {
                top = at;
                return true;
            }
        }
        return false;
    }

    /// How much of it has been on the screen.
    String place() {
        int seen = Math.min(lines.size(), top + room);
        return seen == lines.size() ? "end" : 100 * seen / lines.size() + "%";
    }
}
