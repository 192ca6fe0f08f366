package org.postroom.mime;

import java.util.Map;

/// The words of an HTML text for a preview: tags, comments, scripts and styles left out, the common
/// character references read. One pass; nothing is understood.
final class Html {

    private static final Map<String, String> REFERENCES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final int MAX_REFERENCE = 10;

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private Html(String html) {
        this.html = html;
    }

    static String text(String html) {
        var in = new Html(html);
        while (in.at < html.length()) in.next();
        return in.text.toString();
    }

    private void next() {
        char c = html.charAt(at);
        if (c == '<') tag();
        else if (c == '&') reference();
        else {
            text.append(c);
            at++;
        }
    }

    private void tag() {
        text.append(' ');
        at++;
        if (html.startsWith("!--", at)) skipPast("-->");
        else if (isTag("script")) skipPast("</script");
        else if (isTag("style")) skipPast("</style");
        else if (isTag("title")) skipPast("</title");
        else skipPast(">");
    }

    private boolean isTag(String name) {
        return html.regionMatches(true, at, name, 0, name.length());
    }

    private void skipPast(String end) {
        for (; at < html.length(); at++)
            if (html.regionMatches(true, at, end, 0, end.length())) {
                at += end.length();
                if (end.startsWith("</")) skipPast(">");
                return;
            }
    }

    private void reference() {
        int end = html.indexOf(';', at, Math.min(html.length(), at + MAX_REFERENCE));
        String name = end < 0 ? "" : html.substring(at + 1, end);
        String meaning = name.startsWith("#") ? numbered(name) : REFERENCES.get(name);
        text.append(meaning == null ? "&" : meaning);
        at = meaning == null ? at + 1 : end + 1;
    }

    private static String numbered(String name) {
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        int number = 0;
        for (int i = hex ? 2 : 1; i < name.length(); i++)
            number = number * (hex ? 16 : 10) + Math.max(0, Character.digit(name.charAt(i), 16));
        return Character.isValidCodePoint(number) ? Character.toString(number) : "";
    }
}
