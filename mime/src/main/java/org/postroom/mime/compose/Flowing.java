package org.postroom.mime.compose;

import org.postroom.mime.Parameter;

import java.nio.charset.StandardCharsets;

/// Writes text as format=flowed (RFC 3676): paragraphs are broken into lines that a reader may join
/// again, and nothing that the text says is taken for a mark.
///
/// Of the text that comes in, each line is a paragraph of its own; marks `>` before it say that it is
/// quoted, and how deep. Lines without a blank where they could be broken (Chinese, a long address)
/// stay long, up to what a line can be.
public final class Flowing {

    private static final int WIDTH = 72; // RFC 3676 §4.2
    private static final int LONGEST = 900;
    private static final String SIGNATURE = "-- ";

    private final StringBuilder out = new StringBuilder();

    private Flowing() {}

    /// The part that says this text; plain text if it has nothing to flow.
    static Entity.Leaf of(String text) {
        String flowed = write(text);
        return Entity.text(
                "plain", flowed, StandardCharsets.UTF_8, new Parameter("format", "flowed"));
    }

    /// The lines on the wire, with CRLF.
    public static String write(String text) {
        var flowed = new Flowing();
        text.lines().forEach(flowed::paragraph);
        return flowed.out.toString();
    }

    private void paragraph(String line) {
        int at = 0;
        int depth = 0;
        // `> > text`, as others quote, is depth 2: RFC 3676 §4.5
        while (at < line.length() && line.charAt(at) == '>') {
            depth++;
            at++;
            if (line.startsWith(" >", at)) at++;
        }
        if (depth > 0 && at < line.length() && line.charAt(at) == ' ') at++;
        String marks = ">".repeat(depth);
        String rest = line.substring(at);
        if (rest.equals(SIGNATURE)) end(marks, rest); // RFC 3676 §4.3
        else flow(marks, trimmed(rest));
    }

    /// RFC 3676 §4.2: blanks before a hard line break go, lest it be a soft one.
    private static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') end--;
        return text.substring(0, end);
    }

    private void flow(String marks, String text) {
        int room = Math.max(WIDTH - marks.length() - 2, 20);
        int from = 0;
        while (text.length() - from > room) {
            int cut = cut(text, from, from + room);
            if (cut == text.length()) break;
            end(marks, text.substring(from, cut));
            from = cut;
        }
        end(marks, text.substring(from));
    }

    /// Where the line that begins at `from` is to end: behind the last blank that fits, or behind the
    /// next one; never so that the line is a signature's separator (RFC 3676 §4.2).
    private static int cut(String text, int from, int limit) {
        for (int i = limit; i > from + 1; i--) if (isBreak(text, from, i)) return i;
        int most = Math.min(text.length(), from + LONGEST);
        for (int i = limit + 1; i < most; i++) if (isBreak(text, from, i)) return i;
        return text.length();
    }

    private static boolean isBreak(String text, int from, int at) {
        return text.charAt(at - 1) == ' '
                && !text.substring(from, at).isBlank()
                && !(at == from + SIGNATURE.length() && text.startsWith(SIGNATURE, from));
    }

    // RFC 3676 §4.4: lines that begin with a blank, "From " or ">" are stuffed; quoted ones for
    // looks
    private void end(String marks, String line) {
        boolean stuffed =
                marks.isEmpty()
                        ? line.startsWith(" ") || line.startsWith(">") || line.startsWith("From ")
                        : !line.isEmpty();
        out.append(marks).append(stuffed ? " " : "").append(line).append("\r\n");
    }
}
