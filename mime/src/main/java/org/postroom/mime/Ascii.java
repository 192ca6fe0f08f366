package org.postroom.mime;

/// Letters as protocols know them: 26, in two cases. Octets above 127 are left alone, which the
/// JDK's own case mappings would not do to an ISO 8859-1 String.
final class Ascii {

    private Ascii() {}

    static String lower(String text) {
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') return lowerFrom(text, i);
        return text;
    }

    private static String lowerFrom(String text, int from) {
        var chars = text.toCharArray();
        for (int i = from; i < chars.length; i++)
            if (chars[i] >= 'A' && chars[i] <= 'Z') chars[i] = (char) (chars[i] + ('a' - 'A'));
        return new String(chars);
    }

    /// A set of ASCII characters, which is asked of each octet of a value.
    static final class Set {

        private final long low;
        private final long high;

        Set(String members) {
            long low = 0;
            long high = 0;
            for (int i = 0; i < members.length(); i++) {
                char c = members.charAt(i);
                if (c < 64) low |= 1L << c;
                else high |= 1L << c;
            }
            this.low = low;
            this.high = high;
        }

        boolean has(char c) {
            return c < 128 && ((c < 64 ? low : high) >>> c & 1) != 0;
        }
    }

    static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /// The value of a hexadecimal digit, of whatever case, or -1.
    static int hex(int c) {
        if (c >= '0' && c <= '9') return c - '0';
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
