package org.postroom.mime;

import java.util.ArrayList;
import java.util.List;

/// Reads text/plain; format=flowed (RFC 3676): lines that end in a blank go on in the next one.
public final class Flowed {

    private static final String SIGNATURE = "-- "; // RFC 3676 §4.3

    /// A paragraph, or a line that stands for itself.
    ///
    /// @param depth how often it is quoted
    /// @param text without quote marks, stuffing and line end; a signature's separator is `-- `
    public record Paragraph(int depth, String text) {}

    private final boolean delSp;
    private final List<Paragraph> paragraphs = new ArrayList<>();
    private final StringBuilder open = new StringBuilder(); // of a paragraph that may go on
    private int depth = -1; // of that paragraph, or -1

    private Flowed(boolean delSp) {
        this.delSp = delSp;
    }

    /// Whether a part's text is to be read so.
    public static boolean isFlowed(MediaType type) {
        return type.is("text", "plain")
                && type.parameter("format").filter("flowed"::equalsIgnoreCase).isPresent();
    }

    /// The paragraphs of a text of this type.
    public static List<Paragraph> paragraphs(String text, MediaType type) {
        return paragraphs(
                text, type.parameter("delsp").filter("yes"::equalsIgnoreCase).isPresent());
    }

    /// @param delSp whether the blank at a line's end goes, too (RFC 3676 §4.1)
    public static List<Paragraph> paragraphs(String text, boolean delSp) {
        var reader = new Flowed(delSp);
        int from = 0;
        while (from < text.length()) {
            int lf = text.indexOf('\n', from);
            int end = lf < 0 ? text.length() : lf;
            int next = lf < 0 ? end : lf + 1;
            if (lf > from && text.charAt(lf - 1) == '\r') end--;
            reader.line(text, from, end);
            from = next;
        }
        reader.close();
        return reader.paragraphs;
    }

    private void line(String text, int start, int end) {
        int from = start;
        while (from < end && text.charAt(from) == '>') from++; // RFC 3676 §4.5
        int quotes = from - start;
        if (from < end && text.charAt(from) == ' ') from++; // RFC 3676 §4.4: space-stuffing
        boolean separator = isSeparator(text, start, end) || isSeparator(text, from, end);
        boolean flows = end > from && text.charAt(end - 1) == ' ' && !separator;
        if (separator || quotes != depth) close(); // RFC 3676 §4.5: quote depth wins
        depth = quotes;
        open.append(text, from, flows && delSp ? end - 1 : end);
        if (!flows) close();
    }

    // RFC 3676 §4.3: neither fixed nor flowed
    private static boolean isSeparator(String text, int from, int end) {
        return end - from == SIGNATURE.length() && text.startsWith(SIGNATURE, from);
    }

    private void close() {
        if (depth >= 0) paragraphs.add(new Paragraph(depth, open.toString()));
        open.setLength(0);
        depth = -1;
    }
}
