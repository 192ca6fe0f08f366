package org.postroom.mime.render;

import java.util.function.Consumer;

/// How wide text is on a terminal, and where its lines break.
public final class Columns {

    private Columns() {}

    /// Marks take no column, Chinese, Japanese and Korean characters take two.
    public static int of(int c) {
        if (c < 0x300) return 1;
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) return 0;
        return isWide(c) ? 2 : 1;
    }

    public static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /// Exactly so wide: cut with an ellipsis, or filled with blanks.
    public static String fit(String text, int width) {
        int wide = 0;
        int end = 0; // of what fits with an ellipsis behind it
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            wide += of(c);
            i += Character.charCount(c);
            if (wide < width) end = i;
            else if (wide > width || (wide == width && i < text.length())) {
                String cut = text.substring(0, end) + "…";
                return cut + " ".repeat(Math.max(0, width - of(cut)));
            }
        }
        return text + " ".repeat(width - wide);
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }

    /// Breaks a line at blanks, and beside wide characters, so that each is at most `width` wide; a
    /// longer word has a line of its own. Without a width nothing is broken.
    static void wrap(String text, int width, Consumer<String> lines) {
        if (width <= 0) {
            lines.accept(text);
            return;
        }
        int from = 0; // of the line
        int wide = 0; // the line so far
        int cut = -1; // where it may end
        int next = -1; // where the line after would begin
        int atCut = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int length = Character.charCount(c);
            boolean blank = c == ' ';
            if (blank && i > from) {
                cut = i;
                next = i + 1;
                atCut = wide + 1;
            } else if (isWide(c) && i > from) {
                cut = i;
                next = i;
                atCut = wide;
            }
            int columns = of(c);
            if (wide + columns > width && cut > from && !blank) {
                lines.accept(text.substring(from, cut));
                wide -= atCut;
                from = next;
                cut = -1;
            }
            wide += columns;
            i += length;
        }
        lines.accept(text.substring(from));
    }
}
