package org.postroom.mime.render;

import java.util.ArrayDeque;
import java.util.Deque;

/// Running text on its way to lines: blanks are one blank, paragraphs are broken at the width, and
/// each line has before it what the blocks around it say.
final class Flow {

    /// Deeper blocks are shown like this one.
    private static final int DEEPEST = 16;

    /// What stands before the lines of a block: of its first one, of the others.
    private static final class Indent {
        private final String first;
        private final String rest;
        private boolean used;

        Indent(String first, String rest) {
            this.first = first;
            this.rest = rest;
        }
    }

    private final int width;
    private final int most;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final Deque<Indent> indents = new ArrayDeque<>();
    private int tooDeep;
    private boolean gap; // a blank is due before the next word
    private int blankDepth = -1; // within how many blocks a blank line is due, or -1

    /// @param width 0 for lines as long as they are
    /// @param most how many characters are kept
    Flow(int width, int most) {
        this.width = width;
        this.most = most;
    }

    void push(String first, String rest) {
        if (indents.size() == DEEPEST) tooDeep++;
        else indents.addLast(new Indent(first, rest));
    }

    void pop() {
        if (tooDeep > 0) tooDeep--;
        else indents.removeLast();
        blankDepth = Math.min(blankDepth, indents.size());
    }

    boolean isFull() {
        return out.length() >= most;
    }

    /// Running text.
    void text(String text) {
        for (int i = 0; i < text.length() && out.length() + line.length() < most; i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') gap = true;
            else {
                if (gap && !line.isEmpty()) line.append(' ');
                gap = false;
                line.append(c);
            }
        }
    }

    /// A word that belongs to what is before it.
    void mark(String mark) {
        if (gap && !line.isEmpty()) line.append(' ');
        gap = false;
        line.append(mark);
    }

    /// The line ends here, if there is one.
    void endLine() {
        if (!line.isEmpty()) forceLine();
        gap = false;
    }

    /// The line ends here, and if it is empty it is an empty line.
    void forceLine() {
        var text = line.toString();
        line.setLength(0);
        gap = false;
        Columns.wrap(text, room(), this::emit);
    }

    /// A line as it is.
    void verbatim(String text) {
        endLine();
        emit(text);
    }

    /// A blank line will be between what was and what comes.
    void endParagraph() {
        endLine();
        if (!out.isEmpty() && blankDepth < 0) blankDepth = indents.size();
    }

    private int room() {
        if (width <= 0) return 0;
        int taken = 0;
        for (var indent : indents) taken += indent.rest.length();
        return Math.max(width - taken, 20);
    }

    private void emit(String text) {
        if (isFull()) return;
        if (blankDepth >= 0) append(blank(), "");
        blankDepth = -1;
        append(prefix(), text);
    }

    private void append(String prefix, String text) {
        String whole = prefix + text;
        int end = whole.length();
        while (end > 0 && whole.charAt(end - 1) == ' ') end--;
        out.append(whole, 0, end).append('\n');
    }

    private String prefix() {
        var prefix = new StringBuilder();
        for (var indent : indents) {
            prefix.append(indent.used ? indent.rest : indent.first);
            indent.used = true;
        }
        return prefix.toString();
    }

    /// What stands before a blank line: of the blocks that both its neighbours are in.
    private String blank() {
        var prefix = new StringBuilder();
        int depth = 0;
        for (var indent : indents) if (depth++ < blankDepth) prefix.append(indent.rest);
        return prefix.toString();
    }

    /// How wide the last line is, without what stands before it.
    int lastWidth() {
        int end = out.length() - 1;
        if (end < 0) return 0;
        int from = out.lastIndexOf("\n", end - 1) + 1;
        return Math.max(
                0, Columns.of(out.substring(from, end)) - (width <= 0 ? 0 : width - room()));
    }

    int width() {
        return room();
    }

    String end() {
        endLine();
        return out.toString();
    }
}
