package org.postroom.http.dav;

import org.postroom.http.Status;

import java.util.List;

/// XML being written, with the prefix `D` for the elements of WebDAV.
final class Markup {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

    private final StringBuilder out = new StringBuilder();

    /// A document's beginning.
    static Markup document(String root) {
        var markup = new Markup();
        markup.out.append(DECLARATION).append("<D:").append(root).append(" xmlns:D=\"DAV:\">");
        return markup;
    }

    Markup begin(String element) {
        out.append("<D:").append(element).append('>');
        return this;
    }

    Markup end(String element) {
        out.append("</D:").append(element).append('>');
        return this;
    }

    Markup empty(String element) {
        out.append("<D:").append(element).append("/>");
        return this;
    }

    /// An element that holds text.
    Markup element(String element, String text) {
        begin(element);
        text(out, text);
        return end(element);
    }

    /// An element of any namespace that holds nothing.
    Markup empty(Name name) {
        if (name.isDav()) return empty(name.local());
        out.append(name.space().isEmpty() ? "<" : "<n:").append(name.local());
        if (!name.space().isEmpty()) attribute(out, "xmlns:n", name.space());
        out.append("/>");
        return this;
    }

    /// What was written here before, and stands by itself.
    Markup raw(String xml) {
        out.append(xml);
        return this;
    }

    // RFC 4918 §14.28
    Markup status(Status status) {
        return element("status", "HTTP/1.1 " + status.code + " " + status.reason);
    }

    // RFC 4918 §16
    Markup condition(Precondition precondition, List<String> urls) {
        if (urls.isEmpty()) return empty(precondition.element());
        begin(precondition.element());
        urls.forEach(url -> element("href", url));
        return end(precondition.element());
    }

    /// What was written, which is forgotten.
    String take() {
        String written = out.toString();
        out.setLength(0);
        return written;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    static void attribute(StringBuilder out, String name, String value) {
        out.append(' ').append(name).append("=\"");
        for (int i = 0; i < value.length(); i++)
            switch (value.charAt(i)) {
                case '"' -> out.append("&quot;");
                case '\t', '\n' -> out.append("&#").append((int) value.charAt(i)).append(';');
                default -> i = character(out, value, i);
            }
        out.append('"');
    }

    static void text(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) i = character(out, text, i);
    }

    /// What XML can't hold is told by U+FFFD.
    ///
    /// @return where the character's last unit is
    private static int character(StringBuilder out, String text, int at) {
        int c = text.codePointAt(at);
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '\r' -> out.append("&#13;");
            default -> out.appendCodePoint(isChar(c) ? c : 0xFFFD);
        }
        return at + Character.charCount(c) - 1;
    }

    /// XML 1.0, production 2.
    private static boolean isChar(int c) {
        if (c < ' ') return c == '\t' || c == '\n' || c == '\r';
        return !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                && c != 0xFFFE
                && c != 0xFFFF;
    }
}
