package org.postroom.mime;

/// One header field. `name` and `raw` are octets as ISO 8859-1; `raw` is what stands after the
/// colon, folds included, without the line end that closes it. `offset` and `length` (with that
/// line end) are octets from the beginning of the section that was split.
public record Field(String name, String raw, int offset, int length) {

    /// The value unfolded (RFC 5322 §2.2.3) and trimmed. CR, LF and NUL are gone, wherever they
    /// stood: no protocol could say them.
    public String value() {
        int from = 0;
        int to = raw.length();
        while (from < to && Ascii.blank(raw.charAt(from))) from++;
        while (to > from && Ascii.blank(raw.charAt(to - 1))) to--;
        for (int i = from; i < to; i++) if (dropped(raw.charAt(i))) return unfolded(from, to);
        return raw.substring(from, to);
    }

    /// The value made readable: encoded words decoded, octets above 127 read ([Words#decode]).
    public String text() {
        return Words.decode(value());
    }

    private String unfolded(int from, int to) {
        var text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) if (!dropped(raw.charAt(i))) text.append(raw.charAt(i));
        return text.toString();
    }

    private static boolean dropped(char c) {
        return c == '\r' || c == '\n' || c == 0;
    }
}
