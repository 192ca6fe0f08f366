package org.postroom.mime.render;

/// Text that a terminal can be given: no character in it does anything but be seen.
///
/// Control characters are shown as pictures (`␛`) or numbers (`\x9b`). Of the marks for writing from
/// right to left, those that only nudge a neighbour stay; those that open something stay in running
/// text, where they belong to Arabic and Hebrew, but end with their line; the overrides, by which a
/// name can be shown backwards, are shown themselves.
public final class Visible {

    private static final int LRE = 0x202A;
    private static final int PDF = 0x202C;
    private static final int LRO = 0x202D;
    private static final int RLO = 0x202E;
    private static final int LRI = 0x2066;
    private static final int PDI = 0x2069;

    /// Unicode's own bound for what may be open at once.
    private static final int MOST_OPEN = 125;

    private final StringBuilder out;
    private final StringBuilder open =
            new StringBuilder(); // what closes what is open, outermost first

    private Visible(int length) {
        out = new StringBuilder(length);
    }

    /// Any text; its line ends become LF.
    public static String text(String text) {
        var visible = new Visible(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\r' && i < text.length() && text.charAt(i) == '\n') continue;
            if (c == '\n' || c == 0x2028 || c == 0x2029) {
                visible.endLine();
                visible.out.append('\n');
            } else if (c == '\t') visible.out.append('\t');
            else visible.running(c);
        }
        visible.endLine();
        return visible.out.toString();
    }

    /// A name or a header's text: one line, no longer than `most` characters, with nothing in it that
    /// changes direction.
    public static String line(String text, int most) {
        var visible = new Visible(Math.min(text.length(), most));
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            if (count == most) {
                visible.out.append('…');
                break;
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isDirection(c)) visible.number(c);
            else visible.one(c == '\t' ? ' ' : c);
        }
        return visible.out.toString();
    }

    private void running(int c) {
        if (!isDirection(c)) one(c);
        else if (c == LRO || c == RLO) number(c);
        else if (c == PDF || c == PDI) close(c);
        else if (open.length() < MOST_OPEN) {
            open.append((char) (c >= LRI ? PDI : PDF));
            out.appendCodePoint(c);
        }
    }

    /// Closes only what was opened last: a mark without its fellow is left out.
    private void close(int c) {
        int last = open.length() - 1;
        if (last < 0 || open.charAt(last) != c) return;
        open.setLength(last);
        out.appendCodePoint(c);
    }

    private void endLine() {
        out.append(open.reverse());
        open.setLength(0);
    }

    private void one(int c) {
        if (c < ' ') out.appendCodePoint(0x2400 + c);
        else if (c == 127) out.append('␡');
        else if (c < 0xA0 && c > 127) out.append(String.format("\\x%02x", c));
        else if (c == 0x2028 || c == 0x2029) out.append(' ');
        else if (Character.getType(c) == Character.SURROGATE) out.append('\uFFFD');
        else if (!isHidden(c)) out.appendCodePoint(c);
    }

    private void number(int c) {
        out.append(String.format("<U+%04X>", c));
    }

    private static boolean isDirection(int c) {
        return (c >= LRE && c <= RLO) || (c >= LRI && c <= PDI);
    }

    /// What has no look of its own and no use here: byte order marks, soft hyphens, tags.
    private static boolean isHidden(int c) {
        return c == 0xFEFF
                || c == 0xAD
                || c == 0x200B
                || c == 0x2060
                || (c >= 0xE0000 && c <= 0xE007F);
    }
}
