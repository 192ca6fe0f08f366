package org.postroom.mime.compose;

/// Text that ends no line and starts no field: what comes from outside is made so before it is
/// written into a header.
final class Clean {

    private Clean() {}

    /// One line: control characters, line breaks and surrogates without their fellow are blanks, and
    /// the ends are stripped.
    static String line(String text) {
        if (isLine(text)) return strip(text);
        var line = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> isControl(c) || isSurrogate(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        return strip(line.toString());
    }

    /// Of ASCII's blanks only: others are somebody's text.
    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') from++;
        while (to > from && text.charAt(to - 1) == ' ') to--;
        return text.substring(from, to);
    }

    static boolean isLine(String text) {
        return text.codePoints().noneMatch(c -> isControl(c) || isSurrogate(c));
    }

    /// Whether this is a line without a blank in it.
    static boolean isWord(String text) {
        return isLine(text) && text.indexOf(' ') < 0;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) > 126) return false;
        return true;
    }

    private static boolean isControl(int c) {
        return c < ' ' || (c >= 127 && c < 160) || c == 0x2028 || c == 0x2029;
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
